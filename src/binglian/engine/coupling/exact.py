"""Clears some of the needs exactly, as a mixed-integer programme solved by HiGHS.

With openings k, open needs n, parts c and offers o; ``x[k]`` is the share of part c that opening
k carries (so yuan and rooms are on one scale):

    maximise    sum over whole needs of worth[n] * y[n] + sum of gain * wanted * x[k] over others
    subject to  sum of wanted[c] * x[k] <= left[o]          every offer
                sum of x[k] = y[n]   (or <= 1)              every part of a whole (partial) need
                least * z[k] <= wanted * x[k] <= most * z[k]    where a lot binds
                x[k] <= u[n, organisation], sum of u <= suppliers left    where a limit binds

``y``, ``z`` and ``u`` are binary. With them fixed the rest is a transportation problem, whose
corners are whole numbers of units.
"""

import os
import sys
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import highspy
import numpy as np

from .clock import Clock
from .model import Model

INFINITY = highspy.kHighsInf
PROOF = 1e-6  # differences below this, relative, are the solver's rounding
Held = dict[int, dict[int, int]]  # need → {opening: quantity}


@dataclass(slots=True)
class Cleared:
    """Supplies of the needs asked about (None: nothing found), and a proven bound on the aim."""

    held: Held | None
    bound: float
    is_proven: bool


class _Rows:
    """Collects a sparse matrix row by row."""

    def __init__(self) -> None:
        self.lower: list[float] = []
        self.upper: list[float] = []
        self.start: list[int] = [0]
        self.index: list[int] = []
        self.value: list[float] = []

    def add(self, lower: float, upper: float, entries: list[tuple[int, float]]) -> None:
        self.lower.append(lower)
        self.upper.append(upper)
        self.index += [column for column, _ in entries]
        self.value += [value for _, value in entries]
        self.start.append(len(self.index))


