"""Years whose days off were imported; kept in this process, read again from time to time."""

from __future__ import annotations

import time
from datetime import date

from django.conf import settings

from binglian.engine.working_time import WorkingCalendar

from . import calendar
from .models import OfficialYear

_read_at = 0.0


def read_again() -> None:
    """Count by what the database holds now."""
    global _read_at
    _read_at = time.monotonic()
    corrections: dict[date, bool] = {}
    years = OfficialYear.objects.values_list("year", "days")
    for _year, days in years:
        corrections |= {date.fromisoformat(day): works for day, works in days.items()}
    calendar.use(WorkingCalendar(corrections, frozenset(year for year, _days in years)))


def read_if_old(**_signal: object) -> None:
    """Another process may have imported a year since; asked with each request."""
    seconds = settings.CALENDAR_REFRESH_SECONDS
    if seconds and time.monotonic() - _read_at > seconds:
        read_again()
