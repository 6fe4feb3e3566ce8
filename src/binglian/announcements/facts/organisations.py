"""The organisations an announcement names, each once, with all its names and its roles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .lexicon import BARE, NEVER, STATE
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
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]\s*)?([^，。：:]{2,14})[：:]\s*(\S.+)$"
)
_CATEGORY = re.compile(r"部门|企业|社会组织|社区|街道|商户|高校|院校|机构|单位|组织|银行|协会|公司")
_PLACE_BEFORE = re.compile(r"[在于]$")
_PLACE_AFTER = re.compile(
    r"\s*(?:隆重|正式|顺利|成功|如期)?(?:举行|召开|举办|揭牌|挂牌|成立|启动|开展|宣告)"
)
_NUMBERING = re.compile(r"^\s*(?:\d{1,3}[.、．)）\s]|[（(]\d{1,3}[)）]|[·•●◆■-])\s*")
_STATE_BUREAU = re.compile(
    r"(?:中铁|中建|中交|中电|中冶|华建|隧道|工程|航|[一二三四五六七八九十]+)局"
)
_FIRM_TAIL = re.compile(r"(?:股份|集团|控股)*(?:有限责任公司|有限公司|公司)$")
_SHOP = re.compile(r"(?:店|铺|坊|斋|轩|阁|堂|馆|屋|房|吧|鲜生|天地|广场|豆花|小筑)$")
_BARE = re.compile(r"(?:管委会|指挥部|项目部|高新区管委会)$")
_BODIES = ("党委", "党组", "党总支", "党支部", "机关党委")
_PARTY_BODY = re.compile(r"(?<=[道区镇村司团局院会心])(?:党工委|工委|党委|党组|党总支|党支部)$")
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
    for text in paragraphs:
        section, is_heading = _section(text, section)
        if is_heading:
            continue
        line = _NUMBERING.sub("", text)
        mentions, pieces = mentions_in(line)
        mentions = [mention for mention in mentions if not _is_a_place(mention, line)]
        labelled = _LABELLED.match(line)
        if labelled and "。" not in line:
            found += _labelled(labelled.group(1), labelled.group(2), section)
            continue
        if section and not mentions and _is_line_of_a_list(line):
            mentions = [Mention(line, "other", "", 0, len(line), 0, 0, True)]
        if section and "。" not in line:
            found += [(mention, {section}) for mention in mentions]
        else:
            found += assign_roles(mentions, pieces)
        defined += _definitions(line, mentions)
        defined += [(mention.name, mention.said) for mention in mentions if mention.said]
    _correct(found)
    found += _named_again(paragraphs, {mention.name for mention, _ in found if not mention.head})
    text = "\n".join(paragraphs)
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
        2 <= len(line) <= 20
        and not re.search(r"[，。：:！？\s\d]", line)
        and not NEVER.search(line)
    )


def _definitions(text: str, mentions: Sequence[Mention]) -> list[tuple[str, str]]:
    pairs = []
    for found in _DEFINES.finditer(text):
        before = [mention for mention in mentions if mention.end <= found.start()]
        if before and found.start() - before[-1].end <= 2:
            pairs.append((before[-1].name, found.group(1)))
    return pairs


def _correct(found: Sequence[tuple[Mention, set[str]]]) -> None:
    """A name seen alone in an enumeration tells where a doubtful one begins."""
    sure = {mention.name for mention, _ in found if mention.is_exact and len(mention.name) >= 4}
    for mention, _ in found:
        if mention.name[0] in "为向给对将由被把从在与同经" and mention.name[1:] in sure:
            mention.name = mention.name[1:]
        if mention.name in sure:
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
    for mention, has in found:
        roles.setdefault(mention.name, set()).update(has)
        kinds.setdefault(mention.name, mention.kind)
    names = list(dict.fromkeys([*roles, *(short for _, short in defined)]))
    organisations = []
    has_lead = any(LEAD in has for has in roles.values())
    for group in grouped(names, defined):
        has = set().union(*(roles.get(name, set()) for name in group))
        if HOST in has and not has_lead:
            has.add(LEAD)
        if LEAD in has or SIGNATORY in has:
            has.discard(GUEST)
        fullest = max(group, key=len)
        kind = next((kinds[name] for name in group if name in kinds), "other")
        if all(BARE.fullmatch(name) for name in group) and SIGNATORY not in has:
            continue
        is_loose = kind in _LOOSE and not re.search(r"街道.+", fullest)
        if not has and (is_loose or fullest.endswith("党群服务中心")):
            continue
        organisations.append(
            Organisation(
                name=fullest,
                aliases=tuple(name for name in group if name != fullest),
                kind=_kind(fullest, kind),
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
    return bool(re.search(f"{re.escape(body)}(?!副?书记|成员|委员)", text))


def _stands_alone(short: str, text: str) -> bool:
    """It occurs where no longer name of the same organisation stands."""
    before = r"(?<![\u4e00-\u9fff])|(?<=[由在为向与和、])"
    after = r"(?![\u4e00-\u9fff]{0,6}(?:公司|集团|有限|股份|项目部|指挥部))"
    return bool(re.search(f"(?:{before}){re.escape(short)}{after}", text))


def _kind(name: str, kind: str) -> str:
    if kind == "department" and _STATE_BUREAU.search(name) and name.endswith("局"):
        return "state_firm"
    if kind == "other" and _SHOP.search(name):
        return "merchant"
    if kind == "institution" and name.startswith(("国网", "中国移动", "中国电信", "中国联通")):
        return "state_firm"
    if kind == "firm" and _STATE_BUREAU.search(name):
        return "state_firm"
    if kind == "firm":
        return "state_firm" if STATE.search(name) else "private_firm"
    return kind
