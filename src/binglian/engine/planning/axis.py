"""The axis the solvers work on: the file's axis without the units in which nobody ever works.

An instant of the short axis at which a closed stretch was cut out stands for two instants of the
file: what finishes there ends before the stretch, what starts there begins after it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Stretches = npt.NDArray[np.int64]  # n × 2: first unit and the one after the last, ascending

NOTHING: Stretches = np.zeros((0, 2), dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """Where stretches were cut out of the file's axis; lengths in units.

    ``cut`` (K × 2) are the stretches in the file's units; ``at`` (K) the instants of the short
    axis where they were, ``before`` (K + 1) how many units were cut out before each.
    """

    cut: Stretches
    at: Ints
    before: Ints

    @classmethod
    def without(cls, cut: Stretches) -> Axis:
        """Return the axis without these stretches."""
        before = np.concatenate(([0], np.cumsum(cut[:, 1] - cut[:, 0])))
        return cls(cut, cut[:, 0] - before[:-1], before)

    def file_start(self, instant: Ints) -> Ints:
        """Return the file's instants at which work begins that starts at these instants."""
        return instant + self.before[np.searchsorted(self.at, instant, side="right")]

    def file_finish(self, instant: Ints) -> Ints:
        """Return the file's instants at which work ends that finishes at these instants."""
        return instant + self.before[np.searchsorted(self.at, instant, side="left")]

    def instant(self, file: Ints) -> Ints:
        """Return the instants of the short axis for the file's; within a cut, where it was."""
        if not len(self.cut):
            return file
        k = np.searchsorted(self.cut[:, 0], file, side="left")
        into = np.minimum(file, self.cut[:, 1][k - 1]) - self.cut[:, 0][k - 1]
        return file - self.before[np.maximum(k - 1, 0)] - np.where(k > 0, into, 0)


def stretches(closed: Iterable[tuple[int, int]]) -> Stretches:
    """Return a calendar's closed stretches as an array."""
    return np.array(list(closed), dtype=np.int64).reshape(-1, 2)


def closed_in(lists: list[Stretches], times: int) -> Stretches:
    """Return the stretches that at least so many of the lists close."""
    events = np.concatenate([*(one.ravel() for one in lists), np.zeros(0, dtype=np.int64)])
    steps = np.tile(np.array([1, -1]), len(events) // 2)
    order = np.argsort(events, kind="stable")
    at, closed = events[order], np.cumsum(steps[order])
    last = np.append(at[1:] != at[:-1], True)[: len(at)]  # all events of an instant counted
    at, closed = at[last], closed[last]
    inside = closed >= times
    before = np.append(False, inside[:-1])[: len(at)]
    return np.column_stack((at[inside & ~before], at[~inside & before]))
