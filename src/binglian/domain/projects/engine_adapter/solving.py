"""Calls the engine."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from binglian.engine.planning.kernel.compiled import Bench, Site
from binglian.engine.planning.network import network_of, plan_of
from binglian.engine.planning.problem import PlanningProblem
from binglian.engine.planning.result import Bound, PlanningResult, Progress, Status, Tiers


def solve(
    problem: PlanningProblem,
    *,
    seconds: float,
    seed: int,
    progress: Callable[[Progress], None] | None,
    should_stop: Callable[[], bool] | None,
) -> PlanningResult:
    """One schedule by the tasks' order, until the search is there."""
    del seconds, seed, progress, should_stop
    began = time.monotonic()
    network = network_of(problem)
    site = Site(network)
    modes = np.array(
        [
            first + int(np.argmin(network.duration[first:last]))
            for first, last in zip(network.mode_start[:-1], network.mode_start[1:], strict=True)
        ]
    )
    built = Bench(site).build(site.topological(), modes)
    plan = plan_of(problem, network, built.starts, built.finishes, built.modes)
    chosen = {one.ref: {m.ref: m.duration for m in one.modes} for one in problem.tasks}
    return PlanningResult(
        status=Status.FEASIBLE,
        plan=plan,
        tiers=Tiers(0, 0.0, max(plan.finishes.values(), default=0)),
        bound=0,
        proven_by=Bound.CRITICAL_PATH,
        serial=sum(chosen[ref][mode] for ref, mode in plan.modes.items()),
        seconds=time.monotonic() - began,
    )
