"""The planning problem, or a part of it, as a CP-SAT model."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from binglian.engine.planning.axis import Ints
from binglian.engine.planning.bounds.windows import Windows
from binglian.engine.planning.network import (
    FINISH_FINISH,
    FINISH_START,
    NEVER,
    START_FINISH,
    Flags,
    Network,
)

from .placement import Expr, Placement, Way
from .ranges import worked_units
from .standing import Standing


class Programme(Placement):
    """A CP-SAT model of the tasks that are ``free``: where they may be, and the rules they keep.

    Exact: every plan with all free tasks in their windows is one of its solutions, and back.
    """

    def __init__(
        self,
        network: Network,
        windows: Windows,
        usable: Flags,
        standing: Standing,
        free: Ints,
        block: Ints | None = None,
        sooner: int = 0,
    ) -> None:
        super().__init__(network, windows, usable, standing, free, block, sooner)
        self._worked: dict[tuple[int, bool, int], Expr] = {}
        self._precedences()
        self._capacities()
        self._budgets()

    def _precedences(self) -> None:
        network = self.network
        moving = np.zeros(network.tasks, dtype=np.uint8)
        moving[self.free] = 1
        moving[list(self.block)] = 2
        ends = moving[network.before], moving[network.after]
        concerned = (ends[0] != ends[1]) | (ends[0] == 1)
        for p in np.flatnonzero(concerned).tolist():
            before, after = int(network.before[p]), int(network.after[p])
            by_finish = network.link[p] in (FINISH_START, FINISH_FINISH)
            to_finish = network.link[p] in (FINISH_FINISH, START_FINISH)
            least, most = int(network.least[p]), int(network.most[p])
            calendar = int(network.lag_calendar[p])
            from_, to = self._end(before, by_finish), self._end(after, to_finish)
            if calendar and not least:
                self.model.add(to >= from_)  # even over closed units
            if calendar:
                from_ = self._worked_before(before, by_finish, calendar)
                to = self._worked_before(after, to_finish, calendar)
            if least or not calendar:
                self.model.add(to - from_ >= least)
            if most < NEVER:
                self.model.add(to - from_ <= most)

    def _end(self, task: int, finish: bool) -> Expr:
        return self.finish(task) if finish else self.start(task)

    def _worked_before(self, task: int, finish: bool, calendar: int) -> Expr:
        key = (task, finish, calendar)
        if key not in self._worked:
            window = self.finish_window(task) if finish else self.start_window(task)
            ranges = worked_units(self.network.closed(calendar), *window)
            self._worked[key] = self.along(self._end(task, finish), ranges)
        return self._worked[key]

    def _capacities(self) -> None:
        """Require each renewable resource's capacity in every unit."""
        network = self.network
        users: dict[int, list[tuple[int, Way, int]]] = defaultdict(list)
        for task in self.free:
            for way in self.ways[task]:
                if way.whole is None:
                    continue
                for d in range(network.demand_start[way.mode], network.demand_start[way.mode + 1]):
                    r = int(network.demand_resource[d])
                    if network.renewable[r]:
                        users[r].append((task, way, int(network.demand_amount[d])))
        held = self.standing.profiles(network, self.is_free | self.block, users.keys())
        others = set(range(network.tasks)) - self.block if self.block else ()
        moving = self.standing.profiles(network, others, users.keys() if self.block else ())
        for r, own in users.items():
            capacity = int(network.capacity[r])
            calendars = {int(network.mode_calendar[way.mode]) for _, way, _ in own}
            intervals, demands = [], []
            # Where all who use it pause alike, none of them can exceed the capacity in a pause
            # who does not before it, so the pauses may count as work.
            alike = len(calendars) == 1
            for task, way, amount in own:
                pieces = [way.whole] if alike and way.whole else self.pieces(task, way)
                intervals += pieces
                demands += [amount] * len(pieces)
            pauses = network.closed(calendars.pop() if alike else 0)
            begin = min(self.start_window(task)[0] for task, _, _ in own)
            end = max(self.finish_window(task)[1] for task, _, _ in own)
            for first, last, used in held[r].stretches(begin, end, pauses.tolist()):
                intervals.append(self.model.new_fixed_size_interval_var(first, last - first, ""))
                demands.append(min(used, capacity))
            if r in moving:
                for first, last, used in moving[r].stretches(begin, end + self.most_sooner):
                    at = first - self.sooner
                    size = last - first
                    intervals.append(self.model.new_interval_var(at, size, at + size, ""))
                    demands.append(used)
            if len(own) > 1 or len(intervals) > len(own):
                if capacity == 1 or all(2 * amount > capacity for amount in demands):
                    self.model.add_no_overlap(intervals)
                else:
                    self.model.add_cumulative(intervals, demands, capacity)

    def _budgets(self) -> None:
        network = self.network
        budgets = np.flatnonzero(network.renewable == 0)
        if not len(budgets):
            return
        spent = self.standing.spent(network, self.is_free)
        wanted: dict[int, list[Expr]] = defaultdict(list)
        for task in self.free:
            for way in self.ways[task]:
                for d in range(network.demand_start[way.mode], network.demand_start[way.mode + 1]):
                    r, amount = int(network.demand_resource[d]), int(network.demand_amount[d])
                    if not network.renewable[r]:
                        wanted[r].append(amount * way.chosen)
        for r, terms in wanted.items():
            left = max(0, int(network.capacity[r] - spent[r]))
            self.model.add(sum(terms) <= left)


def pauses(network: Network, windows: Windows, usable: Flags) -> int:
    """Return how many closed stretches lie in the windows of all modes: the size of a model."""
    task = np.repeat(np.arange(network.tasks), np.diff(network.mode_start))
    total = 0
    for calendar in range(1, len(network.closed_start) - 1):
        own = task[(network.mode_calendar == calendar) & (usable == 1)]
        first = network.closed(calendar)[:, 0]
        after = np.searchsorted(first, windows.last_finish[own])
        total += int((after - np.searchsorted(first, windows.first_start[own])).sum())
    return total
