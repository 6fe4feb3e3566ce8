"""Working days with the official make-up weekends (调休), as the platform knows them now."""

from datetime import date

from binglian.engine.working_time import OFFICIAL, WorkingCalendar

_current = OFFICIAL


def calendar() -> WorkingCalendar:
    """The calendar by which days are counted: the bundled one, with imported years above it."""
    return _current


def use(calendar: WorkingCalendar) -> None:
    """Count by this calendar from now on, in this process."""
    global _current
    _current = calendar


def is_working_day(day: date) -> bool:
    """Whether offices work on ``day``: make-up weekends do, public holidays do not."""
    return calendar().is_working_day(day)


def is_announced(year: int) -> bool:
    """Whether the State Council's days off of the year are known; until then days may shift."""
    return calendar().is_announced(year)


def add_working_days(day: date, count: int) -> date:
    """The ``count``-th working day after ``day`` (which itself is not counted)."""
    return calendar().add_working_days(day, count)


def working_days_between(first: date, last: date) -> int:
    """How many working days lie in ``first``..``last``, both included."""
    return calendar().working_days_between(first, last)
