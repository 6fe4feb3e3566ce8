"""Between the whole units a problem counts in and the dates of its file.

Working time is compressed: what nobody works is no part of the axis, so that units follow one
another over nights, weekends and holidays, and a lag of five working days is five units.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

__all__ = ["Axis", "Stretch", "Unit", "lay_axis"]

#: A stretch of minutes since the origin, the last not included.
Stretch = tuple[int, int]
_AFTER_ALL = 10**12  # minutes: later than any date


class Unit(StrEnum):
    """What one unit of an axis is called."""

    UNIT = "unit"
    WORKING_DAY = "working day"
    DAY = "day"
    MINUTES = "minutes"  # of working time; an axis says how many


@dataclass(frozen=True)
class Axis:
    """Where each unit lies in time.

    ``origin`` is None for a file without dates. ``minutes`` is the length of a unit. ``runs``
    are ``(first unit, minute since the origin at which it begins)``, ascending; within a run
    units follow without a gap, and the last run never ends.
    """

    unit: Unit = Unit.UNIT
    origin: datetime | None = None
    minutes: int = 1440
    runs: tuple[tuple[int, int], ...] = ((0, 0),)

    def begins(self, unit: int) -> datetime | None:
        """Return the moment at which a unit begins; None without dates."""
        return self._moment(unit, max(0, bisect_right(self.runs, (unit, _AFTER_ALL)) - 1))

    def ends(self, instant: int) -> datetime | None:
        """Return the moment at which the unit before an instant ends; None without dates."""
        return self._moment(instant, max(0, bisect_left(self.runs, (instant, -1)) - 1))

    def unit_from(self, moment: datetime) -> int:
        """Return the first unit that begins at or after a moment. Needs an origin."""
        minute = self._minute(moment)
        run = bisect_right(self.runs, minute, key=lambda one: one[1]) - 1
        if run < 0:
            return 0
        first, begins = self.runs[run]
        unit = first - (begins - minute) // self.minutes
        return min(unit, self.runs[run + 1][0]) if run + 1 < len(self.runs) else unit

    def units_until(self, moment: datetime) -> int:
        """Return how many units have ended at a moment. Needs an origin."""
        minute = self._minute(moment)
        run = bisect_right(self.runs, minute, key=lambda one: one[1]) - 1
        if run < 0:
            return 0
        first, begins = self.runs[run]
        unit = first + (minute - begins) // self.minutes
        return min(unit, self.runs[run + 1][0]) if run + 1 < len(self.runs) else unit

    def _moment(self, unit: int, run: int) -> datetime | None:
        if self.origin is None:
            return None
        first, begins = self.runs[run]
        latest = (datetime.combine(date.max, time()) - self.origin) // timedelta(minutes=1)
        minute = min(begins + (unit - first) * self.minutes, latest)
        return self.origin + timedelta(minutes=minute)

    def _minute(self, moment: datetime) -> int:
        if self.origin is None:
            raise ValueError("an axis without dates knows no moments")
        return (moment - self.origin) // timedelta(minutes=1)


def lay_axis(
    unit: Unit,
    origin: datetime,
    minutes: int,
    worked: Mapping[str, Sequence[Stretch]],
) -> tuple[Axis, dict[str, tuple[Stretch, ...]]]:
    """Lay an axis over all the time in which any calendar works.

    ``worked`` are the stretches of each calendar, ascending and apart, whole units long when
    counted from where the axis has a gap. Return the axis, and for each calendar the stretches
    of units in which it is closed.
    """
    open_time = _united(stretch for stretches in worked.values() for stretch in stretches)
    runs, unit_count = [], 0
    for first, last in open_time:
        runs.append((unit_count, first))
        unit_count += (last - first) // minutes
    axis = Axis(unit, origin, minutes, tuple(runs) or ((0, 0),))
    closed = {
        ref: _closed(stretches, open_time, [first for first, _ in runs], minutes, unit_count)
        for ref, stretches in worked.items()
    }
    return axis, closed


def _united(stretches: Iterable[Stretch]) -> list[Stretch]:
    united: list[Stretch] = []
    for first, last in sorted(stretches):
        if united and first <= united[-1][1]:
            united[-1] = (united[-1][0], max(last, united[-1][1]))
        else:
            united.append((first, last))
    return united


def _closed(
    stretches: Sequence[Stretch],
    open_time: Sequence[Stretch],
    first_units: Sequence[int],
    minutes: int,
    unit_count: int,
) -> tuple[Stretch, ...]:
    """Return the units of the axis that the stretches leave out."""
    begins = [first for first, _ in open_time]
    closed: list[Stretch] = []
    end = 0
    for first, last in stretches:
        run = bisect_right(begins, first) - 1  # every stretch lies within one open run
        start = first_units[run] + (first - begins[run]) // minutes
        if start > end:
            closed.append((end, start))
        end = start + (last - first) // minutes
    if end < unit_count:
        closed.append((end, unit_count))
    return tuple(closed)
