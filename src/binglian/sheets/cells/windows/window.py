"""When something is available, and its text in either language."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

EVERY_DAY = frozenset(range(1, 8))
WORKDAYS, WEEKEND = frozenset(range(1, 6)), frozenset({6, 7})
CHINESE_DAYS = "一二三四五六日"
ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class TimeWindow:
    """When something is available; every part may be open.

    ``weekdays`` are ISO numbers (1 = Monday); ``start`` None means midnight, ``end`` None
    the following midnight. Dates and times are local; the end time is not included.
    """

    first_on: dt.date | None = None
    last_on: dt.date | None = None
    weekdays: frozenset[int] = EVERY_DAY
    start: dt.time | None = None
    end: dt.time | None = None

    def __post_init__(self) -> None:
        for name in ("start", "end"):
            if getattr(self, name) == dt.time(0):
                object.__setattr__(self, name, None)
        if self.first_on and self.last_on and self.first_on > self.last_on:
            raise ValueError("A window cannot end before its first day.")
        if not self.weekdays or not self.weekdays <= EVERY_DAY:
            raise ValueError("Weekdays are numbers from 1 to 7, at least one.")
        if self.start and self.end and self.start >= self.end:
            raise ValueError("A window cannot end before it starts.")
        if any(t and t != t.replace(second=0, microsecond=0) for t in (self.start, self.end)):
            raise ValueError("Window times are whole minutes.")

    def as_json(self) -> dict[str, Any]:
        """Plain values: ISO dates, ``HH:MM`` times, sorted weekdays."""
        return {
            "first_on": self.first_on.isoformat() if self.first_on else None,
            "last_on": self.last_on.isoformat() if self.last_on else None,
            "weekdays": sorted(self.weekdays),
            "start": f"{self.start:%H:%M}" if self.start else None,
            "end": f"{self.end:%H:%M}" if self.end else None,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "TimeWindow":
        """The window that ``as_json`` wrote; absent keys are open."""
        return cls(
            first_on=dt.date.fromisoformat(stored["first_on"]) if stored.get("first_on") else None,
            last_on=dt.date.fromisoformat(stored["last_on"]) if stored.get("last_on") else None,
            weekdays=frozenset(stored.get("weekdays") or EVERY_DAY),
            start=dt.time.fromisoformat(stored["start"]) if stored.get("start") else None,
            end=dt.time.fromisoformat(stored["end"]) if stored.get("end") else None,
        )


def write_windows(windows: Iterable[TimeWindow], language: str = "zh-hans") -> str:
    """The text from which ``read_windows`` gets the same windows back."""
    english = language.startswith("en")
    return ("; " if english else "；").join(_written(window, english) for window in windows)


def _written(window: TimeWindow, english: bool) -> str:
    first, last = window.first_on, window.last_on
    parts = []
    if first and last:
        parts.append(f"{first}" if first == last else f"{first}~{last}")
    elif first:
        parts.append(f"from {first}" if english else f"{first}起")
    elif last:
        parts.append(f"until {last}" if english else f"{last}止")
    if window.weekdays == WORKDAYS:
        parts.append("weekdays" if english else "工作日")
    elif window.weekdays == WEEKEND:
        parts.append("weekends" if english else "周末")
    elif window.weekdays != EVERY_DAY:
        days = sorted(window.weekdays)
        parts.append(
            " ".join(ENGLISH_DAYS[day - 1].title() for day in days)
            if english
            else "".join(f"周{CHINESE_DAYS[day - 1]}" for day in days)
        )
    if window.start or window.end:
        start = f"{window.start:%H:%M}" if window.start else "00:00"
        end = f"{window.end:%H:%M}" if window.end else "24:00"
        parts.append(f"{start}-{end}")
    return " ".join(parts) or ("any time" if english else "长期")
