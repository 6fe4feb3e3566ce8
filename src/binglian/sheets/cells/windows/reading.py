"""Text to windows: parts are read from left to right, a part said again opens a new group."""

import datetime as dt
import re
from dataclasses import dataclass, field
from itertools import product

from django.utils.translation import gettext as _

from binglian.sheets.cells.dates import numeric_dates
from binglian.sheets.cells.errors import CellError
from binglian.sheets.cells.windows.clock_times import TIMES
from binglian.sheets.cells.windows.dates import DATES
from binglian.sheets.cells.windows.patterns import Reader, Readers
from binglian.sheets.cells.windows.weekdays import WEEKDAYS
from binglian.sheets.cells.windows.window import EVERY_DAY, TimeWindow
from binglian.sheets.cells.words import normalise, plain_dashes, refuse_long

_FILLER = re.compile(
    r"[\s,、。.:]+|(?:可用|开放|均可|可以|期间|时段|时间|和|及|与|and|on|的)(?![a-z])",
    re.IGNORECASE,
)

_PARTS: tuple[tuple[str, Readers], ...] = (
    ("dates", DATES),
    ("weekdays", WEEKDAYS),
    ("times", TIMES),
)


def read_windows(text: object, year: int | None) -> tuple[TimeWindow, ...]:
    """Read windows; ``year`` completes dates without one. Blank text gives no window.

    Raises
    ------
    CellError
        Some words are not understood, a date is impossible, or a time crosses midnight.
    """
    if isinstance(text, dt.date):
        day = text.date() if isinstance(text, dt.datetime) else text
        return (TimeWindow(first_on=day, last_on=day),)
    shown = normalise(text)
    refuse_long(shown, 1_000)
    windows: list[TimeWindow] = []
    for segment in re.split(r"[;；\n\r]+", "" if text is None else str(text)):
        windows += _segment(numeric_dates(plain_dashes(normalise(segment))), year, shown)
    return tuple(dict.fromkeys(windows))


@dataclass
class _Group:
    """Dates × weekdays × times said in one breath."""

    dates: list[tuple[dt.date | None, dt.date | None]] = field(default_factory=list)
    weekdays: set[int] = field(default_factory=set)
    times: list[tuple[dt.time | None, dt.time | None]] = field(default_factory=list)

    def windows(self) -> list[TimeWindow]:
        days = frozenset(self.weekdays or EVERY_DAY)
        return [
            TimeWindow(first, last, days, start, end)
            for (first, last), (start, end) in product(
                self.dates or [(None, None)], self.times or [(None, None)]
            )
        ]


def _segment(text: str, year: int | None, shown: str) -> list[TimeWindow]:
    """周一上午，周三下午 is two groups: a part said again opens the next one."""
    groups: list[_Group] = []
    group, last_part, position = _Group(), "", 0
    while position < len(text):
        filler = _FILLER.match(text, position)
        if filler:
            position = filler.end()
            continue
        part, read, found = _next_part(text, position, shown)
        values = getattr(group, part)
        if values and part != last_part:
            groups.append(group)
            group = _Group(dates=group.dates if part != "dates" else [])
            values = getattr(group, part)
        if part == "weekdays":
            values |= read(found, year, shown)
        else:
            values.append(read(found, year, shown))
        last_part, position = part, found.end()
    if last_part:
        groups.append(group)
    return [window for group in groups for window in group.windows()]


def _next_part(text: str, position: int, shown: str) -> tuple[str, Reader, re.Match[str]]:
    for part, readers in _PARTS:
        for pattern, read in readers:
            found = pattern.match(text, position)
            if found:
                return part, read, found
    raise _unreadable(shown, text[position:])


def _unreadable(shown: str, rest: str) -> CellError:
    return CellError(
        _("看不懂时间段“%(value)s”中的“%(rest)s”。") % {"value": shown, "rest": rest},
        _("请写成 2026-03-01~2026-05-31 周二周四 14:00-17:00，多段用“；”分开。"),
    )
