"""Enumerations of organisations: what one member of them tells of the others."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .lexicon import FUNCTION, HEAD, NEVER, PARTY_BODY, admin_prefix, cost, tokens
from .mention import Mention
from .segments import Segment

_PLACE = re.compile(r"[路街巷里村庄园苑湾桥山河庙台坡岭洲埠港塘屯湖门]$")
_MOST_UNHEADED = 14  # characters
_COMMITTEE_OFFICE = re.compile(
    r"(?:组织|宣传|统战|社会工作|政法委|网信办|编办)部?(?=$|[^\u4e00-\u9fff]|负|相|等|有|分|领)"
)
_CLOSES_LIST = re.compile(
    r"(?:等|共)[^，]{0,4}?[\d一二三四五六七八九十百]+余?(?:家|个)"
    r"[^，]{0,8}?(?:单位|企业|商户|组织|机构|成员"
    r"|公司|商家|党组织|党支部)"
    r"|为[^，]{0,4}(?:理事|会员|成员|副会长)(?:单位)?(?=$|、)"
)
_OPENS_LIST = re.compile(
    r"(?:加入|参加|入盟|加盟|签约|成员|单位|伙伴|盟友|商户|企业|机构|组织|村社|类)"
    r"[^，]{0,6}?(?:有|包括|包含|涵盖|分别是|分别为|为|是)"
)
_ONLY_FUNCTIONS = re.compile(f"(?:{FUNCTION.pattern}|和)+(?:局|委|办|中心)")
_SHARED_HEADS = ("社区", "街道", "村", "镇")
_MOST_BELOW = 9  # characters of a part's name after that of the whole
# The last of an enumeration is followed by prose: only these words end the name of a part.
_PART_OF_IT = re.compile(
    r"[\u4e00-\u9fff\d]{1,7}?(?:公司|所|站区|站|院|系|部|处|科|大队|中队|店|室|支部|中心|分行)"
    r"(?=$|等|共同|分别|现场)"
)
_NO_PART = re.compile(r"[（()）等]|^[的为向给与对由在将把被]|\d+余?[家个]")
_SHOP_ACTS = re.compile(
    r"[\u4e00-\u9fff]{2,5}[馆庄堂斋坊轩阁楼铺](?=联合|共同|分别|还|也|捐|向|为|等|的|负责|现场)"
)
# What names people or things, though it stands among names.
PEOPLE = re.compile(
    r"(?:部门|企业|组织|社区|商户|商铺|机构|机关)$|[二三四五六]类|联盟|核心|老字号|单位|项目|工程|仪式|活动|居民|代表|群众"
    r"|党员|人员|同志|领导|负责|问题|难题|清单|等$|职工|工人|干部|书记|主任|先生|女士|业主|物业$"
    r"|[部局处科区县市镇乡会院校所站队团]长|主席|巡视员|调研员|委员|教授|董事|经理|总监"
)


def runs(parts: Sequence[Segment]) -> Iterator[list[int]]:
    """Pieces joined by «、», «和» and the like, by their numbers."""
    run = [0]
    for index in range(1, len(parts)):
        if parts[index].continues and not _CLOSES_LIST.search(parts[index - 1].text):
            run.append(index)
        else:
            yield run
            run = [index]
    if parts:
        yield run


def in_longer_lists(
    found: Sequence[list[int]], parts: Sequence[Segment], headed: list[list[Mention]]
) -> list[bool]:
    """Per run, whether it and those beside it, set apart by commas, are mostly organisations."""
    told = [False] * len(found)
    first = 0
    for number in range(1, len(found) + 1):
        goes_on = (
            number < len(found)
            and parts[found[number][0]].before == "，"
            and min(len(found[number]), len(found[number - 1])) >= 3
        )
        if goes_on:
            continue
        together = [index for run in found[first:number] for index in run]
        if number - first > 1 and sum(bool(headed[i]) for i in together) * 2 >= len(together):
            told[first:number] = [True] * (number - first)
        first = number
    return told


def complete(
    run: Sequence[int],
    parts: Sequence[Segment],
    headed: list[list[Mention]],
    sentence: int,
    *,
    in_a_list: bool = False,
) -> None:
    """Add to ``headed`` the members of an enumeration that have no head word of their own.

    A beginning or an end that several share is given to each of them: «区委组织部、宣传部»,
    «莲花巷、石板街社区». Among organisations an unheaded name is one too; ``in_a_list`` tells
    that the enumerations beside this one, after a comma, are of organisations.
    """
    if len(run) < 2:
        return
    _name_parts(run, parts, headed)
    _share_beginnings(run, parts, headed, sentence)
    _share_ends(run, parts, headed, sentence)
    named = sum(bool(headed[index]) for index in run)
    last = run[-1]
    shop = _SHOP_ACTS.match(parts[last].text)
    if shop and headed[run[-2]] and not headed[last]:
        at = parts[last].start
        headed[last].append(
            Mention(shop.group(), "merchant", "", at, at + shop.end(), sentence, last, True)
        )
    if len(run) > 2 and named > 2:
        for mention in (mention for index in run for mention in headed[index]):
            mention.is_listed = True
    is_called = _is_called_a_list(run, parts)
    if len(run) < 3 or not (named * 2 >= len(run) or is_called or (in_a_list and named)):
        return
    for place, index in enumerate(run):
        if headed[index]:
            continue
        part = parts[index]
        start, end = 0, len(part.text)
        if place == len(run) - 1:
            closing = re.search(r"等|共", part.text)
            end = closing.start() if closing else end
            if not closing and end > (10 if is_called else 6):
                continue
        if place == 0 and part.before != "，":
            start = _after_lead_in(part.text[:end])
        name = part.text[start:end]
        if _is_unheaded_name(name):
            at = part.start + start
            kind = _kind_around(place, run, headed)
            headed[index].append(
                Mention(name, kind, "", at, at + len(name), sentence, index, True, is_listed=True)
            )


def _kind_around(place: int, run: Sequence[int], headed: list[list[Mention]]) -> str:
    """«双星村、李家岗、杨家坪村»: a name between two of a kind is of that kind."""
    around = [headed[run[at]] for at in (place - 1, place + 1) if 0 <= at < len(run)]
    kinds = {near[0].kind if near else "" for near in around}
    return "community" if kinds == {"community"} and len(around) == 2 else "other"


def _name_parts(run: Sequence[int], parts: Sequence[Segment], headed: list[list[Mention]]) -> None:
    """«市监局钟楼所» between two «、» is one name, though a head word stands inside it."""
    for place, index in enumerate(run):
        mentions, part = headed[index], parts[index]
        if not mentions or (mentions[-1].start != part.start and place > 0):
            continue
        whole = mentions[-1]
        rest = part.text[whole.end - part.start :]
        if place == len(run) - 1:
            found = _PART_OF_IT.match(rest)
            rest = found.group() if found else ""
        if not rest or len(rest) > _MOST_BELOW or PARTY_BODY.fullmatch(rest):
            continue
        if PEOPLE.search(rest) or NEVER.search(rest) or _NO_PART.search(rest):
            continue
        has_verb = any(tag in ("v", "d", "p") for _, tag, _ in tokens(rest))
        if not HEAD.match(rest) and (not has_verb or _PART_OF_IT.fullmatch(rest)):
            whole.name += rest
            whole.end += len(rest)


def _share_ends(
    run: Sequence[int], parts: Sequence[Segment], headed: list[list[Mention]], sentence: int
) -> None:
    for index, following in pairwise(run[1:]):
        last = headed[following]
        part = parts[index]
        is_short = 2 <= len(part.text) <= 5 and _PLACE.search(part.text)
        if is_short and not headed[index] and last and last[0].head in _SHARED_HEADS:
            name, head = part.text + last[0].head, last[0].head
            headed[index].append(
                Mention(name, last[0].kind, head, part.start, part.end, sentence, index, True)
            )


def _after_lead_in(text: str) -> int:
    """Where the first name may begin: after the last word that no name holds."""
    return max(
        (
            at + len(word)
            for word, tag, at in tokens(text)
            if cost(word, tag) >= 1 or NEVER.fullmatch(word)
        ),
        default=0,
    )


def _is_unheaded_name(item: str) -> bool:
    if not 2 <= len(item) <= _MOST_UNHEADED or PEOPLE.search(item) or NEVER.search(item):
        return False
    if re.search(r"\d+余?[条件箱份台套元瓶袋吨斤顶双支盒]", item):
        return False
    if not re.fullmatch(r"[\u4e00-\u9fffA-Za-z0-9·&]+", item):
        return False
    return sum(cost(word, tag) for word, tag, _ in tokens(item)) < 2.5


def _is_called_a_list(run: Sequence[int], parts: Sequence[Segment]) -> bool:
    """It closes with «等15家商户» or opens with «加入的有», «成员单位包括» or a label."""
    closing = parts[run[-1]].text + (parts[run[-1] + 1].text if run[-1] + 1 < len(parts) else "")
    opening = (parts[run[0] - 1].text if run[0] else "") + parts[run[0]].text
    return bool(_CLOSES_LIST.search(closing) or _OPENS_LIST.search(opening))


def _share_beginnings(
    run: Sequence[int], parts: Sequence[Segment], headed: list[list[Mention]], sentence: int
) -> None:
    """«区委组织部、宣传部» names two offices of one committee; «区民政局、司法局» alike."""
    above, committee = "", ""
    for index in run:
        item = parts[index].text
        office = _COMMITTEE_OFFICE.match(item)
        if office and committee and not headed[index]:
            end = parts[index].start + office.end()
            headed[index].append(
                Mention(
                    committee + office.group(), "department", office.group(), parts[index].start,
                    end, sentence, index, True, said=office.group(),
                )
            )  # fmt: skip
            continue
        for mention in headed[index]:
            if mention.kind != "department":
                continue
            prefix = admin_prefix(mention.name)
            office = _COMMITTEE_OFFICE.search(mention.name)
            if office and office.start() >= 2:
                committee = mention.name[: office.start()]
            elif prefix:
                above = prefix
            elif above and mention.is_exact and _ONLY_FUNCTIONS.fullmatch(mention.name):
                mention.said, mention.name = mention.name, above + mention.name
