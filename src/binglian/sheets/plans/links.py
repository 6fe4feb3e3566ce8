"""The little language of predecessors: ``3; 5FS+2; 7SS; 8FF+1; 20FS<=63``."""

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from binglian.sheets.cells import CellError
from binglian.sheets.cells.words import plain_dashes
from binglian.sheets.rows.reader import shown

LinkName = Literal["FS", "SS", "FF", "SF"]
DayKind = Literal["working", "calendar"]

_SPOKEN: dict[str, LinkName] = {
    "完成-开始": "FS", "完成开始": "FS", "完始": "FS", "开始-开始": "SS", "开始开始": "SS",
    "始始": "SS", "完成-完成": "FF", "完成完成": "FF", "完完": "FF", "开始-完成": "SF",
    "开始完成": "SF", "始完": "SF",
}  # fmt: skip
_DAYS = r"(?P<{0}>个?工作日|自然日|日历日|天|日|wd|cd|days?|d)?"
_LINK = re.compile(
    r"(?P<link>FS|SS|FF|SF|"
    + "|".join(sorted(_SPOKEN, key=len, reverse=True))
    + r")?\s*(?:(?P<sign>[+-])\s*(?P<lag>\d{1,7})\s*"
    + _DAYS.format("days")
    + r")?\s*(?:<=?\s*(?P<most>\d{1,7})\s*"
    + _DAYS.format("most_days")
    + ")?",
    re.IGNORECASE,
)
#: Blanks that do not part two entries: 5 FS + 2 工作日.
_BLANKS = re.compile(
    r"\s+(?=(?:FS|SS|FF|SF|[+\-<完始开]|个?工作日|自然日|日历日|[天日]|(?:wd|cd|days?|d)\b))"
    r"|(?<=[+\-<=])\s+",
    re.IGNORECASE,
)
_CALENDAR_DAYS = {"自然日", "日历日", "cd"}


@dataclass(frozen=True)
class LinkTo:
    """One predecessor: at least ``least`` and at most ``most`` days between the two ends."""

    before: str
    link: LinkName = "FS"
    least: int = 0
    most: int | None = None
    days: DayKind = "working"


def read_links(value: object, numbers: Container[str]) -> tuple[LinkTo, ...]:
    """Read a cell of predecessors; ``numbers`` are those of the tasks there are.

    Raises
    ------
    CellError
        An entry is no link, or names a task that is not there.
    """
    text = plain_dashes(shown(value)).replace("≤", "<=")
    parts = re.split(r"[;、,\s]+", _BLANKS.sub("", text))
    links = [_link(part, numbers) for part in parts if part]
    return tuple(dict.fromkeys(links))


def write_links(links: tuple[LinkTo, ...]) -> str:
    """Write predecessors so that they read back the same."""
    return "; ".join(map(_written, links))


def _link(part: str, numbers: Container[str]) -> LinkTo:
    if part in numbers:
        return LinkTo(part)
    # The longest number that is a task's: numbers may hold letters and dashes themselves.
    for end in range(len(part), 0, -1):
        number = part[:end]
        found = _LINK.fullmatch(part[end:]) if number in numbers else None
        if found:
            return _checked(number, part, found)
    named = re.match(r"[\w.]+?(?=\s*(?:FS|SS|FF|SF|[+\-<]|$))", part, re.IGNORECASE)
    if named and _LINK.fullmatch(part[named.end() :]):
        raise CellError(
            _("没有编号为“%(number)s”的任务。") % {"number": named[0]}, _("请改正编号。")
        )
    raise CellError(
        _("看不懂前置任务“%(value)s”。") % {"value": part[:40]},
        _("请写成 3；5FS+2；7SS；8FF+1；20FS<=63 的样子。"),
    )


def _checked(number: str, part: str, found: re.Match[str]) -> LinkTo:
    spoken = (found["link"] or "FS").upper()
    least = int(f"{found['sign'] or ''}{found['lag'] or 0}")
    most = int(found["most"]) if found["most"] else None
    if most is not None and most < least:
        raise CellError(
            _("“%(value)s”要求至少 %(least)s 天、至多 %(most)s 天，不可能同时做到。")
            % {"value": part, "least": least, "most": most},
            _("请改正其中一个数。"),
        )
    is_calendar = {found["days"], found["most_days"]} & _CALENDAR_DAYS
    return LinkTo(
        number,
        _SPOKEN.get(spoken) or _LINK_NAMES[spoken],
        least,
        most,
        "calendar" if is_calendar else "working",
    )


_LINK_NAMES: dict[str, LinkName] = {"FS": "FS", "SS": "SS", "FF": "FF", "SF": "SF"}


def _written(link: LinkTo) -> str:
    bare = link == LinkTo(link.before)
    if bare:
        return link.before
    days = "cd" if link.days == "calendar" else ""
    lag = f"{link.least:+d}{days}" if link.least else ""
    most = "" if link.most is None else f"<={link.most}{days}"
    return f"{link.before}{link.link}{lag}{most}"