class Programme:
    """The programme over some open needs, with ``left[o]`` of each offer to give them."""

    def __init__(self, model: Model, needs: list[int], left: list[int]) -> None:
        self.model = model
        self.needs = needs
        self.left = left
        self.lower: list[float] = []
        self.upper: list[float] = []
        self.is_binary: list[bool] = []  # or another whole number
        self.served: list[float] = []  # first aim, per column
        self.fit: list[float] = []  # second aim
        self.rows = _Rows()
        self.y: dict[int, int] = {}
        self.x: dict[int, int] = {}
        self.z: dict[int, int] = {}
        self.u: dict[tuple[int, int], int] = {}
        self.units: dict[int, int] = {}
        self.crowds: list[tuple[list[tuple[int, float]], list[int]]] = []
        self._at_offer: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for n in needs:
            self._add_need(n)
        for o, entries in sorted(self._at_offer.items()):
            room = max(1, left[o])
            if sum(value for _, value in entries) > left[o]:
                self.rows.add(-INFINITY, left[o] / room, [(j, v / room) for j, v in entries])

    def _column(self, *, upper: float = 1.0, binary: bool, served: float = 0.0) -> int:
        self.lower.append(0.0)
        self.upper.append(upper)
        self.is_binary.append(binary)
        self.served.append(served)
        self.fit.append(0.0)
        return len(self.upper) - 1

    def _add_need(self, n: int) -> None:
        need = self.model.needs[n]
        if need.whole:
            self.y[n] = self._column(binary=True, served=need.worth)
        for c in need.parts:
            part = self.model.parts[c]
            entries = [(self._add_opening(k, n), 1.0) for k in part.openings]
            if need.whole:
                self.rows.add(0.0, 0.0, [*entries, (self.y[n], -1.0)])
            else:
                self.rows.add(-INFINITY, 1.0, entries)
        if need.suppliers_left is not None:
            self._limit_suppliers(n, need.suppliers_left)

    def _add_opening(self, k: int, n: int) -> int:
        opening = self.model.openings[k]
        part = self.model.parts[self.model.part_of[k]]
        most = min(opening.most, self.left[opening.offer])
        if most < opening.least:
            most = 0
        reach = most / part.wanted
        x = self._column(upper=reach, binary=False, served=part.gain * part.wanted)
        self.x[k] = x
        self.fit[x] = self.model.fit[k] * part.unit_share * part.wanted
        self._at_offer[opening.offer].append((x, float(part.wanted)))
        if opening.least > 1 and most:
            z = self.z[k] = self._column(binary=True)
            self.rows.add(-INFINITY, 0.0, [(x, 1.0), (z, -reach)])
            self.rows.add(0.0, INFINITY, [(x, 1.0), (z, -opening.least / part.wanted)])
            if n in self.y:
                self.rows.add(-INFINITY, 0.0, [(z, 1.0), (self.y[n], -1.0)])
        elif n in self.y and 0 < reach < 1:
            self.rows.add(-INFINITY, 0.0, [(x, 1.0), (self.y[n], -reach)])
        return x

    def _limit_suppliers(self, n: int, limit: int) -> None:
        joining: dict[int, list[int]] = defaultdict(list)
        for k in self.model.openings_of(n):
            opening = self.model.openings[k]
            if opening.counts_as_new:
                joining[self.model.organisation[opening.offer]].append(k)
        if len(joining) <= limit:
            return
        for organisation, openings in joining.items():
            u = self.u[n, organisation] = self._column(binary=True)
            for k in openings:
                self.rows.add(
                    -INFINITY, 0.0, [(self.x[k], 1.0), (u, -max(self.upper[self.x[k]], 1e-9))]
                )
        columns = [(self.u[n, organisation], 1.0) for organisation in joining]
        if n in self.y:
            self.rows.add(-INFINITY, 0.0, [*columns, (self.y[n], -float(limit))])
        else:
            self.rows.add(-INFINITY, float(limit), columns)

    def add_floor(self, aim: list[float], value: float) -> None:
        """Demand at least ``value`` of ``aim``."""
        entries = [(j, v) for j, v in enumerate(aim) if v]
        self.rows.add(value - 1e-7 * max(1.0, abs(value)), INFINITY, entries)

    def count_crowding(self, loads: list[float]) -> list[float]:
        """Add the load of each organisation on top of ``loads``; return the third aim's costs."""
        carried: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for k, x in self.x.items():
            part = self.model.parts[self.model.part_of[k]]
            organisation = self.model.organisation[self.model.openings[k].offer]
            carried[organisation].append((x, part.unit_share * part.wanted))
        costs = [0.0] * len(self.upper)
        for organisation, entries in sorted(carried.items()):
            could = sum(self.upper[x] * share for x, share in entries)
            steps, at = [], loads[organisation]
            while could > 1e-9:
                width = min(could, 1.0 - (at - int(at + 1e-9)))
                steps.append(self._column(upper=width, binary=False))
                costs.append(float(int(at + 1e-9)))
                at, could = at + width, could - width
            self.rows.add(0.0, 0.0, entries + [(s, -1.0) for s in steps])
            self.crowds.append((entries, steps))
        return costs

    def keep_served(self, held: Held) -> None:
        """Serve every need exactly as far as ``held`` does; only who serves it may change."""
        for n in self.needs:
            if n in self.y:
                self.lower[self.y[n]] = self.upper[self.y[n]] = 1.0 if held[n] else 0.0
                continue
            for c in self.model.needs[n].parts:
                openings = self.model.parts[c].openings
                share = sum(held[n].get(k, 0) for k in openings) / self.model.parts[c].wanted
                self.rows.add(share, share, [(self.x[k], 1.0) for k in openings])

    def demand_whole_units(self) -> None:
        """Demand whole units outright, where floors and crowding would allow broken ones."""
        for k, x in self.x.items():
            wanted = self.model.parts[self.model.part_of[k]].wanted
            if wanted == 1:
                self.is_binary[x] = True
            else:
                self.units[k] = self._column(upper=self.upper[x] * wanted, binary=True)
                self.rows.add(0.0, 0.0, [(x, float(wanted)), (self.units[k], -1.0)])

    def start_from(self, held: Held) -> list[float]:
        """Return column values of known supplies."""
        values = [0.0] * len(self.upper)
        for n in self.needs:
            for k, quantity in held.get(n, {}).items():
                opening = self.model.openings[k]
                values[self.x[k]] = quantity / self.model.parts[self.model.part_of[k]].wanted
                if k in self.z:
                    values[self.z[k]] = 1.0
                if k in self.units:
                    values[self.units[k]] = float(quantity)
                ends = n, self.model.organisation[opening.offer]
                if ends in self.u and opening.counts_as_new:
                    values[self.u[ends]] = 1.0
            if n in self.y and held.get(n):
                values[self.y[n]] = 1.0
        for entries, steps in self.crowds:
            load = sum(values[x] * share for x, share in entries)
            for step in steps:
                values[step] = min(load, self.upper[step])
                load -= values[step]
        return values

    def held_by(self, values: list[float]) -> Held:
        """Return the supplies of column values, rounded to whole units."""
        held: Held = {n: {} for n in self.needs}
        for k, x in self.x.items():
            part = self.model.parts[self.model.part_of[k]]
            if (quantity := round(values[x] * part.wanted)) > 0:
                held[part.need][k] = quantity
        return held

    def keeps_rules(self, held: Held) -> bool:
        """Tell whether rounding left the supplies within offers, lots, parts and limits."""
        model, given = self.model, defaultdict[int, int](int)
        for n in self.needs:
            received: dict[int, int] = defaultdict(int)
            joining = set()
            for k, quantity in held[n].items():
                opening = model.openings[k]
                given[opening.offer] += quantity
                received[model.part_of[k]] += quantity
                if not opening.least <= quantity <= opening.most:
                    return False
                if opening.counts_as_new:
                    joining.add(model.organisation[opening.offer])
            need = model.needs[n]
            if need.suppliers_left is not None and len(joining) > need.suppliers_left:
                return False
            for c in need.parts:
                short = model.parts[c].wanted - received[c]
                if short < 0 or (short and need.whole and held[n]):
                    return False
        return all(quantity <= self.left[o] for o, quantity in given.items())

    def is_whole(self, values: list[float]) -> bool:
        """Tell whether the column values stand for whole units."""
        for k, x in self.x.items():
            units = values[x] * self.model.parts[self.model.part_of[k]].wanted
            if abs(units - round(units)) > 1e-4:
                return False
        return True


