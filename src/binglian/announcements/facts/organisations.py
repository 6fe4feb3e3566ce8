"""The organisations an announcement names, each once, with all its names and its roles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .kinds import kind_of
from .lexicon import BARE, NEVER
from .mention import Mention
from .mentions import mentions_in
from .roles import DONOR, GUEST, HOST, LEAD, SIGNATORY, assign_roles
from .same import grouped

_DEFINES = re.compile(
    r"[（(]\s*(?:以下|下)?\s*(?:统|简)?称\s*(?:为|：|:)?\s*[“\"'‘「]?([\u4e00-\u9fffA-Za-z]{2,16})[”\"'’」]?\s*[）)]"
)
_HEADING = re.compile(
    r"^[【\[]?\s*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]）|\d{1,2}[.、．])?[^，。；]{2,24}[】\]：:）)]?$"
)
_HEADED_ROLES = (
    (LEAD, re.compile(r"牵头|双核|发起|核心")),
    (DONOR, re.compile(r"捐赠|爱心")),
    (GUEST, re.compile(r"嘉宾|出席|列席|特邀")),
    (SIGNATORY, re.compile(r"成员|签约|共建单位|朋友圈|入盟|加盟|参与单位|名单")),
)
_LABELLED = re.compile(
    r"^[^\w（(“]*(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]\s*)?([^，。：:]{2,14})[：:]\s*(\S.+)$"
)
_CATEGORY = re.compile(
    r"部门|企业|企事业|事业|物业|两新|机关|学校|医院|医疗|金融|商业|央企|国企|民企|社会组织|社区|街道|商户|高校|院校|机构|单位|组织|银行|协会|公司"
)
_PLACE_BEFORE = re.compile(r"[在于]$")
_PLACE_AFTER = re.compile(
    r"\s*(?:隆重|正式|顺利|成功|如期)?(?:举行|召开|举办|揭牌|挂牌|成立|启动|开展|宣告)"
)
_NUMBERING = re.compile(r"^\s*(?:\d{1,3}[.、．)）\s]|[（(]\d{1,3}[)）]|[·•●◆■-])\s*")
_FIRM_TAIL = re.compile(r"(?:股份|集团|控股)*(?:有限责任公司|有限公司|公司)$")
_BARE = re.compile(r"(?:管委会|指挥部|项目部|高新区管委会)$")
_LEVELS = (
    re.compile(r"^[【\[]?[一二三四五六七八九十]{1,3}、"), re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)]"),
)  # fmt: skip
_BODIES = ("党委", "党组", "党总支", "党支部", "机关党委")
_PARTY_BODY = re.compile(
    r"(?<=[道区镇乡村司团局院会心所学校部站店馆行社岗])(?:党工委|工委|党委|党组|党总支|临时党支部|党支部)$"
)
_BELOW_STREET = re.compile(r"[\u4e00-\u9fff]{2,8}(?:街道|镇)([\u4e00-\u9fff]{2,10}社区)")
_LOOSE = ("community", "subdistrict", "merchant", "other")
ROLES = (LEAD, SIGNATORY, GUEST, DONOR)


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation: its fullest name, its other names, kind and roles."""

    name: str
    aliases: tuple[str, ...]
    kind: str
    roles: tuple[str, ...]


def organisations_in(paragraphs: Sequence[str]) -> list[Organisation]:
    """Read the organisations in the order in which they are first named."""
    found: list[tuple[Mention, set[str]]] = []
    defined: list[tuple[str, str]] = []
    section: str | None = None
    depth = 0
    for text in (paragraph.replace("“两新”", "两新") for paragraph in paragraphs):
        level = _level(text)
        below = section if section and level > depth else None
        section, is_heading = _section(text, section)
        if is_heading:
            depth = depth if below and section is None else level
            section = section or below
            continue
        line = _NUMBERING.sub("", text)
        mentions, pieces = mentions_in(line)
        mentions = [mention for mention in mentions if not _is_a_place(mention, line)]
        labelled = _LABELLED.match(line)
        if labelled and "。" not in line:
            found += _labelled(labelled.group(1), labelled.group(2), section)
            continue
        if section and _is_line_of_a_list(line):
            kind = mentions[-1].kind if mentions else "other"
            head = mentions[-1].head if mentions else ""
            mentions = [Mention(line, kind, head, 0, len(line), 0, 0, True)]
        if section and "。" not in line:
            found += [(mention, {section}) for mention in mentions]
        else:
            found += assign_roles(mentions, pieces)
        defined += _definitions(line, mentions)
        defined += [(mention.name, mention.said) for mention in mentions if mention.said]
    text = "\n".join(paragraphs)
    _correct(found, text)
    found += _named_again(paragraphs, {mention.name for mention, _ in found if not mention.head})
    return [_also_called(one, text) for one in _merged(found, defined)]


