"""Deadlines by three clocks: hours, calendar days, and working days with make-up weekends (调休).

The official days off are bundled; a calendar read from a file goes above them. A year whose days
off are not announced has provisional deadlines: weekends alone are known of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import cache

import holidays

_DAY = timedelta(days=1)
#: A period in days ends with its last day.
_LAST_SECOND = time(23, 59, 59)


class Counting(Enum):
    """How a period is counted."""

    HOURS = "hours"
    CALENDAR_DAYS = "days"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """On which days offices work.

    Attributes
    ----------
    corrections
        Day → whether offices work on it; stronger than what is bundled.
    announced
        Years whose days off are known by ``corrections``, besides those bundled.
    """

    corrections: Mapping[date, bool] = field(default_factory=dict)
    announced: frozenset[int] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on ``day``: make-up weekends do, public holidays do not."""
        corrected = self.corrections.get(day)
        if corrected is not None:
            return corrected
        if day.year in self.announced:  # the file says all there is to say of the year
            return day.weekday() < 5
        return _bundled().is_working_day(day)

    def is_announced(self, year: int) -> bool:
        """Whether the official days off of the year are known; until then days may shift."""
        return year in self.announced or year in _bundled().special_public_holidays

    def add_working_days(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``, which itself is not counted."""
        while count > 0:
            day += _DAY
            count -= self.is_working_day(day)
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days lie in ``first``..``last``, both included."""
        days = (first + n * _DAY for n in range((last - first).days + 1))
        return sum(map(self.is_working_day, days))


#: The bundled calendar as it is.
OFFICIAL = WorkingCalendar()


@dataclass(frozen=True, slots=True)
class Stop:
    """The clock stood still from ``start`` until ``end``, both instants."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a period ends.

    Attributes
    ----------
    at
        The last instant that is in time, in the time zone of the start.
    is_provisional
        It was counted in working days of a year whose days off are not announced yet.
    """

    at: datetime
    is_provisional: bool


def deadline(
    start: datetime,
    amount: int,
    counting: Counting,
    *,
    stops: Sequence[Stop] = (),
    calendar: WorkingCalendar = OFFICIAL,
) -> Deadline:
    """When a period of ``amount`` hours or days ends that begins at ``start``.

    Hours run day and night. Days are counted from the day after the start and end with the last
    second of the last one. While the clock stands still nothing is counted: hours go on with the
    minute, days with the day on which it starts again.

    Parameters
    ----------
    start
        In the local time zone, for its date is what days are counted from.
    amount
        Greater than 0.
    stops
        In order of time and apart from each other.

    Raises
    ------
    ValueError
        ``amount`` is not positive, or ``start`` has no time zone.
    """
    if amount <= 0:
        raise ValueError(f"A period lasts longer than {amount}.")
    if start.tzinfo is None:
        raise ValueError("The start of a period needs its time zone.")
    if counting is Counting.HOURS:
        return Deadline(_after_hours(start, timedelta(hours=amount), stops), False)
    day, left = start.date(), amount
    while left > 0:
        day += _DAY
        counts = counting is Counting.CALENDAR_DAYS or calendar.is_working_day(day)
        left -= counts and not _stands_still(day, stops, start)
    years = range(start.year, day.year + 1)
    is_known = counting is Counting.CALENDAR_DAYS or all(map(calendar.is_announced, years))
    return Deadline(_end_of(day, start), not is_known)


def warning_at(start: datetime, end: datetime, share: float = 0.8) -> datetime:
    """When to warn: after ``share`` (0 … 1) of the time between two instants."""
    return start + (end - start) * share


def _after_hours(start: datetime, period: timedelta, stops: Sequence[Stop]) -> datetime:
    end = start + period
    for stop in stops:
        begun = max(stop.start, start)
        if begun < end and stop.end > begun:
            end += stop.end - begun
    return end


def _stands_still(day: date, stops: Sequence[Stop], start: datetime) -> bool:
    zone = start.tzinfo
    return any(
        stop.start.astimezone(zone).date() <= day < stop.end.astimezone(zone).date()
        for stop in stops
    )


def _end_of(day: date, start: datetime) -> datetime:
    return datetime.combine(day, _LAST_SECOND, start.tzinfo)


@cache
def _bundled() -> holidays.HolidayBase:
    return holidays.country_holidays("CN")
