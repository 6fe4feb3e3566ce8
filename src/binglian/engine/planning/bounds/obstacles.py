"""Finds what no plan can get round, before any search."""

from __future__ import annotations

import numpy as np

from binglian.engine.planning.network import NONE, Flags, Network
from binglian.engine.planning.obstacle import Obstacle, ObstacleCode
from binglian.engine.planning.problem import PlanningProblem

from .circles import find_circle
from .windows import FARTHEST, Ends, Impossible


def obstacles(problem: PlanningProblem, network: Network, usable: Flags) -> list[Obstacle]:
    """Return demands above capacity, and budgets that do not last even in the cheapest modes."""
    found = _demands(problem, network, usable)
    return found or _budgets(problem, network, usable)


def why_impossible(problem: PlanningProblem, ends: Ends, failure: Impossible) -> Obstacle:
    """Return why a task has no place by precedence and calendars alone."""
    network = ends.network
    circle = find_circle(network, ends.usable)
    refs = [task.ref for task in problem.tasks]
    if circle:
        return Obstacle(ObstacleCode.CIRCLE, tuple(refs[n] for n in circle))
    n = failure.task
    if n is None:
        return Obstacle(ObstacleCode.TOGETHER)
    if network.frozen_start[n] != NONE:
        return Obstacle(ObstacleCode.HISTORY, (refs[n],))
    if failure.earliest is not None and failure.latest is not None:
        early, late = network.axis.file_start(np.array((failure.earliest, failure.latest)))
        return Obstacle(ObstacleCode.TOO_LATE, (refs[n],), "", int(early), int(late))
    return Obstacle(ObstacleCode.NEVER_OPEN, (refs[n],))


def _demands(problem: PlanningProblem, network: Network, usable: Flags) -> list[Obstacle]:
    none = np.maximum.reduceat(usable, network.mode_start[:-1]) == 0
    found = []
    capacity = {one.ref: one.capacity for one in problem.resources}
    for n in np.flatnonzero(none).tolist():
        task = problem.tasks[n]
        excess = [
            (demand.amount, demand.resource)
            for mode in task.modes
            for demand in mode.demands
            if demand.amount > capacity[demand.resource]
        ]
        amount, resource = min(excess)
        found.append(
            Obstacle(ObstacleCode.DEMAND, (task.ref,), resource, amount, capacity[resource])
        )
    return found


def _budgets(problem: PlanningProblem, network: Network, usable: Flags) -> list[Obstacle]:
    found = []
    modes = len(network.duration)
    mode_of = np.repeat(np.arange(modes), np.diff(network.demand_start))
    frozen = network.frozen_start != NONE
    for r in np.flatnonzero(network.renewable == 0).tolist():
        rows = network.demand_resource == r
        demand = np.zeros(modes, dtype=np.int64)
        demand[mode_of[rows]] = network.demand_amount[rows]
        demand[usable == 0] = FARTHEST
        least = np.minimum.reduceat(demand, network.mode_start[:-1])
        asked, capacity = int(least.sum()), int(network.capacity[r])
        if asked > capacity and least[~frozen].any():
            users = tuple(problem.tasks[n].ref for n in np.flatnonzero(least > 0).tolist())
            ref = problem.resources[r].ref
            found.append(Obstacle(ObstacleCode.BUDGET, users, ref, asked, capacity))
    return found
