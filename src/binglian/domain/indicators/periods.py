"""Years, months and other stretches of days that figures are of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_current_timezone


@dataclass(frozen=True, slots=True)
class Period:
    """From a first day to a last, both included."""

    first: date
    last: date

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def __str__(self) -> str:
        """``2026``, ``2026-10``, or both days."""
        if self == year(self.first.year):
            return f"{self.first:%Y}"
        return f"{self.first:%Y-%m}" if self == month(self.first) else f"{self.first}..{self.last}"

    def until(self, day: date) -> Period | None:
        """What of it has begun by a day; ``None`` where nothing has."""
        return Period(self.first, min(self.last, day)) if self.first <= day else None


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number, 12, 31))


def month(day: date) -> Period:
    """The month a day lies in."""
    first = day.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return Period(first, following - timedelta(days=1))


def months_until(day: date, count: int) -> list[Period]:
    """So many months, the last of them the one the day lies in."""
    found = [month(day)]
    while len(found) < count:
        found.append(month(found[-1].first - timedelta(days=1)))
    return found[::-1]


def read_period(text: str) -> Period | None:
    """``2026`` or ``2026-10`` as it stands in an address; ``None`` for anything else."""
    if re.fullmatch(r"(19|20)\d\d", text):
        return year(int(text))
    if re.fullmatch(r"(19|20)\d\d-(0[1-9]|1[0-2])", text):
        return month(date.fromisoformat(f"{text}-01"))
    return None


def end_of(day: date) -> datetime:
    """The last instant of a day in the alliance's time zone."""
    return datetime.combine(day, time.max, get_current_timezone())
