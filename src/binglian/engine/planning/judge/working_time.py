"""Which units are worked, and how many: the judge's own reading of calendars."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from binglian.engine.planning.problem import Calendar

Ints = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]

NOTHING: Ints = np.zeros(0, dtype=np.int64)


def closed_stretches(calendar: Calendar) -> tuple[Ints, Ints]:
    """Return where a calendar's closed stretches begin and end."""
    both = np.array(calendar.closed, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


class WorkingTime:
    """The units in which none of some calendars is closed.

    ``first`` and ``last`` bound the closed stretches, ascending and apart from one another.
    """

    def __init__(self, calendars: Iterable[tuple[Ints, Ints]] = ()) -> None:
        firsts, lasts = zip((NOTHING, NOTHING), *calendars, strict=True)
        first, last = np.concatenate(firsts), np.concatenate(lasts)
        if len(lasts) > 2:  # stretches of several calendars may overlap or touch
            order = np.argsort(first, kind="stable")
            first, last = first[order], np.maximum.accumulate(last[order])
            begins = np.append(True, first[1:] > last[:-1])
            first, last = first[begins], last[np.append(begins[1:], True)]
        self.first, self.last = first, last
        self.closed_before = np.concatenate(([0], np.cumsum(last - first)))

    def is_open(self, unit: Ints) -> Truths:
        """Say which units are worked."""
        begun = np.searchsorted(self.first, unit, side="right")
        ended = np.searchsorted(self.last, unit, side="right")
        return np.asarray(begun == ended)

    def worked(self, instant: Ints) -> Ints:
        """Return how many units are worked before each instant."""
        begun = np.searchsorted(self.first, instant, side="left")
        if not len(self.first):
            return instant
        latest = np.maximum(begun - 1, 0)
        inside = np.minimum(instant, self.last[latest]) - self.first[latest]
        return instant - self.closed_before[latest] - np.where(begun > 0, inside, 0)

    def worked_unit(self, number: Ints) -> Ints:
        """Return the units in which the worked units of these numbers (from 0) lie."""
        open_before = self.first - self.closed_before[:-1]
        return number + self.closed_before[np.searchsorted(open_before, number, side="right")]
