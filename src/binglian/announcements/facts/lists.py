"""Lists of organisations that are lines or labels rather than sentences."""

import re
from collections.abc import Sequence

from .lexicon import HEAD, NEVER
from .mention import Mention
from .mentions import mentions_in
from .roles import DONOR, GUEST, LEAD, SIGNATORY

Found = list[tuple[Mention, set[str]]]

_HEADING = re.compile(
    r"^[【\[]?\s*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]）|\d{1,2}[.、．])?[^，。；]{2,24}[】\]：:）)]?$"
)
_ROLES = (
    (LEAD, re.compile(r"牵头|双核|发起|核心")),
    (DONOR, re.compile(r"捐赠|爱心")),
    (GUEST, re.compile(r"嘉宾|出席|列席|特邀")),
    (SIGNATORY, re.compile(r"成员|签约|共建单位|朋友圈|入盟|加盟|参与|名单|入列")),
)
_LABELLED = re.compile(
    r"^[^\w（(“]*(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]\s*)?"
    r"([^，。：:]{2,14}(?<![说道示绍]))[：:]\s*([^\s“].+)$"
)
_CATEGORY = re.compile(
    r"部门|企业|企事业|事业|物业|两新|机关|学校|医院|医疗|金融|商业|央企|国企|民企|社会组织|社区"
    r"|街道|村社|商户|高校|院校|机构|单位|组织|银行|协会|公司"
)
_LEVELS = (
    re.compile(r"^[【\[]?[一二三四五六七八九十]{1,3}、"),
    re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)]"),
)
_PARTY_UNIT = re.compile(r"党(?:工委|委|组|总支|支部)$")
_MARKED = re.compile(r"[^\w“]|[一二三四五六七八九十]{1,3}、")
_FEWEST_LINES = 4  # of names without a mark, one under the other


def labelled(line: str, section: str | None) -> Found | None:
    """«职能部门：A、B»: whatever the line lists is an organisation, if its label calls it one."""
    parts = _LABELLED.match(line) if "。" not in line else None
    if parts is None:
        return None
    label, listed = parts.groups()
    role = next((role for role, words in _ROLES if words.search(label)), section)
    if role is None and not _CATEGORY.search(label):
        return []
    mentions, _ = mentions_in(listed)
    told = {mention.start: mention for mention in mentions if mention.is_exact}
    for item in re.finditer(r"[^、，；,;\s]+", listed):
        if item.start() not in told and is_line_of_a_list(item.group()):
            told[item.start()] = Mention(
                item.group(), "other", "", item.start(), item.end(), 0, 0, True
            )
    return [(told[start], {role or SIGNATORY}) for start in sorted(told)]


class Sections:
    """Which role the headings above a line give to it."""

    def __init__(self) -> None:
        self.role: str | None = None
        self.depth = 0

    def is_heading(self, text: str) -> bool:
        """Take a line in; say whether it is a heading. Prose and other headings end a section."""
        level = next((depth for depth, sign in enumerate(_LEVELS) if sign.match(text)), 2)
        above = self.role if level > self.depth else None
        self.role, is_heading = _section(text, self.role)
        if is_heading:
            self.depth = self.depth if above and self.role is None else level
            self.role = self.role or above
        return is_heading


def _section(text: str, role: str | None) -> tuple[str | None, bool]:
    if "。" in text or len(text) > 160:
        return None, False
    marked = re.match(
        r"^(?:[【\[]|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]）|[^\w“（(《][^：:、]{2,20}$)"
        r"|.*[：:]$",
        text,
    )
    is_called = re.search(r"名单|单位$|[（(]共?\d+[家个][）)]$", text)
    if _HEADING.match(text) and (marked or is_called):
        return next((role for role, words in _ROLES if words.search(text)), None), True
    return role, False


def is_line_of_a_list(line: str) -> bool:
    """It may be a name and nothing else."""
    return (
        2 <= len(line) <= 30
        and not re.search(r"[，。：:！？；\s]|\d+[家个名日]", line)
        and not NEVER.search(line)
    )


def name_of_line(line: str, mentions: Sequence[Mention]) -> Mention:
    """The whole line as one name; its kind by what was found in it."""
    kind, head = (mentions[-1].kind, mentions[-1].head) if mentions else ("other", "")
    return Mention(line, kind, head, 0, len(line), 0, 0, True)


def lines_of_names(lines: Sequence[str]) -> set[int]:
    """Lines, by number, that stand one under the other and are names: most end as names do."""
    found: set[int] = set()
    run: list[int] = []
    for number, line in enumerate([*lines, "。"]):
        if _MARKED.match(line):
            continue  # a heading between them
        items = re.split(r"[、\s]+", line.strip())
        if all(is_line_of_a_list(item) for item in items):
            run.append(number)
            continue
        ends = sum(bool(_ends_as_a_name(lines[at])) for at in run)
        if len(run) >= _FEWEST_LINES and ends * 2 >= len(run):
            found |= {*run}
        run = []
    return found


def _ends_as_a_name(line: str) -> bool:
    heads = [found.end() for found in HEAD.finditer(line)]
    return bool(_PARTY_UNIT.search(line)) or (bool(heads) and heads[-1] == len(line))
