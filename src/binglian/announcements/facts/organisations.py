"""The organisations an announcement names, each once, with all its names and its roles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .kinds import kind_of
from .lexicon import BARE, tokens
from .lists import Sections, is_line_of_a_list, labelled, lines_of_names, name_of_line
from .mention import Mention
from .mentions import mentions_in
from .roles import DONOR, GUEST, HOST, LEAD, SIGNATORY, assign_roles
from .same import grouped

_DEFINES = re.compile(
    r"[（(]\s*(?:以下|下)?\s*(?:统|简)?称\s*(?:为|：|:)?\s*[“\"'‘「]?([\u4e00-\u9fffA-Za-z]{2,16})[”\"'’」]?\s*[）)]"
)
_PLACE_BEFORE = re.compile(r"[在于]$")
_PLACE_AFTER = re.compile(
    r"\s*(?:隆重|正式|顺利|成功|如期)?(?:举行|召开|举办|揭牌|挂牌|成立|启动|开展|宣告)"
)
_PROJECT_AFTER = re.compile(
    r"[\u4e00-\u9fff]{0,6}?(?:项目|工程)(?!部|公司|经理|局|有限|指挥|管理|建设|学院)"
)
_NAMING = ("institution", "community", "merchant")  # whose names projects bear
_NUMBERING = re.compile(r"^\s*(?:\d{1,3}[.、．)）\s]|[（(]\d{1,3}[)）]|[·•●◆■-])\s*")
_FIRM_TAIL = re.compile(r"(?:股份|集团|控股)*(?:有限责任公司|有限公司|公司)$")
_BARE = re.compile(r"(?:管委会|指挥部|项目部|高新区管委会)$")
_BODIES = ("党委", "党组", "党总支", "党支部", "机关党委")
_PARTY_BODY = re.compile(
    r"(?<=[道区镇乡村司团局院会心所学校部站店馆行社岗科室队组处厂园校])(?:党工委|工委|党委|党组|党总支|临时党支部|党支部)$"
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
    sections = Sections()
    lines = [_NUMBERING.sub("", paragraph.replace("“两新”", "两新")) for paragraph in paragraphs]
    of_names = lines_of_names(lines)
    for number, (text, line) in enumerate(zip(paragraphs, lines, strict=True)):
        if number not in of_names and sections.is_heading(text):
            continue
        if number in of_names:
            found += _line_of_names(line, sections.role)
            continue
        told = labelled(line, sections.role)
        if told is not None:
            found += told
            continue
        mentions, pieces = mentions_in(line)
        mentions = [mention for mention in mentions if _is_named_here(mention, line)]
        if sections.role and is_line_of_a_list(line):
            mentions = [name_of_line(line, mentions)]
        if sections.role and "。" not in line:
            found += [(mention, {sections.role}) for mention in mentions]
        else:
            found += assign_roles(mentions, pieces)
        defined += _definitions(line, mentions)
        defined += [(mention.name, mention.said) for mention in mentions if mention.said]
    text = "\n".join(paragraphs)
    defined += _correct(found, text)
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


def _line_of_names(line: str, role: str | None) -> list[tuple[Mention, set[str]]]:
    return [
        (name_of_line(item, mentions_in(item)[0]), {role or SIGNATORY})
        for item in re.split(r"[、\s]+", line.strip())
    ]


def _is_named_here(mention: Mention, line: str) -> bool:
    """It is neither the place of the meeting, nor part of a title or of a project's name."""
    before, after = line[: mention.start], line[mention.end :]
    if _PLACE_BEFORE.search(before) and _PLACE_AFTER.match(after):
        return False
    if re.match("[旧原遗]址", after):
        return False
    if mention.name.endswith("委") and re.match("委员|常委", after):
        return False
    project = _PROJECT_AFTER.match(after) if mention.kind in _NAMING else None
    return project is None or any(
        tag in ("v", "p", "d", "c", "u") for _, tag, _ in tokens(project.group())
    )


def _definitions(text: str, mentions: Sequence[Mention]) -> list[tuple[str, str]]:
    pairs = []
    for found in _DEFINES.finditer(text):
        before = [mention for mention in mentions if mention.end <= found.start()]
        if before and found.start() - before[-1].end <= 2:
            pairs.append((before[-1].name, found.group(1)))
    return pairs


def _correct(found: Sequence[tuple[Mention, set[str]]], text: str) -> list[tuple[str, str]]:
    """A name seen alone in an enumeration tells where a doubtful one begins.

    Returns the short names that were no mistake, each after what it is short for.
    """
    names = list(dict.fromkeys(mention.name for mention, _ in found))
    for mention, _ in found:  # 河北街道, though only 天河北街道 is spoken of
        for name in names:
            is_tail = name.endswith(mention.name) and 0 < len(name) - len(mention.name) <= 2
            if is_tail and text.count(name) == text.count(mention.name):
                mention.name = name
    exact = (mention.name for mention, _ in found if mention.is_exact and len(mention.name) >= 4)
    sure = list(dict.fromkeys(exact))
    short = []
    for mention, _ in found:
        if mention.name[0] in "为向给对将由被把从在与同经" and mention.name[1:] in sure:
            mention.name = mention.name[1:]
        if mention.name in sure or any(name.startswith(mention.name) for name in sure):
            continue
        for name in sure:
            is_longer = name.endswith(mention.name) and len(name) - len(mention.name) <= 2
            is_shorter = mention.name.endswith(name) and not mention.is_exact
            if is_shorter or (is_longer and mention.kind != "department"):
                if is_longer and re.match("[省市区县镇]", mention.name):
                    short.append((name, mention.name))
                mention.name = name
                break
    return short


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
        bodies = [name + body for body in _BODIES if name + body in text]
        told += [body for body in bodies if _speaks(body, text)]
    return list(dict.fromkeys(one for one in told if len(one) >= 3))


def _speaks(body: str, text: str) -> bool:
    """It is named itself, not only the office of its secretary."""
    return bool(re.search(f"{re.escape(body)}(?!织|副?书记|成员|委员)", text))


def _stands_alone(short: str, text: str) -> bool:
    """It occurs where no longer name of the same organisation stands."""
    if short not in text:
        return False
    before = r"(?<![\u4e00-\u9fff])|(?<=[由在为向与和、])"
    after = r"(?![\u4e00-\u9fff]{0,6}(?:公司|集团|有限|股份|项目部|指挥部))"
    return bool(re.search(f"(?:{before}){re.escape(short)}{after}", text))
