"""When things happen in the made-up city: three years of days, hours and seasons."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

YEARS = 3
DAY = 86_400.0
ZONE = ZoneInfo("Asia/Shanghai")
#: Share of a day's reports in each hour from midnight on: few at night, most in the morning.
_HOURS = np.array([1, 1, 1, 1, 1, 2, 4, 8, 14, 16, 15, 10, 8, 10, 12, 12, 11, 9, 8, 8, 7, 5, 3, 2])
#: Mondays are busiest, Sundays quietest.
_WEEKDAYS = np.array([1.25, 1.15, 1.1, 1.05, 1.0, 0.8, 0.65])


class Span:
    """The three years that end at the midnight after ``until``, as seconds since the epoch."""

    def __init__(self, until: date) -> None:
        self.end = midnight(until + timedelta(days=1))
        self.first = until - timedelta(days=365 * YEARS - 1)
        self.begin = midnight(self.first)

    def instants(self, n: int, chance: np.random.Generator) -> np.ndarray:
        """``n`` instants in ascending order: more in later years, by weekday and hour."""
        days = np.arange(365 * YEARS)
        weekdays = (self.first.weekday() + days) % 7
        weights = _WEEKDAYS[weekdays] * np.linspace(0.7, 1.3, len(days))
        day = chance.choice(len(days), n, p=weights / weights.sum())
        hour = chance.choice(24, n, p=_HOURS / _HOURS.sum())
        instants = self.begin + day * DAY + (hour + chance.random(n)) * 3600
        return np.sort(np.floor(instants))


def midnight(day: date) -> float:
    return datetime.combine(day, time.min, ZONE).timestamp()


def day_of(seconds: float) -> date:
    """The day in the city on which an instant lies."""
    return datetime.fromtimestamp(seconds, ZONE).date()
