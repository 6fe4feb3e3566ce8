"""The calendars of a plan as weeks with exceptions, as MSPDI wants them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from binglian.engine.planning.formats.axis import Axis, Stretch
from binglian.engine.planning.formats.dated.working_time import DAY, OFFICE, Hours

Item = tuple[str, Any]

_MOST_DAYS = 3_660


def hours_by_day(axis: Axis, closed: Sequence[Stretch], units: int) -> dict[date, Hours]:
    """Return the working hours of every day from the origin to the end of so many units.

    Where a unit is a whole day, its hours are those of an office.
    """
    if axis.origin is None:
        return {}
    found: dict[date, list[Stretch]] = {}
    for first, last in _open(axis, closed, units):
        start, end = axis.begins(first), axis.ends(last)
        if start is not None and end is not None:
            for day, hours in _days(start, end):
                found.setdefault(day, []).append(hours)
    last_day = max(found, default=axis.origin.date())
    count = min((last_day - axis.origin.date()).days + 1, _MOST_DAYS)
    days = (axis.origin.date() + timedelta(days=number) for number in range(count))
    if axis.minutes == DAY:
        return {day: OFFICE if day in found else () for day in days}
    return {day: _joined(found.get(day, ())) for day in days}


def calendar_items(uid: int, name: str, days: Mapping[date, Hours]) -> list[Item]:
    """Return the elements of a calendar: its commonest week, and the days that differ."""
    week = []
    for weekday in range(7):
        counted = Counter(hours for day, hours in days.items() if day.weekday() == weekday)
        usual = OFFICE if weekday < 5 else ()
        week.append(counted.most_common(1)[0][0] if counted else usual)
    items: list[Item] = [
        ("UID", uid),
        ("Name", name),
        ("IsBaseCalendar", 1),
        ("IsBaselineCalendar", 0),
        ("BaseCalendarUID", -1),
        (
            "WeekDays",
            [
                ("WeekDay", [("DayType", number), *_day_items(week[(number + 5) % 7])])
                for number in range(1, 8)
            ],
        ),
    ]
    exceptions = [("Exception", _exception_items(*run)) for run in _exceptions(days, week)]
    return [*items, ("Exceptions", exceptions)] if exceptions else items


def _exceptions(
    days: Mapping[date, Hours], week: Sequence[Hours]
) -> list[tuple[date, date, Hours]]:
    """Return first and last day and hours of every run of days that differ from their week."""
    runs: list[tuple[date, date, Hours]] = []
    for day, hours in days.items():
        if hours == week[day.weekday()]:
            continue
        if runs and runs[-1][2] == hours and runs[-1][1] + timedelta(days=1) == day:
            runs[-1] = (runs[-1][0], day, hours)
        else:
            runs.append((day, day, hours))
    return runs


def _open(axis: Axis, closed: Sequence[Stretch], units: int) -> Iterator[Stretch]:
    """Yield the open stretches of units, none of them over a gap of the axis."""
    gaps = [first for first, _minute in axis.runs if 0 < first < units]
    cuts = sorted({0, *gaps, units, *(end for one in closed for end in one if end < units)})
    for first, last in pairwise(cuts):
        if not any(begin <= first < end for begin, end in closed):
            yield first, last


def _days(start: datetime, end: datetime) -> Iterator[tuple[date, Stretch]]:
    """Cut a stretch of time at midnights."""
    while start < end:
        midnight = datetime.combine(start.date() + timedelta(days=1), time())
        until = min(end, midnight)
        first = start.hour * 60 + start.minute
        yield start.date(), (first, first + (until - start) // timedelta(minutes=1))
        start = until


def _joined(hours: Sequence[Stretch]) -> Hours:
    joined: list[Stretch] = []
    for first, last in sorted(hours):
        if joined and joined[-1][1] == first:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return tuple(joined)


def _day_items(hours: Hours) -> list[Item]:
    if not hours:
        return [("DayWorking", 0)]
    times = [
        ("WorkingTime", [("FromTime", _clock(first)), ("ToTime", _clock(last))])
        for first, last in hours
    ]
    return [("DayWorking", 1), ("WorkingTimes", times)]


def _exception_items(first: date, last: date, hours: Hours) -> list[Item]:
    return [
        ("EnteredByOccurrences", 0),
        (
            "TimePeriod",
            [("FromDate", f"{first}T00:00:00"), ("ToDate", f"{last}T23:59:00")],
        ),
        ("Occurrences", (last - first).days + 1),
        ("Name", ""),
        ("Type", 1),
        *_day_items(hours),
    ]


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}:00"
