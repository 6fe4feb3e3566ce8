"""When work goes on: counting worked units forwards and backwards, one instant at a time."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from binglian.engine.planning.problem import Calendar


class Hours:
    """The units in which none of some calendars is closed; worked units are numbered from 0."""

    def __init__(self, calendars: Iterable[Calendar]) -> None:
        self.first: list[int] = []
        self.last: list[int] = []
        for begin, end in sorted(stretch for one in calendars for stretch in one.closed):
            if self.last and begin <= self.last[-1]:
                self.last[-1] = max(self.last[-1], end)
            else:
                self.first.append(begin)
                self.last.append(end)
        self._closed_before = [0]
        for begin, end in zip(self.first, self.last, strict=True):
            self._closed_before.append(self._closed_before[-1] + end - begin)
        self._open_before = [
            begin - closed for begin, closed in zip(self.first, self._closed_before, strict=False)
        ]

    def worked(self, instant: int) -> int:
        """Return how many units are worked before an instant."""
        k = bisect_left(self.first, instant)
        if k == 0:
            return instant
        return (
            min(instant, self.first[k - 1])
            - self._closed_before[k - 1]
            + max(0, instant - self.last[k - 1])
        )

    def unit(self, number: int) -> int:
        """Return the worked unit of this number."""
        return number + self._closed_before[bisect_right(self._open_before, number)]

    def next_open(self, instant: int) -> int:
        """Return the first worked unit from an instant on."""
        return self.unit(self.worked(instant))

    def finish(self, start: int, units: int) -> int:
        """Return when so many units are done that are begun at ``start``."""
        return self.unit(self.worked(start) + units - 1) + 1 if units else start

    def finish_by_start(self, instant: int, units: int) -> int:
        """Return the latest finish of so many units that are begun by an instant."""
        if not units:
            return instant
        return self.finish(self.unit(max(0, self.worked(instant + 1) - 1)), units)

    def latest_start(self, finish: int, units: int) -> int:
        """Return the latest start from which so many units are done by ``finish``; may be < 0."""
        if not units:
            return finish
        number = self.worked(finish) - units
        return self.unit(number) if number >= 0 else number

    def after(self, instant: int, units: int) -> int:
        """Return when so many units (below 0: elapsed ones) have been worked since an instant."""
        if units <= 0:
            return instant + units
        return self.unit(self.worked(instant) + units - 1) + 1
