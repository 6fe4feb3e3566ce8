"""The organisations an announcement names, each once, with all its names and its roles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .lexicon import NEVER, STATE
from .mentions import Mention, mentions_in
from .roles import DONOR, GUEST, LEAD, SIGNATORY, assign_roles
from .same import grouped

_DEFINES = re.compile(
    r"[（(]\s*(?:以下|下)?\s*(?:统|简)?称\s*(?:为|：|:)?\s*[“\"'‘「]?([\u4e00-\u9fffA-Za-z]{2,16}?)(?:党委|党工委)?[”\"'’」]?\s*[）)]"
)
_HEADING = re.compile(r"^[【\[]?\s*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]）|\d{1,2}[.、．])?[^，。；]{2,24}[】\]：:）)]?$")
_HEADED_ROLES = (
    (LEAD, re.compile(r"牵头|双核|发起|核心")),
    (DONOR, re.compile(r"捐赠|爱心")),
    (GUEST, re.compile(r"嘉宾|出席|列席|特邀")),
    (SIGNATORY, re.compile(r"成员|签约|共建单位|朋友圈|入盟|加盟|参与单位|名单")),
)
_NUMBERING = re.compile(r"^\s*(?:\d{1,3}[.、．)）\s]|[（(]\d{1,3}[)）]|[·•●◆■-])\s*")
_STATE_BUREAU = re.compile(r"(?:中铁|中建|中交|中电|中冶|华建|隧道|工程|航|[一二三四五六七八九十]+)局")
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
        if section and not mentions and _is_line_of_a_list(line):
            mentions = [Mention(line, "other", "", 0, len(line), 0, 0, True)]
        if section and "。" not in line:
            found += [(mention, {section}) for mention in mentions]
        else:
            found += assign_roles(mentions, pieces)
        defined += _definitions(line, mentions)
    _correct(found)
    return _merged(found, defined)


def _section(text: str, section: str | None) -> tuple[str | None, bool]:
    """The role that a heading gives to the lines under it, until prose or another heading."""
    if "。" in text or len(text) > 160:
        return None, False
    marked = re.match(r"^(?:[【\[]|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]）)|.*[：:]$", text)
    if _HEADING.match(text) and (marked or re.search(r"名单|单位$", text)):
        for role, words in _HEADED_ROLES:
            if words.search(text):
                return role, True
        return None, True
    return section, False


def _is_line_of_a_list(line: str) -> bool:
    return 2 <= len(line) <= 20 and not re.search(r"[，。：:！？\s\d]", line) and not NEVER.search(line)


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
    for group in grouped(names, defined):
        has = set().union(*(roles.get(name, set()) for name in group))
        if LEAD in has or SIGNATORY in has:
            has.discard(GUEST)
        fullest = max(group, key=len)
        kind = next((kinds[name] for name in group if name in kinds), "other")
        if not has and kind in _LOOSE:
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


def _kind(name: str, kind: str) -> str:
    if kind == "department" and _STATE_BUREAU.search(name) and name.endswith("局"):
        return "state_firm"
    if kind == "firm":
        return "state_firm" if STATE.search(name) else "private_firm"
    return kind
