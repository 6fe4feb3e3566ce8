"""What a plan is worth, counted without the solver."""

from fractions import Fraction
from math import fsum

import numpy as np

from binglian.engine.planning.problem import PlanningProblem
from binglian.engine.planning.result import Plan, Tiers

from .feasibility import last_finishes, missed_deadlines
from .sharing import Use, demands
from .tables import Tables

__all__ = ["exact_tiers", "unevenness"]


def exact_tiers(problem: PlanningProblem, plan: Plan) -> Tiers:
    """Return what ``result.Tiers`` defines for a plan that has all tasks.

    Sums of weights are rounded once, so that plans worth the same count the same.
    """
    missed = missed_deadlines(problem, plan)
    return Tiers(
        overrun=sum(one.finish - one.deadline for one in missed),
        lateness=_lateness(problem, plan),
        makespan=max(plan.finishes.values(), default=0),
        moved=sum(abs(plan.starts[ref] - start) for ref, start in problem.current),
        unevenness=unevenness(problem, plan),
    )


def unevenness(problem: PlanningProblem, plan: Plan) -> float:
    """Return how unevenly renewable resources are used; less is more even.

    The sum over resources and units of (use / capacity)²: the work being the same, it is least
    where use is level (A. R. Burgess and J. B. Killebrew, 1962). A resource of capacity 0, which
    only history can use, does not count.
    """
    tables, total = Tables(problem, plan), Fraction(0)
    for r, rows, amounts in demands(tables, renewable=True):
        capacity = problem.resources[r].capacity
        if capacity == 0:
            continue
        use = Use(tables, rows, amounts)
        lengths = np.diff(use.at, append=use.at[-1:])
        squares = sum(
            amount * amount * length
            for amount, length in zip(use.amount.tolist(), lengths.tolist(), strict=True)
        )
        total += Fraction(squares, capacity * capacity)
    return float(total)


def _lateness(problem: PlanningProblem, plan: Plan) -> float:
    late = []
    for task in problem.tasks:
        if task.due is not None:
            late.append(task.weight * max(0, plan.finishes[task.ref] - task.due))
    last = last_finishes(problem, plan)
    for project in problem.projects:
        if project.due is not None:
            late.append(project.weight * max(0, last.get(project.ref, 0) - project.due))
    return fsum(late)
