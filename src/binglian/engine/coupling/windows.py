"""Time shared by an offer and a need."""

from functools import lru_cache

from .problem import EVERY_DAY, Window

ALWAYS = Window()
SHORTEST_MINUTES = 30


@lru_cache(maxsize=200_000)
def shared_time(
    offered: tuple[Window, ...], needed: tuple[Window, ...], deadline: int | None
) -> Window | None:
    """Return the longest daily window common to both sides by ``deadline``, or None.

    No windows means at any time. Half an hour must be shared, or all of a shorter window.
    """
    until = Window(last_day=deadline)
    common = [
        shared
        for one in offered or (ALWAYS,)
        for other in needed or (ALWAYS,)
        if (shared := _both(_both(one, until), other)) is not None
    ]
    return max(common, key=_extent, default=None)


def _extent(window: Window) -> tuple[int, int]:
    return window.weekdays.bit_count(), window.end_minute - window.start_minute


def _both(one: Window | None, other: Window) -> Window | None:
    if one is None:
        return None
    first = _latest(one.first_day, other.first_day)
    last = _earliest(one.last_day, other.last_day)
    start = max(one.start_minute, other.start_minute)
    end = min(one.end_minute, other.end_minute)
    shorter = min(one.end_minute - one.start_minute, other.end_minute - other.start_minute)
    if first is not None and last is not None and first > last:
        return None
    weekdays = one.weekdays & other.weekdays & _weekdays_between(first, last)
    if not weekdays or end - start < min(SHORTEST_MINUTES, shorter):
        return None
    return Window(first, last, weekdays, start, end)


def _latest(one: int | None, other: int | None) -> int | None:
    return max((day for day in (one, other) if day is not None), default=None)


def _earliest(one: int | None, other: int | None) -> int | None:
    return min((day for day in (one, other) if day is not None), default=None)


def _weekdays_between(first: int | None, last: int | None) -> int:
    if first is None or last is None or last - first >= 6:
        return EVERY_DAY
    days = 0
    for day in range(first, last + 1):
        days |= 1 << (day + 6) % 7  # ordinal 1 was a Monday
    return days
