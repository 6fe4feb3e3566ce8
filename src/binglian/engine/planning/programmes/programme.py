"""The planning problem, or a part of it, as a CP-SAT model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

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

from .cp_sat import cp_model
from .ranges import Range, Working, worked_units, workings
from .standing import Standing

Expr: TypeAlias = cp_model.LinearExpr | int


@dataclass(slots=True)
class _Way:
    """One mode of a free task: its literal, and its intervals for those it works with."""

    mode: int
    chosen: cp_model.IntVar
    whole: cp_model.IntervalVar | None  # start to finish, pauses included; None if it takes none
    pieces: list[cp_model.IntervalVar] | None = None  # without the pauses, made when needed


class Programme:
    """A CP-SAT model of the tasks that are ``free``; all others are held as they stand.

    Exact: every plan with all free tasks in their windows is one of its solutions, and back.
    Those in ``block`` are held in relation to one another, but may start sooner together, by
    at most ``sooner`` units; nothing may be closed then.
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
        self.network, self.windows, self.standing = network, windows, standing
        self.free = free.tolist()
        self.is_free = set(self.free)
        self.block = set() if block is None else set(block.tolist())
        self.model = cp_model.CpModel()
        self.sooner = self.model.new_int_var(0, sooner, "")
        self.most_sooner = sooner
        self._always = self.model.new_constant(1)
        self.starts: dict[int, Expr] = {}
        self.finishes: dict[int, Expr] = {}
        self.ways: dict[int, list[_Way]] = {}
        self._workings: dict[int, list[tuple[Working, cp_model.IntVar]]] = {}
        self._worked: dict[tuple[int, bool, int], Expr] = {}
        for task in self.free:
            modes = range(network.mode_start[task], network.mode_start[task + 1])
            self._task(task, [mode for mode in modes if usable[mode] and self._fits(task, mode)])
        self._precedences()
        self._capacities()
        self._budgets()

    def start(self, task: int) -> Expr:
        """Return the instant a task starts, a number if it is held."""
        return (
            self._held(task, self.standing.starts)
            if task not in self.is_free
            else (self.starts[task])
        )

    def finish(self, task: int) -> Expr:
        """Return the instant a task finishes, a number if it is held."""
        return (
            self._held(task, self.standing.finishes)
            if task not in self.is_free
            else (self.finishes[task])
        )

    def _held(self, task: int, instants: Ints) -> Expr:
        at = int(instants[task])
        return at - self.sooner if task in self.block else at

    def finish_window(self, task: int) -> tuple[int, int]:
        """Return the earliest and the latest finish of a task."""
        if task not in self.is_free:
            at = int(self.standing.finishes[task])
            return at - self.most_sooner * (task in self.block), at
        return int(self.windows.first_finish[task]), int(self.windows.last_finish[task])

    def start_window(self, task: int) -> tuple[int, int]:
        """Return the earliest and the latest start of a task."""
        if task not in self.is_free:
            at = int(self.standing.starts[task])
            return at - self.most_sooner * (task in self.block), at
        return int(self.windows.first_start[task]), int(self.windows.last_start[task])

    def choices(self, task: int) -> list[tuple[int, cp_model.IntVar]]:
        """Return the modes a task may have, each with what is true if it has it."""
        if task not in self.is_free:
            return [(int(self.standing.modes[task]), self._always)]
        return [(way.mode, way.chosen) for way in self.ways[task]]

    def along(self, instant: Expr, ranges: Iterable[Range]) -> Expr:
        """Return a function of an instant that is straight on each of the ranges."""
        groups: dict[tuple[int, int], list[Range]] = defaultdict(list)
        for one in ranges:
            groups[one.slope, one.offset].append(one)
        if len(groups) == 1:
            ((slope, offset),) = groups
            return slope * instant + offset
        values = [r.slope * end + r.offset for g in groups.values() for r in g for end in _ends(r)]
        value = self.model.new_int_var(min(values), max(values), "")
        on = [self.model.new_bool_var("") for _ in groups]
        self.model.add_exactly_one(on)
        for literal, ((slope, offset), own) in zip(on, groups.items(), strict=True):
            domain = cp_model.Domain.from_intervals([[r.first, r.last] for r in own])
            self.model.add_linear_expression_in_domain(instant, domain).only_enforce_if(literal)
            self.model.add(value == slope * instant + offset).only_enforce_if(literal)
        return value

    def hint(self, standing: Standing) -> None:
        """Tell the solver a plan to start from."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        if self.block:
            one = next(iter(self.block))
            self.model.add_hint(self.sooner, int(self.standing.starts[one] - standing.starts[one]))
        for task in self.free:
            start = self.starts[task]
            if isinstance(start, cp_model.IntVar):
                self.model.add_hint(start, int(standing.starts[task]))
            for way in self.ways[task]:
                if way.chosen is not self._always:
                    self.model.add_hint(way.chosen, int(standing.modes[task] == way.mode))

    def read(self, value: cp_model.CpSolver | cp_model.CpSolverSolutionCallback) -> Standing:
        """Return the plan a solver has found."""
        starts, finishes = self.standing.starts.copy(), self.standing.finishes.copy()
        modes = self.standing.modes.copy()
        if self.block:
            moving = np.fromiter(self.block, dtype=np.int64)
            starts[moving] -= value.value(self.sooner)
            finishes[moving] -= value.value(self.sooner)
        for task in self.free:
            starts[task] = value.value(self.starts[task])
            finishes[task] = value.value(self.finishes[task])
            for way in self.ways[task]:
                if value.boolean_value(way.chosen):
                    modes[task] = way.mode
        return Standing(starts, finishes, modes)

    def _fits(self, task: int, mode: int) -> bool:
        room = self.windows.last_finish[task] - self.windows.first_start[task]
        return bool(self.network.duration[mode] <= room)

    def _task(self, task: int, modes: list[int]) -> None:
        network, model = self.network, self.model
        first, last = self.start_window(task)
        start = model.new_int_var(first, last, "")
        self.starts[task] = start
        chosen = [model.new_bool_var("") for _ in modes] if len(modes) > 1 else [self._always]
        if not modes:  # no mode fits its window: nothing is possible
            model.add_bool_or([])
            self.finishes[task], self.ways[task] = start, []
            return
        if len(modes) > 1:
            model.add_exactly_one(chosen)
        durations = [int(network.duration[mode]) for mode in modes]
        if not any(network.mode_calendar[modes]):
            if len(modes) == 1:
                finish: Expr = start + durations[0]
            else:
                finish = start + cp_model.LinearExpr.weighted_sum(chosen, durations)
        else:
            finish = model.new_int_var(*self.finish_window(task), "")
        model.add_linear_constraint(finish, *self.finish_window(task))
        self.finishes[task] = finish
        self.ways[task] = []
        for mode, duration, literal in zip(modes, durations, chosen, strict=True):
            whole = None
            if network.mode_calendar[mode]:
                self._paused(task, mode, duration, literal)
                if duration:
                    room = int(self.windows.last_finish[task] - self.windows.first_start[task])
                    length = model.new_int_var(duration, room, "")
                    whole = self._interval(start, length, finish, literal)
            elif duration:
                whole = self._interval(start, duration, start + duration, literal)
                if finish is not start and any(network.mode_calendar[modes]):
                    model.add(finish == start + duration).only_enforce_if(literal)
            elif any(network.mode_calendar[modes]):
                model.add(finish == start).only_enforce_if(literal)
            self.ways[task].append(_Way(mode, literal, whole))

    def _paused(self, task: int, mode: int, duration: int, literal: cp_model.IntVar) -> None:
        """Tie a start to its finish across the closed stretches between them."""
        closed = self.network.closed(int(self.network.mode_calendar[mode]))
        ways = workings(closed, duration, *self.start_window(task))
        model, start, finish = self.model, self.starts[task], self.finishes[task]
        on = [model.new_bool_var("") for _ in ways] if len(ways) > 1 else [literal] * len(ways)
        if len(ways) != 1:
            model.add(cp_model.LinearExpr.sum(on) == literal)
        for one, option in zip(ways, on, strict=True):
            model.add_linear_constraint(start, one.first, one.last).only_enforce_if(option)
            model.add(finish == start + duration + one.gap).only_enforce_if(option)
        self._workings[mode] = list(zip(ways, on, strict=True))

    def _interval(
        self, start: Expr, size: Expr, finish: Expr, literal: cp_model.IntVar
    ) -> cp_model.IntervalVar:
        return self.model.new_optional_interval_var(start, size, finish, literal, "")

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
        users: dict[int, list[tuple[int, _Way, int]]] = defaultdict(list)
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
                pieces = [way.whole] if alike and way.whole else self._pieces(task, way)
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

    def _pieces(self, task: int, way: _Way) -> list[cp_model.IntervalVar]:
        """Return the intervals in which a way works, without its pauses."""
        if way.pieces is None:
            way.pieces = []
            if way.whole is not None and way.mode not in self._workings:
                way.pieces.append(way.whole)
            for one, literal in self._workings.get(way.mode, ()):
                bounds = [self.starts[task], *(x for pair in one.spanned for x in pair)]
                bounds.append(self.finishes[task])
                longest = int(self.network.duration[way.mode])
                for begin, end in zip(bounds[::2], bounds[1::2], strict=True):
                    size = self.model.new_int_var(1, longest, "")
                    way.pieces.append(self._interval(begin, size, end, literal))
        return way.pieces

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


def _ends(one: Range) -> tuple[int, int]:
    return one.first, one.last
