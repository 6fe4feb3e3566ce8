"""When needs are met: the switches of a programme that choose among their slots."""

from dataclasses import dataclass

import numpy as np

from binglian.engine.coupling.market import Market
from binglian.engine.coupling.pairs import Floats, Ints

from .flows import Cells
from .matrix import INFINITY, Columns, Flags, Rows, spread


@dataclass(frozen=True, slots=True)
class Choice:
    """One switch of a need that may be met at several times, and the times it opens."""

    column: int
    times: frozenset[int]


class Timetable:
    """Switches of all needs: a need is met in a slot when one of its switches there is 1.

    ``direct`` needs have none: they consist of one cell whose flows carry all of it or nothing,
    so that the flows themselves tell. ``single[time]`` is the only switch of a time, or -1.
    """

    def __init__(
        self, market: Market, asked: Ints, cells: Cells, is_odd: Flags, columns: Columns, rows: Rows
    ) -> None:
        self._market, self._asked, self._cells = market, asked, cells
        self._columns, self._rows = columns, rows
        self.choices: dict[int, list[Choice]] = {}
        self._time: list[Ints] = []
        self._column: list[Ints] = []
        self.worths: list[tuple[Ints, Floats]] = []
        self._served: list[tuple[Ints, Ints]] = []
        self._sort_out(is_odd)
        for i in self._intricate.tolist():
            self._choose_slots(i)
        self._index()

    def _sort_out(self, is_odd: Flags) -> None:
        """Give one switch to whole needs without a choice of slots; find those with one."""
        market, asked, cells = self._market, self._asked, self._cells
        times = len(cells.time_slot)
        time_need = np.repeat(np.arange(len(asked)), np.diff(cells.time_start))
        self.rank = np.arange(times) - cells.time_start[time_need]
        self.is_forced = self.rank < market.forced[asked][time_need]
        alive = np.bincount(time_need, weights=cells.alive, minlength=len(asked))
        free = np.bincount(time_need, weights=cells.alive & ~self.is_forced, minlength=len(asked))
        whole, in_a_row = market.whole[asked] > 0, market.consecutive[asked] > 0
        fixed = (free <= market.times[asked]) & (~in_a_row | (market.times[asked] == 0))
        open_cell = cells.alive[cells.time] & (cells.wanted > 0)
        filled = np.bincount(cells.need, weights=open_cell, minlength=len(asked))
        odd = np.bincount(cells.need, weights=open_cell & is_odd, minlength=len(asked))
        self.direct = whole & fixed & (alive == 1) & (filled == 1) & (odd == 0)
        plain = np.flatnonzero(whole & fixed & (alive > 0) & ~self.direct)
        switch = np.full(len(asked), -1, dtype=np.int64)
        switch[plain] = self._add_switches(len(plain))
        self._serve(plain, switch[plain])
        mine = np.flatnonzero(cells.alive & (switch[time_need] >= 0))
        self._open(mine, switch[time_need[mine]])
        self._intricate = np.flatnonzero(~fixed & (alive > 0))

    def _add_switches(self, count: int) -> Ints:
        return self._columns.add_switches(count)

    def _serve(self, needs: Ints, columns: Ints) -> None:
        """Let each of these columns stand for a whole need served."""
        self.worths.append((columns, self._market.worth[self._asked][needs]))
        self._served.append((needs, columns))

    def _open(self, times: Ints, columns: Ints) -> None:
        self._time.append(times)
        self._column.append(columns)

    def _choose_slots(self, i: int) -> None:
        n = int(self._asked[i])
        span = range(int(self._cells.time_start[i]), int(self._cells.time_start[i + 1]))
        alive = [time for time in span if self._cells.alive[time]]
        forced = [time for time in span if self.is_forced[time]]
        if self._market.consecutive[n]:
            self._choose_run(i, alive, forced)
        else:
            free = [time for time in alive if not self.is_forced[time]]
            self._choose_free(i, free, forced)

    def _choose_free(self, i: int, free: list[int], forced: list[int]) -> None:
        """Choose ``times`` of the free slots; forced ones come with the need."""
        n = int(self._asked[i])
        times, whole = int(self._market.times[n]), bool(self._market.whole[n])
        columns = self._add_switches(len(free))
        self._open(np.array(free), columns)
        each = [Choice(int(c), frozenset({t})) for c, t in zip(columns, free, strict=True)]
        entries = [(int(column), 1.0) for column in columns]
        if whole and times == 1 and not forced:
            self._serve(np.full(len(free), i), columns)
            self._rows.add_one(-INFINITY, 1.0, entries)
        elif whole:
            served = self._add_switches(1)
            self._serve(np.array([i]), served)
            self._open(np.array(forced, dtype=np.int64), np.repeat(served, len(forced)))
            self._rows.add_one(0.0, 0.0, [*entries, (int(served[0]), -float(times))])
            each.append(Choice(int(served[0]), frozenset()))
        else:
            self._rows.add_one(-INFINITY, float(times), entries)
        self.choices[i] = each

    def _choose_run(self, i: int, alive: list[int], forced: list[int]) -> None:
        """Choose a stretch of slots in a row that holds the forced ones."""
        n = int(self._asked[i])
        length, whole = int(self._market.times[n]) + len(forced), bool(self._market.whole[n])
        at = {int(self._cells.time_slot[time]): time for time in alive}
        kept = {int(self._cells.time_slot[time]) for time in forced}
        runs: set[frozenset[int]] = set()
        for first in range(min(at) - length + 1, max(at) + 1):
            slots = range(first, first + length)
            run = frozenset(at[t] for t in slots if t in at)
            if kept.issubset(slots) and (len(run) == length if whole else run):
                runs.add(run)
        longest = sorted((r for r in runs if not any(r < other for other in runs)), key=sorted)
        columns = self._add_switches(len(longest))
        if whole:
            self._serve(np.full(len(longest), i), columns)
        for column, run in zip(columns.tolist(), longest, strict=True):
            self._open(np.array(sorted(run), dtype=np.int64), np.full(len(run), column))
        self._rows.add_one(-INFINITY, 1.0, [(column, 1.0) for column in columns.tolist()])
        pairs = zip(columns.tolist(), longest, strict=True)
        self.choices[i] = [Choice(column, run) for column, run in pairs]
        self._shut(set(alive) - {time for run in longest for time in run})

    def _shut(self, times: set[int]) -> None:
        """Leave times out that no choice opens."""
        closed = np.array(sorted(times), dtype=np.int64)
        self._cells.alive[closed] = False

    def _index(self) -> None:
        time = np.concatenate([np.zeros(0, np.int64), *self._time])
        column = np.concatenate([np.zeros(0, np.int64), *self._column])
        order = np.argsort(time, kind="stable")
        times = len(self._cells.time_slot)
        self._at_time = column[order]
        self._start = np.searchsorted(time[order], np.arange(times + 1))
        count = np.diff(self._start)
        self.has_switch = count > 0
        self.single = np.full(times, -1, dtype=np.int64)
        one = np.flatnonzero(count == 1)
        self.single[one] = self._at_time[self._start[one]]
        needs = np.concatenate([np.zeros(0, np.int64), *(needs for needs, _ in self._served)])
        served = np.concatenate([np.zeros(0, np.int64), *(column for _, column in self._served)])
        order = np.argsort(needs, kind="stable")
        self._served_by = served[order]
        self._served_start = np.searchsorted(needs[order], np.arange(len(self._asked) + 1))

    def switches(self, times: Ints) -> tuple[Ints, Ints]:
        """Return (row, column): the switches of ``times[row]``, of which one or none is 1."""
        row, at = spread(self._start[times], self._start[times + 1])
        return row, self._at_time[at]

    def served_by(self, i: int) -> list[int]:
        """Return the switches of which one is 1 if whole need ``i`` is served, unless direct."""
        first, last = self._served_start[i], self._served_start[i + 1]
        return [int(column) for column in self._served_by[first:last]]

    def values_for(self, i: int, used: frozenset[int]) -> list[int]:
        """Return the switches that are 1 when need ``i`` is met at the times ``used``."""
        choices = self.choices.get(i)
        if choices is None:
            return self.served_by(i)
        if self._market.consecutive[self._asked[i]]:
            return [c.column for c in choices if c.times >= used][:1]
        return [c.column for c in choices if c.times <= used]
