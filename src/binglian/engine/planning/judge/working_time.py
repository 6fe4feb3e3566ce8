"""Which units are worked, and how many: the judge's own reading of calendars."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from binglian.engine.planning.problem import Calendar

Ints = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]


class WorkingTime:
    """The units in which none of some calendars is closed."""

    def __init__(self, calendars: Iterable[Calendar] = ()) -> None:
        first: list[int] = []
        last: list[int] = []
        for begin, end in sorted(stretch for one in calendars for stretch in one.closed):
            if last and begin <= last[-1]:
                last[-1] = max(last[-1], end)
            else:
                first.append(begin)
                last.append(end)
        self.first = np.array(first, dtype=np.int64)
        self.last = np.array(last, dtype=np.int64)
        self.closed_before = np.concatenate(([0], np.cumsum(self.last - self.first)))

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
