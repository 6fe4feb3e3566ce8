"""Working days with the official make-up weekends (调休)."""

from datetime import date, timedelta
from functools import cache

import holidays


@cache
def _holidays() -> holidays.HolidayBase:
    return holidays.country_holidays("CN")


def is_working_day(day: date) -> bool:
    """Whether offices work on ``day``: make-up weekends do, public holidays do not."""
    return _holidays().is_working_day(day)


def is_announced(year: int) -> bool:
    """Whether the State Council's days off of the year are known; until then days may shift."""
    return year in _holidays().special_public_holidays


def add_working_days(day: date, count: int) -> date:
    """The ``count``-th working day after ``day`` (which itself is not counted)."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days lie in ``first``..``last``, both included."""
    return sum(is_working_day(first + timedelta(days=n)) for n in range((last - first).days + 1))
