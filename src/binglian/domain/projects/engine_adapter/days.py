"""Days as the engine counts them: unit 0 is the origin, one unit is one calendar day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from binglian.domain.alliance.calendar import is_announced, is_working_day
from binglian.domain.projects.models import Closure

#: Days off are written out so far ahead; beyond, the engine would take every day as worked.
REACH = 366 * 12


@dataclass(frozen=True, slots=True)
class Days:
    """Dates and instants. An instant is the beginning of its day and the end of the one before."""

    origin: date

    def start(self, day: date) -> int:
        """The instant at which work of this first day starts."""
        return (day - self.origin).days

    def finish(self, day: date) -> int:
        """The instant at which work of this last day ends."""
        return (day - self.origin).days + 1

    def first_day(self, instant: int) -> date:
        """The first day of what starts at this instant."""
        return self.origin + timedelta(days=instant)

    def last_day(self, instant: int) -> date:
        """The last day of what finishes at this instant."""
        return self.origin + timedelta(days=instant - 1)

    def closed(self, closures: Iterable[Closure] = ()) -> tuple[tuple[int, int], ...]:
        """Stretches of days on which offices, or the one with these closures, do not work."""
        return _stretches(self._is_open_by(list(closures)))

    def _is_open_by(self, closures: list[Closure]) -> Callable[[int], bool]:
        special: dict[int, bool] = {}
        for one in closures:
            first, last = self.start(one.from_on), self.start(one.until_on)
            special |= dict.fromkeys(range(max(first, 0), min(last, REACH) + 1), one.is_open)
        official = _official(self.origin)
        return lambda unit: special.get(unit, official[unit])


def is_provisional(until: date, *, since: date) -> bool:
    """Whether the days off of a year between are not announced yet."""
    return not all(is_announced(year) for year in range(since.year, until.year + 1))


@cache
def _official(origin: date) -> tuple[bool, ...]:
    return tuple(is_working_day(origin + timedelta(days=n)) for n in range(REACH + 1))


def _stretches(is_open: Callable[[int], bool]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for unit in range(REACH):
        if is_open(unit):
            continue
        if found and found[-1][1] == unit:
            found[-1] = (found[-1][0], unit + 1)
        else:
            found.append((unit, unit + 1))
    return tuple(found)