def _named_again(paragraphs: Sequence[str], unheaded: set[str]) -> list[tuple[Mention, set[str]]]:
    """Where a name without a head word, known from an enumeration, stands by itself."""
    again: list[tuple[Mention, set[str]]] = []
    wanted = [name for name in unheaded if len(name) >= 3]
    for text in paragraphs:
        if not any(name in text for name in wanted):
            continue
        mentions, pieces = mentions_in(text)
        taken = {place for one in mentions for place in range(one.start, one.end)}
        alone = [
            Mention(name, "other", "", found.start(), found.end(), number, 0, False)
            for name in wanted
            for found in re.finditer(re.escape(name), text)
            if found.start() not in taken
            for number, (offset, sentence, _) in enumerate(pieces)
            if offset <= found.start() < offset + len(sentence)
        ]
        together = sorted([*mentions, *alone], key=lambda one: one.start)
        again += [pair for pair in assign_roles(together, pieces) if pair[0] in alone]
    return again


def _is_a_place(mention: Mention, line: str) -> bool:
    return bool(
        _PLACE_BEFORE.search(line[: mention.start]) and _PLACE_AFTER.match(line[mention.end :])
    )


def _labelled(label: str, listed: str, section: str | None) -> list[tuple[Mention, set[str]]]:
    """«职能部门：A、B»: whatever the line lists is an organisation, if its label calls it one."""
    role = next((role for role, words in _HEADED_ROLES if words.search(label)), section)
    if role is None and not _CATEGORY.search(label):
        return []
    mentions, _ = mentions_in(listed)
    told = {mention.start: mention for mention in mentions if mention.is_exact}
    for item in re.finditer(r"[^、，；,;\s]+", listed):
        if item.start() not in told and _is_line_of_a_list(item.group()):
            told[item.start()] = Mention(
                item.group(), "other", "", item.start(), item.end(), 0, 0, True
            )
    return [(told[start], {role or SIGNATORY}) for start in sorted(told)]


def _level(heading: str) -> int:
    """How deep «一、» and «（一）» stand."""
    return next((depth for depth, sign in enumerate(_LEVELS) if sign.match(heading)), 2)


def _section(text: str, section: str | None) -> tuple[str | None, bool]:
    """The role that a heading gives to the lines under it, until prose or another heading."""
    if "。" in text or len(text) > 160:
        return None, False
    marked = re.match(
        r"^(?:[【\[]|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]）)|.*[：:]$", text
    )
    if _HEADING.match(text) and (marked or re.search(r"名单|单位$", text)):
        for role, words in _HEADED_ROLES:
            if words.search(text):
                return role, True
        return None, True
    return section, False


def _is_line_of_a_list(line: str) -> bool:
    return (
        2 <= len(line) <= 30
        and not re.search(r"[，。：:！？；\s]|\d+[家个名日]", line)
        and not NEVER.search(line)
    )


def _definitions(text: str, mentions: Sequence[Mention]) -> list[tuple[str, str]]:
    pairs = []
    for found in _DEFINES.finditer(text):
        before = [mention for mention in mentions if mention.end <= found.start()]
        if before and found.start() - before[-1].end <= 2:
            pairs.append((before[-1].name, found.group(1)))
    return pairs


