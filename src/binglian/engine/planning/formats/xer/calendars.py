"""The calendars of P6: nested parentheses with hours by weekday and exceptions by day."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from binglian.engine.planning.formats.dated.working_time import (
    DAY,
    OFFICE,
    Hours,
    WorkingTime,
    are_in_order,
)
from binglian.engine.planning.formats.faults import Code, FormatError

from .tables import Row

_FIRST_DAY = date(1899, 12, 30)
_STANDARD = WorkingTime([OFFICE] * 5 + [()] * 2)
_PART = re.compile(r"\((?P<kind>\d*)\|\|(?P<name>[^()]*)\((?P<facts>[^()]*)\)\(")
_TIME = re.compile(r"(\d{1,2}):(\d{2})\s*([AP]M)?", re.IGNORECASE)
_DEEPEST = 20


@dataclass
class _Part:
    name: str
    facts: Mapping[str, str] = field(default_factory=dict)
    parts: list["_Part"] = field(default_factory=list)

    def part(self, name: str) -> "_Part | None":
        return next((one for one in self.parts if one.name == name), None)


def read_calendars(rows: Sequence[Row]) -> dict[str, WorkingTime]:
    """Return the working time of each calendar by its id."""
    by_id = {row.required("clndr_id"): row for row in rows}
    times: dict[str, WorkingTime] = {}
    for ref in by_id:
        _read(ref, by_id, times, ())
    return times


def _read(
    ref: str, rows: Mapping[str, Row], times: dict[str, WorkingTime], above: tuple[str, ...]
) -> WorkingTime:
    if ref in times:
        return times[ref]
    row = rows[ref]
    base_ref = row.said("base_clndr_id")
    if ref in above:
        name = "CALENDAR.base_clndr_id"
        raise FormatError(Code.BASES, line=row.line, field=name, value=ref)
    base = _read(base_ref, rows, times, (*above, ref)) if base_ref in rows else None
    data = re.sub(r"[\x7f\r\n]", "", row.said("clndr_data"))
    top = _parsed(data, row)
    week: list[Hours] = list((base or _STANDARD).week)
    days = top.part("DaysOfWeek")
    for day in days.parts if days else ():
        if day.name.isdigit() and 1 <= int(day.name) <= 7:
            week[(int(day.name) + 5) % 7] = _hours(day, row)  # 1 is Sunday
    exceptions = dict(base.exceptions) if base else {}
    listed = top.part("Exceptions")
    for one in listed.parts if listed else ():
        number = one.facts.get("d", "")
        if number.isdigit() and int(number) < 400_000:
            exceptions[_FIRST_DAY + timedelta(days=int(number))] = _hours(one, row)
    times[ref] = WorkingTime(week, exceptions)
    return times[ref]


def _parsed(text: str, row: Row) -> _Part:
    """Return what ``(0||Name(facts)(parts))`` says; parts that are no such thing end it."""
    top = _Part("")
    open_parts = [top]
    position = 0
    while position < len(text):
        found = _PART.match(text, position)
        if found:
            words = found["facts"].split("|")
            facts = dict(zip(words[::2], words[1::2], strict=False))
            part = _Part(found["name"].strip(), facts)
            open_parts[-1].parts.append(part)
            open_parts.append(part)
            position = found.end()
            if len(open_parts) > _DEEPEST:
                raise FormatError(Code.TOO_DEEP, line=row.line, field="CALENDAR.clndr_data")
        elif text.startswith("))", position) and len(open_parts) > 1:
            open_parts.pop()
            position += 2
        else:
            position += 1
    return next((part for part in top.parts if part.name == "CalendarData"), top)


def _hours(part: _Part, row: Row) -> Hours:
    hours = []
    for one in part.parts:
        if "s" in one.facts and "f" in one.facts:
            first, last = (_minute(one.facts[key], row) for key in ("s", "f"))
            hours.append((first, last or DAY))
    if not are_in_order(hours):
        raise FormatError(Code.HOURS, line=row.line, field="CALENDAR.clndr_data")
    return tuple(sorted(hours))


def _minute(text: str, row: Row) -> int:
    found = _TIME.fullmatch(text.strip())
    if not found or int(found[1]) > 24 or int(found[2]) > 59:
        name = "CALENDAR.clndr_data"
        raise FormatError(Code.MOMENT, line=row.line, field=name, value=text)
    hour = int(found[1]) % 12 + 12 * (found[3].upper() == "PM") if found[3] else int(found[1])
    return min(60 * hour + int(found[2]), DAY) % DAY
