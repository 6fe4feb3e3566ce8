"""Counting the worked units of a calendar."""

from bisect import bisect_right
from collections.abc import Sequence


class Worked:
    """The units that ``closed`` stretches leave open, numbered from 0."""

    def __init__(self, closed: Sequence[tuple[int, int]]) -> None:
        self._closed = closed
        self._firsts = [first for first, _ in closed]
        self._closed_before = [0]
        for first, last in closed:
            self._closed_before.append(self._closed_before[-1] + last - first)
        # Worked units before each closed stretch.
        pairs = zip(self._firsts, self._closed_before, strict=False)
        self._worked_before = [first - gone for first, gone in pairs]

    def before(self, unit: int) -> int:
        """Return how many worked units lie before a unit."""
        at = bisect_right(self._firsts, unit) - 1
        if at < 0:
            return unit
        first, last = self._closed[at]
        return unit - self._closed_before[at] - min(unit - first, last - first)

    def unit(self, number: int) -> int:
        """Return the unit that is the ``number``-th worked one."""
        at = bisect_right(self._worked_before, number)
        return number + self._closed_before[at]

    def finish(self, start: int, duration: int) -> int:
        """Return the finish of work that starts at the first worked unit from ``start``."""
        return start if duration == 0 else self.unit(self.before(start) + duration - 1) + 1

    def start_to_finish_from(self, finish: int, duration: int) -> int:
        """Return the earliest start whose finish is no sooner than ``finish``."""
        if duration == 0 or finish <= 0:
            return max(finish, 0)
        return self.unit(max(0, self.before(finish - 1) - duration + 1))

    def latest_finish(self, start: int, duration: int) -> int:
        """Return the latest finish of work that starts no later than ``start``."""
        if duration == 0:
            return start
        return self.unit(max(0, self.before(start + 1) - 1) + duration - 1) + 1