def _correct(found: Sequence[tuple[Mention, set[str]]], text: str) -> None:
    """A name seen alone in an enumeration tells where a doubtful one begins."""
    names = {mention.name for mention, _ in found}
    for mention, _ in found:  # 河北街道, though only 天河北街道 is spoken of
        for name in names:
            is_tail = name.endswith(mention.name) and 0 < len(name) - len(mention.name) <= 2
            if is_tail and text.count(name) == text.count(mention.name):
                mention.name = name
    sure = {mention.name for mention, _ in found if mention.is_exact and len(mention.name) >= 4}
    for mention, _ in found:
        if mention.name[0] in "为向给对将由被把从在与同经" and mention.name[1:] in sure:
            mention.name = mention.name[1:]
        if mention.name in sure or any(name.startswith(mention.name) for name in sure):
            continue
        for name in sure:
            is_longer = name.endswith(mention.name) and len(name) - len(mention.name) <= 2
            is_shorter = mention.name.endswith(name) and not mention.is_exact
            if is_shorter or (is_longer and mention.kind != "department"):
                mention.name = name
                break


def _merged(
    found: Sequence[tuple[Mention, set[str]]], defined: Sequence[tuple[str, str]]
) -> list[Organisation]:
    roles: dict[str, set[str]] = {}
    kinds: dict[str, str] = {}
    listed = {mention.name for mention, _ in found if mention.is_listed}
    for mention, has in found:
        roles.setdefault(mention.name, set()).update(has)
        kinds.setdefault(mention.name, mention.kind)
    names = list(dict.fromkeys([*roles, *(short for _, short in defined)]))
    organisations = []
    has_lead = any(LEAD in has for has in roles.values())
    for group in grouped(names, defined):
        has = set().union(*(roles.get(name, set()) for name in group))
        if HOST in has:
            has.add(GUEST if has_lead else LEAD)
        if LEAD in has or SIGNATORY in has:
            has.discard(GUEST)
        fullest = max(group, key=len)
        kind = next((kinds[name] for name in group if name in kinds), "other")
        if all(BARE.fullmatch(name) for name in group) and SIGNATORY not in has:
            continue
        is_loose = kind in _LOOSE and not re.search(r"街道.+", fullest)
        is_loose = is_loose and listed.isdisjoint(group)
        if not has and (is_loose or fullest.endswith("党群服务中心")):
            continue
        organisations.append(
            Organisation(
                name=fullest,
                aliases=tuple(name for name in group if name != fullest),
                kind=kind_of(fullest, kind),
                roles=tuple(role for role in ROLES if role in has),
            )
        )
    return organisations


def _also_called(organisation: Organisation, text: str) -> Organisation:
    """Add the short forms the text uses: a firm without its tail, a temporary body by its head."""
    names = (organisation.name, *organisation.aliases)
    shorts = [_FIRM_TAIL.sub("", name) for name in names]
    shorts += _BARE.findall(organisation.name)
    known = {organisation.name, *organisation.aliases}
    more = tuple(
        short
        for short in dict.fromkeys(shorts)
        if short not in known and len(short) >= 3 and _stands_alone(short, text)
    )
    more += tuple(one for one in _bodies(names, text) if one not in known)
    return replace(organisation, aliases=organisation.aliases + more)


def _bodies(names: Sequence[str], text: str) -> list[str]:
    """The organisation itself where its party body is named, the body where it is too."""
    told = []
    for name in names:
        plain = _PARTY_BODY.sub("", name)
        below = _BELOW_STREET.fullmatch(plain)
        told += [plain, *(below.groups() if below else ())]
        told += [name + body for body in _BODIES if _speaks(name + body, text)]
    return list(dict.fromkeys(one for one in told if len(one) >= 3))


def _speaks(body: str, text: str) -> bool:
    """It is named itself, not only the office of its secretary."""
    return bool(re.search(f"{re.escape(body)}(?!织|副?书记|成员|委员)", text))


def _stands_alone(short: str, text: str) -> bool:
    """It occurs where no longer name of the same organisation stands."""
    before = r"(?<![\u4e00-\u9fff])|(?<=[由在为向与和、])"
    after = r"(?![\u4e00-\u9fff]{0,6}(?:公司|集团|有限|股份|项目部|指挥部))"
    return bool(re.search(f"(?:{before}){re.escape(short)}{after}", text))
