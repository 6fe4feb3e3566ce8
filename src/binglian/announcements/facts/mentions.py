"""Finding the names of organisations in a text.

A name ends in a head word (局, 街道, 公司, 协会 …) and begins where the piece of the sentence it
stands in begins, or later, after a word that no name holds: every word of the piece is a possible
beginning, and the best scored is taken. What stands unheaded among headed names in an enumeration
is an organisation too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .lexicon import (
    BARE,
    FUNCTION,
    HEAD,
    NEVER,
    admin_prefix,
    cost,
    is_generic,
    tokens,
)
from .segments import Segment, segments, sentences

_LONGEST, _MOST_UNHEADED = 32, 14  # characters
_GAP = 12  # characters between two heads of one name
_COMMITTEE_OFFICE = re.compile(
    r"(?:组织|宣传|统战|社会工作|政法委|网信办|编办)部?(?=$|[^\u4e00-\u9fff]|负|相|等|有|分|领)"
)
_CLOSES_LIST = re.compile(
    r"(?:等|共)[^，]{0,4}?[\d一二三四五六七八九十百]+余?(?:家|个)[^，]{0,8}?(?:单位|企业|商户|组织|机构|成员|公司|商家|党组织|党支部)"
    r"|为[^，]{0,3}(?:理事|会员|成员|副会长)单位"
)
_OPENS_LIST = re.compile(
    r"(?:加入|参加|入盟|加盟|签约|成员|单位|伙伴|盟友|商户|企业|机构)[^，]{0,6}?(?:有|包括|包含|涵盖|分别是|分别为|为|是)"
)
_ONLY_FUNCTIONS = re.compile(f"(?:{FUNCTION.pattern}|和)+(?:局|委|办|中心)")
_PEOPLE = re.compile(
    r"(?:部门|企业|组织|社区|商户|机构)$|[二三四五六]类|联盟|核心|单位|项目|工程|仪式|活动|居民|代表|群众|党员|人员|同志|领导|负责|问题|难题|清单|等$|职工|工人|干部|书记|主任|先生|女士"
)
_COUNTED = re.compile(r"等\d|\d余?多?[家个名]")
_PREPOSITION = re.compile(r"[由据被把]|[经在以向对给为从与将](?=[\u4e00-\u9fff]{0,4}[省市区县])")
_NEVER_BEFORE = re.compile(f"(?:{NEVER.pattern})$")
_SHARED_HEADS = ("社区", "街道", "村", "镇")
_OFFICES_SHORT = re.compile(
    r"(?:共青团.{1,6}委|团[省市区县]委|妇联|残联|科协|工商联|文联|侨联|总工会|红十字会|慈善总会)$"
)


@dataclass(slots=True)
class Mention:
    """A name at ``start``–``end`` of a paragraph; ``segment`` is its piece of the sentence."""

    name: str
    kind: str
    head: str
    start: int
    end: int
    sentence: int
    segment: int
    is_exact: bool  # it fills its piece from the left
    said: str = ""  # as it stands there, where a name before it tells the rest


def mentions_in(text: str) -> tuple[list[Mention], list[tuple[int, str, list[Segment]]]]:
    """All names in a paragraph in order, and its sentences with their pieces."""
    found: list[Mention] = []
    pieces = []
    for number, (offset, sentence) in enumerate(sentences(text)):
        parts = segments(sentence, offset)
        pieces.append((offset, sentence, parts))
        headed = [list(_headed(part, number, index)) for index, part in enumerate(parts)]
        for run in _runs(parts):
            _complete(run, parts, headed, number)
        for row in headed:
            found.extend(row)
    return found, pieces


def _headed(part: Segment, sentence: int, index: int) -> Iterator[Mention]:
    words = tokens(part.text)
    at = 0
    for start, end, kind, head in _chains(part.text, words):
        begins = _beginning(part, words, at, start, end, head)
        if begins is None:
            if BARE.fullmatch(head) and _stands_bare(part, start):
                at = end
                yield Mention(
                    head, kind, head, part.start + start, part.start + end, sentence, index, False
                )
            continue
        name = part.text[begins:end]
        at = end
        yield Mention(
            name, kind, head, part.start + begins, part.start + end, sentence, index, begins == 0
        )


def _stands_bare(part: Segment, start: int) -> bool:
    """«管委会» alone, where a name would begin."""
    before = part.text[:start]
    return not before or bool(
        re.search(r"[以由在为向与对经]$", before) or _NEVER_BEFORE.search(before)
    )


def _chains(
    text: str, words: Sequence[tuple[str, str, int]]
) -> Iterator[tuple[int, int, str, str]]:
    """Heads, those of one name taken together: where the last begins and ends, kind, head."""
    heads = [
        (found.start(), found.end(), found.lastgroup or "other", found.group())
        for found in HEAD.finditer(text)
    ]
    number = 0
    while number < len(heads):
        start, end, kind, head = heads[number]
        while number + 1 < len(heads) and _is_one_name(text, words, end, heads[number + 1][0]):
            number += 1
            start, end, kind, head = heads[number]
        yield start, end, kind, head
        number += 1


def _is_one_name(
    text: str, words: Sequence[tuple[str, str, int]], end: int, following: int
) -> bool:
    between = text[end:following]
    if len(between) > _GAP or NEVER.search(between) or re.search(r"\d+(?:个|家|名|支|所)", between):
        return False
    if re.match(r"[省市区县]", between or text[end : end + 1]):
        return False
    if _PEOPLE.search(between):
        return False
    return all(cost(word, tag) < 1 for word, tag, at in words if end <= at < following)


def _beginning(
    part: Segment,
    words: Sequence[tuple[str, str, int]],
    after: int,
    start: int,
    end: int,
    head: str,
) -> int | None:
    """The best beginning of a name that ends at ``end``; ``None`` if none is a name."""
    best, choice = 0.0, None
    barred = [found.span() for found in NEVER.finditer(part.text, 0, start)]
    for number, (_word, tag, at) in enumerate(words):
        if at < after or at > start or end - at > _LONGEST:
            continue
        name = part.text[at:end]
        if any(at < last for _, last in barred) or not _is_name(name, head):
            continue
        if tag == "p" and not (at == 0 and part.before == "、"):
            continue
        score = _score(part, words, number, at, start)
        if choice is None or score > best:
            best, choice = score, at
    if choice is None or best < 0.0:
        return None
    return choice


def _score(
    part: Segment, words: Sequence[tuple[str, str, int]], number: int, at: int, start: int
) -> float:
    score = 0.06 * (start - at)
    inside = [(word, tag) for word, tag, place in words if at <= place < start]
    score -= sum(cost(word, tag) for word, tag in inside)
    if _PREPOSITION.match(part.text, at):
        score -= 6.0
    if at == 0:
        # After «、» a name begins at once; after a comma it mostly does.
        score += 5.0 if part.continues else 1.5
    else:
        before, tag, place = words[number - 1]
        is_after_stop = cost(before, tag) >= 1 or bool(NEVER.search(part.text[place:at]))
        is_after_stop = is_after_stop or bool(_NEVER_BEFORE.search(part.text[:at]))
        score += 2.0 if is_after_stop else -1.0
    if admin_prefix(part.text[at:]):
        score += 1.5
    return score


def _is_name(name: str, head: str) -> bool:
    if _OFFICES_SHORT.search(name) and len(name) >= 3:
        return True
    return len(name) >= 3 and not _COUNTED.search(name) and not is_generic(name, head)


def _runs(parts: Sequence[Segment]) -> Iterator[list[int]]:
    """Enumerations: pieces joined by «、», «和» and the like."""
    run = [0]
    for index in range(1, len(parts)):
        if parts[index].continues and not _CLOSES_LIST.search(parts[index - 1].text):
            run.append(index)
        else:
            yield run
            run = [index]
    if parts:
        yield run


def _complete(
    run: Sequence[int], parts: Sequence[Segment], headed: list[list[Mention]], sentence: int
) -> None:
    """Give unheaded members of an enumeration of organisations their place."""
    if len(run) < 2:
        return
    _share_beginnings(run, parts, headed, sentence)
    named = [index for index in run if headed[index]]
    for place, index in enumerate(run[:-1]):
        following = headed[run[place + 1]]
        if not headed[index] and following and following[0].head in _SHARED_HEADS:
            item = parts[index]
            if place > 0 and 2 <= len(item.text) <= 5 and not HEAD.search(item.text):
                name = item.text + following[0].head
                headed[index].append(
                    Mention(
                        name, following[0].kind, following[0].head, item.start, item.end,
                        sentence, index, True,
                    )
                )  # fmt: skip
                named.append(index)
    is_list = _is_called_a_list(run, parts)
    if len(run) < 3 or not (len(named) * 2 >= len(run) or is_list):
        return
    for place, index in enumerate(run):
        if headed[index]:
            continue
        item = parts[index].text
        is_last = place == len(run) - 1
        if is_last:
            closing = re.search(r"等|共", item)
            item = item[: closing.start()] if closing else item
            if not closing and len(parts[index].text) > 6:
                continue
        if place == 0 and parts[index].before != "，":
            words = tokens(item)
            cuts = [
                at + len(word)
                for word, tag, at in words
                if cost(word, tag) >= 1 or NEVER.fullmatch(word)
            ]
            offset = cuts[-1] if cuts else 0
            item, start = item[offset:], parts[index].start + offset
        else:
            start = parts[index].start
        if _is_unheaded_name(item):
            headed[index].append(
                Mention(item, "other", "", start, start + len(item), sentence, index, True)
            )


def _is_unheaded_name(item: str) -> bool:
    if not 2 <= len(item) <= _MOST_UNHEADED or _PEOPLE.search(item) or NEVER.search(item):
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
                    end, sentence, index, True, office.group(),
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
