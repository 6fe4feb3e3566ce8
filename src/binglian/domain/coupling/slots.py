"""Slots as stored: ``2 12:00-18:00`` is Tuesday afternoon; "" is any time both sides agree on."""

from typing import Any


def slot_code(weekday: int, start_minute: int, end_minute: int) -> str:
    """The code of a stretch of one weekday (1 = Monday), minutes from midnight."""
    return f"{weekday} {_clock(start_minute)}-{_clock(end_minute)}"


def slot_window(code: str) -> dict[str, Any]:
    """The slot in the form in which rows store their time windows."""
    weekday, times = code.split(" ", 1)
    start, end = times.split("-")
    return {
        "first_on": None,
        "last_on": None,
        "weekdays": [int(weekday)],
        "start": None if start == "00:00" else start,
        "end": None if end == "24:00" else end,
    }


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
