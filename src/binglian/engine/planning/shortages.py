"""Capacities that change with time: what is not there is held back by tasks nobody does.

The search knows constant capacities and frozen tasks; the judge reads shortages by itself. A
frozen task ends when its shortage does, which would hide every sooner makespan, so that the end of
all real work is given a due date of 0: its lateness is the makespan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from .judge.feasibility import broken_rules
from .judge.tiers import exact_tiers
from .problem import (
    LONGEST,
    Demand,
    Frozen,
    Link,
    Mode,
    PlanningProblem,
    Precedence,
    Project,
    Resource,
    Task,
)
from .result import Plan, PlanningResult, Status

_END = "the end of all that is to be done"
#: What the makespan costs beside the least weighty date: dates come first.
_LIGHT = 0.01

Value = TypeVar("Value")


def shortages(
    usual: int, most: int, periods: Iterable[tuple[int, int, int]]
) -> tuple[tuple[int, int, int], ...]:
    """Return what of ``most`` is not there, where ``usual`` is except in some periods.

    ``periods`` are ``(first, last, capacity)``, ``last`` not included, ascending and apart.
    """
    found, at = [], 0
    for first, last, capacity in (*periods, (LONGEST, LONGEST, most)):
        found += [(at, first, most - usual), (first, last, most - capacity)]
        at = max(at, last)
    return tuple(one for one in found if one[0] < one[1] and one[2] > 0)


def has_shortages(problem: PlanningProblem) -> bool:
    """Say whether some capacity is less at times."""
    return any(one.shortages for one in problem.resources)


def in_full(problem: PlanningProblem) -> PlanningProblem:
    """Return the problem as if all capacity were always there: no plan is worse for that."""
    return replace(
        problem, resources=tuple(replace(one, shortages=()) for one in problem.resources)
    )


def held_back(problem: PlanningProblem) -> PlanningProblem:
    """Return the same problem with constant capacities, and tasks that take what is not there."""
    until = _beyond_need(problem)
    missing = [
        _missing(resource, first, min(last, until), amount)
        for resource in problem.resources
        for first, last, amount in resource.shortages
        if first < until
    ]
    followed = {one.before for one in problem.precedences if one.link == Link.FINISH_START}
    last = [one for one in problem.tasks if one.ref not in followed and one.frozen is None]
    weights = [one.weight for one in _dated(problem) if one.due is not None and one.weight > 0]
    light = _LIGHT * min(weights, default=1 / _LIGHT)
    end = Task(_END, (Mode("", 0),), due=0, weight=light)
    return replace(
        in_full(problem),
        tasks=(*problem.tasks, end, *missing),
        precedences=(*problem.precedences, *(Precedence(one.ref, _END) for one in last)),
    )


def answer_of(
    problem: PlanningProblem, found: PlanningResult, anyhow: PlanningResult
) -> PlanningResult:
    """Return the answer to the problem: ``found`` with shortages held back, ``anyhow`` without.

    The makespan found hides what lies before the last shortage's end, so does its bound.
    """
    bound, by = anyhow.bound, anyhow.proven_by
    hides = max((min(last, _beyond_need(problem)) for last in _ends(problem)), default=0)
    if found.bound > max(hides, bound):
        bound, by = found.bound, found.proven_by
    found = replace(found, bound=bound, proven_by=by)
    if found.plan is None:
        return found
    plan = _of(problem, found.plan)
    if broken_rules(problem, plan):  # what it needs is there no more beyond where one looked
        return replace(found, status=Status.UNKNOWN, plan=None, tiers=None)
    tiers = exact_tiers(problem, plan)
    if found.status is Status.OPTIMAL and tiers.makespan > bound:
        # Beside other dates the makespan was weighed, which is not quite the order of the aims.
        has_dates = any(one.due is not None for one in _dated(problem))
        changes = {"status": Status.FEASIBLE} if has_dates else {"bound": tiers.makespan}
        found = replace(found, **changes)
    return replace(found, plan=plan, tiers=tiers)


def _of(problem: PlanningProblem, plan: Plan) -> Plan:
    """Return a plan of the problem held back as one of the problem itself."""
    known = {task.ref for task in problem.tasks}

    def own(said: Mapping[str, Value]) -> dict[str, Value]:
        return {ref: value for ref, value in said.items() if ref in known}

    return Plan(own(plan.starts), own(plan.finishes), own(plan.modes))


def _dated(problem: PlanningProblem) -> Iterator[Task | Project]:
    yield from problem.tasks
    yield from problem.projects


def _ends(problem: PlanningProblem) -> Iterator[int]:
    return (last for one in problem.resources for _, last, _ in one.shortages)


def _missing(resource: Resource, first: int, last: int, amount: int) -> Task:
    mode = Mode("", last - first, (Demand(resource.ref, amount),))
    ref = f"what {resource.ref} lacks from {first} on"
    return Task(ref, (mode,), frozen=Frozen(first, finish=last))


def _beyond_need(problem: PlanningProblem) -> int:
    """Return an instant by which all can be done, one task after another, if it can at all."""
    dates: Iterable[int] = chain(
        (problem.earliest,),
        (one.release for one in _dated(problem)),
        (one.frozen.finish or one.frozen.start for one in problem.tasks if one.frozen),
        (last for one in problem.calendars for _, last in one.closed[-1:]),
        (first for one in problem.resources for first, _, _ in one.shortages),
        (last for last in _ends(problem) if last < LONGEST),
    )
    work = sum(max(mode.duration for mode in task.modes) for task in problem.tasks)
    lags = sum(abs(one.least) + abs(one.most or 0) for one in problem.precedences)
    return min(max(dates) + work + lags + 1, LONGEST)
