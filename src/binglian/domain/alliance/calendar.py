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


def add_working_days(day: date, count: int) -> date:
    """The ``count``-th working day after ``day`` (which itself is not counted)."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day
