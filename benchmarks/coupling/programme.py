"""The whole problem as one mixed-integer programme, written down in the straightforward way.

Variables: x units received per pair and slot, y whether that supply is begun (only where a lot,
a supplier limit, a set-up or a tie asks for it), v whether an organisation serves a need or a
component, z whether a whole need is served, s in which slots, r where a run in a row begins.
"""

from array import array
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from binglian.engine.coupling.judge.feasibility import objective_of
from binglian.engine.coupling.pairs import Supplies
from binglian.engine.coupling.problem import CouplingProblem, weight_of

from .stock import Arc, Stock

Row = list[tuple[int, int]]  # (variable, whole coefficient)


@dataclass
class Programme:
    """maximise ``base + points · v``, ``low <= matrix · v <= high``, ``0 <= v <= most``, whole v.

    The matrix is by rows: ``start``, ``index``, ``coefficient``.
    """

    base: float = 0.0
    points: "array[float]" = field(default_factory=lambda: array("d"))
    most: "array[int]" = field(default_factory=lambda: array("q"))
    low: "array[float]" = field(default_factory=lambda: array("d"))
    high: "array[float]" = field(default_factory=lambda: array("d"))
    start: "array[int]" = field(default_factory=lambda: array("q", [0]))
    index: "array[int]" = field(default_factory=lambda: array("q"))
    coefficient: "array[int]" = field(default_factory=lambda: array("q"))
    supply_of: dict[tuple[int, int], int] = field(default_factory=dict)  # (pair, slot): x
    meaning: dict[int, tuple[Any, ...]] = field(default_factory=dict)  # of y, v, z, s, r

    def variable(self, most: int, points: float = 0.0) -> int:
        """Add a variable and return its number."""
        self.most.append(most)
        self.points.append(points)
        return len(self.most) - 1

    def row(self, terms: Row, low: float, high: float) -> None:
        """Add a rule."""
        for variable, coefficient in terms:
            self.index.append(variable)
            self.coefficient.append(coefficient)
        self.start.append(len(self.index))
        self.low.append(low)
        self.high.append(high)

    def supplies(self, values: npt.NDArray[np.float64]) -> Supplies:
        """Read an answer off the variables, rounded to whole units."""
        rows = ((p, t, round(float(values[x]))) for (p, t), x in self.supply_of.items())
        return Supplies.of(row for row in rows if row[2] > 0)

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return the fields as numpy arrays of float (indexes of int32)."""
        names = ("points", "most", "low", "high", "coefficient")
        numbers: dict[str, npt.NDArray[Any]] = {
            name: np.array(getattr(self, name), dtype=np.float64) for name in names
        }
        indexes = {
            name: np.array(getattr(self, name), dtype=np.int32) for name in ("start", "index")
        }
        return {**numbers, **indexes}


def formulate(problem: CouplingProblem) -> Programme:
    """Write the problem down."""
    made = Programme(base=float(objective_of(problem, Supplies.of(()))))
    stock = Stock(problem)
    use: dict[int, Row] = defaultdict(list)
    for n in range(len(problem.needs)):
        _need(made, stock, n, use)
    for resource, terms in use.items():
        made.row(terms, -np.inf, stock.left[resource])
    return made


def _need(made: Programme, stock: Stock, n: int, use: dict[int, Row]) -> None:
    need = stock.problem.needs[n]
    wanted = stock.wanted(n)
    arcs = stock.arcs(n, wanted)
    if not arcs:
        return
    slots = sorted({t for t, _ in arcs} | stock.forced(n))
    served = made.variable(1, weight_of(need) if need.all_or_nothing else 0.0)
    made.meaning[served] = ("served", n)
    taken = _slots(made, stock, n, slots, served)
    serves: dict[int, list[int]] = defaultdict(list)  # organisation: its begun supplies
    for t in slots:
        for c, component in enumerate(need.components):
            options = arcs.get((t, c), [])
            here: dict[int, list[int]] = defaultdict(list)
            terms: Row = []
            for arc in options:
                limited = not {component.max_suppliers, need.max_suppliers} <= {None}
                x, y = _supply(made, stock.gain(n, c), arc, use, limited)
                terms.append((x, 1))
                if y is not None:
                    here[arc.organisation].append(y)
                    serves[arc.organisation].append(y)
            asked = [(taken[t], -wanted[t][c])]
            made.row(terms + asked, 0 if need.all_or_nothing else -np.inf, 0)
            if component.max_suppliers is not None:
                most = component.max_suppliers
                _limit(made, here, stock.known(n, c, t), most, taken[t], ("part", n, c, t))
    if need.max_suppliers is not None:
        _limit(made, serves, stock.known(n), need.max_suppliers, served, ("need", n))


def _slots(made: Programme, stock: Stock, n: int, slots: list[int], served: int) -> dict[int, int]:
    """Return the variable that says whether the need is met in each slot."""
    need = stock.problem.needs[n]
    forced = stock.forced(n)
    if stock.slots == 1:
        return {0: served}
    taken = {t: made.variable(1) for t in slots}
    for t, s in taken.items():
        made.meaning[s] = ("slot", n, t)
        if t in forced:
            made.row([(s, 1), (served, -1)], 0, 0)
    total = [(s, 1) for s in taken.values()]
    made.row([*total, (served, -need.times)], 0 if need.all_or_nothing else -np.inf, 0)
    if need.consecutive and need.times > 1:
        first = range(max(1, stock.slots - need.times + 1))
        runs = {
            t: made.variable(1)
            for t in first
            if forced <= set(range(t, t + need.times))
            and (not need.all_or_nothing or set(range(t, t + need.times)) <= set(slots))
        }
        for t, r in runs.items():
            made.meaning[r] = ("run", n, t)
        made.row([*((r, 1) for r in runs.values()), (served, -1)], 0, 0)
        for t, s in taken.items():
            begun = [(r, -1) for a, r in runs.items() if a <= t < a + need.times]
            made.row([(s, 1), *begun], -np.inf, 0)
    return taken


def _supply(
    made: Programme, gain: float, arc: Arc, use: dict[int, Row], limited: bool
) -> tuple[int, int | None]:
    x = made.variable(arc.most, gain + arc.value)
    made.supply_of[arc.pair, arc.slot] = x
    for resource, each in arc.takes:
        use[resource].append((x, each))
    if not (limited or arc.least > 1 or arc.begun or arc.fixed):
        return x, None
    y = made.variable(1, arc.fixed)
    made.meaning[y] = ("begun", x)
    made.row([(x, 1), (y, -arc.most)], -np.inf, 0)
    made.row([(x, 1), (y, -arc.least)], 0, np.inf)
    for resource, once in arc.begun:
        use[resource].append((y, once))
    return x, y


def _limit(
    made: Programme,
    serves: dict[int, list[int]],
    known: set[int],
    most: int,
    served: int,
    name: tuple[Any, ...],
) -> None:
    """Allow at most ``most`` organisations, those known counted; none if the need is not met."""
    chosen: Row = []
    for organisation, begun in serves.items():
        if organisation in known:
            continue
        one = begun[0]
        if len(begun) > 1:
            one = made.variable(1)
            made.meaning[one] = ("chosen", tuple(begun), name)
            for y in begun:
                made.row([(y, 1), (one, -1)], -np.inf, 0)
        chosen.append((one, 1))
    left = max(0, most - len(known))
    if len(chosen) > left:
        made.row([*chosen, (served, -left)], -np.inf, 0)


def starting_point(
    made: Programme, problem: CouplingProblem, supplies: Supplies
) -> npt.NDArray[np.float64]:
    """Return the values of all variables that say the same as ``supplies``."""
    values = np.zeros(len(made.most))
    slots_of: dict[int, set[int]] = defaultdict(set)
    need_of = problem.pairs.need.tolist()
    for p, t, quantity in supplies:
        values[made.supply_of[p, t]] = quantity
        slots_of[need_of[p]].add(t)
    for kept in problem.kept:
        if kept.slot is not None and kept.need in slots_of:
            slots_of[kept.need].add(kept.slot)
    for variable, (what, *about) in made.meaning.items():
        if what == "begun":
            values[variable] = values[about[0]] > 0
        elif what == "served":
            values[variable] = about[0] in slots_of
        elif what == "slot":
            values[variable] = about[1] in slots_of[about[0]]
        elif what == "chosen":
            values[variable] = any(values[y] > 0 for y in about[0])
    last = problem.slot_count
    for variable, (what, *about) in made.meaning.items():
        if what == "run" and (used := slots_of[about[0]]):
            times = problem.needs[about[0]].times
            first = max(0, min(min(used), last - times))
            values[variable] = about[1] == first
    return values
