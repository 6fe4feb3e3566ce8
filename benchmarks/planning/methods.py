"""Every method that is measured: ours and its peers."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from binglian.engine.planning.problem import PlanningProblem
from binglian.engine.planning.result import Progress, Status

from .answer import Answer, Curve

OURS = "ours"
RULE = "rule"

Solve = Callable[[PlanningProblem, float, int], Answer]


@dataclass(frozen=True, slots=True)
class Method:
    """A name for the tables, and the module and function ``solve(problem, seconds, workers)``.

    Modules are loaded when they are run: no method pays for what another one needs.
    """

    label: str
    module: str
    function: str

    def load(self) -> Solve:
        """Return the function."""
        solve: Solve = getattr(import_module(f"benchmarks.planning.{self.module}"), self.function)
        return solve


METHODS = {
    RULE: Method("priority rule LFT", "priority_rule", "by_latest_finish"),
    "cp_sat": Method("OR-Tools CP-SAT", "cp_sat_peer", "cp_sat"),
    "pyjobshop": Method("PyJobShop", "pyjobshop_peer", "pyjobshop"),
    OURS: Method("Binglian", "methods", "ours"),
}


def ours(problem: PlanningProblem, seconds: float, workers: int) -> Answer:
    """Solve by Binglian, noting how makespan and bound move."""
    solve_plan = import_module("binglian.engine.planning.solve").solve_plan
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
