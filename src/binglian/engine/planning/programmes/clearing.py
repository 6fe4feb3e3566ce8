"""Solves a programme aim by aim: each is fixed before the next is looked at."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from binglian.engine.planning.clock import Stage

from .cp_sat import cp_model
from .placement import Expr
from .programme import Programme
from .standing import Standing

SEEDS = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Effort:
    """How much a solver may spend: seconds of the clock and units of deterministic time."""

    time: Stage
    seconds: float = math.inf
    work: float = math.inf
    seed: int = 0


@dataclass(slots=True)
class Cleared:
    """What came out: the best plan found, if any, and for each aim looked at what is proven.

    ``bounds`` are proven for plans in the windows that keep the earlier aims at their best found
    values; ``closed`` says how many aims, from the first, are proven best. ``empty``: there is no
    plan in the windows at all. ``work`` is the deterministic time spent.
    """

    plan: Standing | None = None
    bounds: list[int] = field(default_factory=list)
    closed: int = 0
    empty: bool = False
    work: float = 0.0


def clear(
    programme: Programme,
    aims: Sequence[Expr],
    effort: Effort,
    *,
    start: Standing | None = None,
    on_better: Callable[[Standing], None] | None = None,
) -> Cleared:
    """Minimise the aims in order; a plan to start from may be told."""
    found = Cleared()
    model = programme.model
    spent = 0.0
    if start is not None:
        programme.hint(start)
    if all(isinstance(aim, int) for aim in aims):  # any plan will do
        aims = [*aims, programme.model.new_constant(0)]
    for aim in aims:
        if isinstance(aim, int):  # the same in every plan
            found.bounds.append(aim)
            found.closed += found.closed == len(found.bounds) - 1
            continue
        seconds = min(effort.seconds - spent, effort.time.left())
        if seconds <= 0 or effort.work <= found.work:
            break
        model.minimize(aim)
        solver = _solver(effort, seconds, effort.work - found.work)
        with effort.time.interrupting(solver.stop_search):
            status = solver.solve(model, _Watch(programme, on_better))
        spent += solver.wall_time
        found.work += solver.response_proto.deterministic_time
        if status == cp_model.INFEASIBLE:
            found.empty = True
            return found
        if status == cp_model.MODEL_INVALID:
            raise RuntimeError(f"CP-SAT refuses the programme: {model.validate()}")
        if status == cp_model.UNKNOWN:
            if math.isfinite(solver.best_objective_bound):
                found.bounds.append(math.ceil(solver.best_objective_bound - 1e-6))
            break
        found.plan = programme.read(solver)
        found.bounds.append(math.ceil(solver.best_objective_bound - 1e-6))
        if status == cp_model.OPTIMAL and found.closed == len(found.bounds) - 1:
            found.closed += 1
        model.add(aim <= round(solver.objective_value))
        programme.hint(found.plan)
    return found


def _solver(effort: Effort, seconds: float, work: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.catch_sigint_signal = False  # Ctrl-C belongs to whoever called us
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 0  # what it costs is seldom won back here
    solver.parameters.random_seed = effort.seed % SEEDS
    solver.parameters.max_time_in_seconds = seconds
    if math.isfinite(work):
        solver.parameters.max_deterministic_time = work
    return solver


class _Watch(cp_model.CpSolverSolutionCallback):
    """Hands over every better plan as it is found."""

    def __init__(self, programme: Programme, on_better: Callable[[Standing], None] | None) -> None:
        super().__init__()
        self._programme, self._on_better = programme, on_better

    def on_solution_callback(self) -> None:
        if self._on_better is not None:
            self._on_better(self._programme.read(self))