def clear(
    programme: Programme,
    aim: list[float],
    *,
    start: Held | None,
    seconds: float,
    clock: Clock,
    max_nodes: int | None = None,
    seed: int = 0,
    base: float = 0.0,
    quiet: bool = False,
) -> Cleared:
    """Maximise ``aim`` (one value per column); the answer's units are whole numbers.

    ``base`` is added to the figures shown as progress, unless ``quiet``. Same seed, same
    answer, unless ``seconds`` or the clock cuts the search short.
    """
    highs = _load(programme, aim)
    highs.setOptionValue("random_seed", seed)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", 1e-6)
    if max_nodes is not None:
        highs.setOptionValue("mip_max_nodes", max_nodes)

    def look_up(event: highspy.HighsCallbackEvent) -> None:
        found = event.data_out.mip_primal_bound
        if not quiet and abs(found) < 1e15:
            clock.tell("exact", base + found, base + event.data_out.mip_dual_bound)
        if clock.is_over():
            event.interrupt()

    def give_up(event: highspy.HighsCallbackEvent) -> None:
        if clock.is_over():
            event.interrupt()

    highs.cbMipInterrupt += look_up
    highs.cbSimplexInterrupt += give_up
    until = clock.elapsed() + seconds
    _run(highs, programme, start, until, clock)
    if start is not None and not _agrees_with_itself(highs, aim):
        _run(highs, programme, None, until, clock)
    info = highs.getInfo()
    is_proven = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    bound = info.mip_dual_bound if is_proven or abs(info.mip_dual_bound) < 1e15 else INFINITY
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Cleared(None, bound, False)
    values = list(highs.getSolution().col_value)
    if not programme.is_whole(values):
        values = _at_a_corner(highs, programme, values, clock)
    held = programme.held_by(values)
    if not programme.keeps_rules(held):
        return Cleared(None, bound, False)
    return Cleared(held, bound, is_proven)


def _run(
    highs: highspy.Highs, programme: Programme, start: Held | None, until: float, clock: Clock
) -> None:
    highs.clearSolver()
    highs.setOptionValue("time_limit", max(0.01, min(until - clock.elapsed(), clock.left())))
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = programme.start_from(start)
        highs.setSolution(solution)
    highs.run()


def _agrees_with_itself(highs: highspy.Highs, aim: list[float]) -> bool:
    """Tell whether the solver's objective is that of its own columns.

    HiGHS 1.16 can carry a starting answer wrongly through its presolve: it then believes in a
    better objective than its columns have, and searches no further.
    """
    stated = highs.getInfo().objective_function_value
    values = highs.getSolution().col_value
    actual = float(np.dot(aim, values)) if len(values) == len(aim) else stated
    return abs(stated - actual) <= PROOF * max(1.0, abs(actual))


@cache
def _hear_greeting() -> None:
    """Make one solver with standard output closed: HiGHS greets there, which would spoil JSON."""
    sys.stdout.flush()
    try:
        kept = os.dup(1)
    except OSError:  # a service without standard output
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        highspy.Highs()
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _load(programme: Programme, aim: list[float]) -> highspy.Highs:
    rows, columns = programme.rows, len(programme.upper)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = columns, len(rows.lower)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = np.array(aim, dtype=float)
    lp.col_lower_, lp.col_upper_ = np.array(programme.lower), np.array(programme.upper)
    lp.row_lower_, lp.row_upper_ = np.array(rows.lower), np.array(rows.upper)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.array(rows.start, dtype=np.int32)
    lp.a_matrix_.index_ = np.array(rows.index, dtype=np.int32)
    lp.a_matrix_.value_ = np.array(rows.value, dtype=float)
    kinds = highspy.HighsVarType
    lp.integrality_ = [
        kinds.kInteger if binary else kinds.kContinuous for binary in programme.is_binary
    ]
    _hear_greeting()
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.passModel(lp)
    return highs


def _at_a_corner(
    highs: highspy.Highs, programme: Programme, values: list[float], clock: Clock
) -> list[float]:
    """Fix the binaries and move to a corner of what remains, where units are whole numbers."""
    for j, binary in enumerate(programme.is_binary):
        if binary:
            highs.changeColIntegrality(j, highspy.HighsVarType.kContinuous)
            highs.changeColBounds(j, round(values[j]), round(values[j]))
    highs.setOptionValue("solver", "simplex")
    highs.setOptionValue("time_limit", highs.getRunTime() + 0.5 + clock.left())
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return values
    return list(highs.getSolution().col_value)
