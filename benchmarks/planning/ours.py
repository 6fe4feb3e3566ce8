"""Binglian's own engine."""

import time

from binglian.engine.planning.problem import PlanningProblem
from binglian.engine.planning.result import Progress, Status
from binglian.engine.planning.solve import solve_plan

from .answer import Answer, Curve


def ours(problem: PlanningProblem, seconds: float, workers: int) -> Answer:
    """Solve by Binglian, noting how makespan and bound move."""
    began = time.perf_counter()
    curve: Curve = []

    def note(step: Progress) -> None:
        if not curve or curve[-1][1:] != (step.makespan, step.bound):
            curve.append((round(time.perf_counter() - began, 3), step.makespan, step.bound))

    result = solve_plan(problem, seconds=seconds, workers=workers, progress=note)
    return Answer(
        result.plan,
        result.bound,
        proved=result.status is Status.OPTIMAL,
        ended=f"{result.status.value}; bound by {result.proven_by.value}",
        solver_seconds=time.perf_counter() - began,
        curve=curve,
    )
