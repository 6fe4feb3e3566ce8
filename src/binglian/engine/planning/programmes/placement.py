"""When tasks may be done, and in which modes, as variables of a CP-SAT model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from binglian.engine.planning.axis import Ints
from binglian.engine.planning.bounds.windows import Windows
from binglian.engine.planning.network import Flags, Network

from .cp_sat import cp_model
from .ranges import Range, Working, workings
from .standing import Standing

Expr: TypeAlias = cp_model.LinearExpr | int


@dataclass(slots=True)
class Way:
    """One mode of a free task: its literal, and its intervals for those it works with."""

    mode: int
    chosen: cp_model.IntVar
    whole: cp_model.IntervalVar | None  # start to finish, pauses included; None if it takes none
    pieces: list[cp_model.IntervalVar] | None = None  # without the pauses, made when needed


class Placement:
    """Where in its window and in which mode each task that is ``free`` may be done.

    All others are held as they stand. Those in ``block`` are held in relation to one another, but
    may start sooner together, by at most ``sooner`` units; nothing may be closed then.
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
        self.ways: dict[int, list[Way]] = {}
        self._workings: dict[int, list[tuple[Working, cp_model.IntVar]]] = {}
        for task in self.free:
            modes = range(network.mode_start[task], network.mode_start[task + 1])
            self._task(task, [mode for mode in modes if usable[mode] and self._fits(task, mode)])

    def start(self, task: int) -> Expr:
        """Return the instant a task starts, a number if it is held."""
        if task in self.is_free:
            return self.starts[task]
        return self._held(task, self.standing.starts)

    def finish(self, task: int) -> Expr:
        """Return the instant a task finishes, a number if it is held."""
        if task in self.is_free:
            return self.finishes[task]
        return self._held(task, self.standing.finishes)

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

    def pieces(self, task: int, way: Way) -> list[cp_model.IntervalVar]:
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
            self.ways[task].append(Way(mode, literal, whole))

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


def _ends(one: Range) -> tuple[int, int]:
    return one.first, one.last
