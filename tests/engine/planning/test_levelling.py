"""The last aim: the use of resources is made more even, and nothing is lost by it."""

from dataclasses import replace

import numpy as np
from hypothesis import assume, given, reject, settings

from binglian.engine.planning.explaining.explain import explain
from binglian.engine.planning.explaining.reasons import Cause
from binglian.engine.planning.judge.feasibility import broken_rules
from binglian.engine.planning.judge.tiers import exact_tiers
from binglian.engine.planning.kernel.compiled import Bench, NoSchedule, Site
from binglian.engine.planning.levelling import level
from binglian.engine.planning.network import network_of, plan_of
from binglian.engine.planning.problem import (
    Demand,
    Mode,
    PlanningProblem,
    Precedence,
    Resource,
    Task,
)
from binglian.engine.planning.programmes.aims import Aims
from binglian.engine.planning.programmes.standing import Standing
from binglian.engine.planning.result import Status
from binglian.engine.planning.solve import solve_plan

from .problems import problems


def task(ref: str, units: int, **more) -> Task:
    return Task(ref, (Mode("only", units, (Demand("desk", 1),)),), **more)


DESK = (Resource("desk", 2),)
LONG_WAY = (task("a", 2), task("b", 2), Task("survey", (Mode("only", 6),)), task("last", 1))
AFTER = tuple(Precedence(ref, "last") for ref in ("a", "b", "survey"))


def test_two_that_could_begin_together_follow_one_another():
    problem = PlanningProblem(LONG_WAY, AFTER, DESK)

    result = solve_plan(problem, seconds=5)

    # Both at once: 2 · (2/2)² + (1/2)²; one after the other: 5 · (1/2)².
    assert (result.status, result.tiers.unevenness) == (Status.OPTIMAL, 1.25)
    assert sorted((result.plan.starts["a"], result.plan.starts["b"])) == [0, 2]


def test_who_is_due_is_not_moved_beyond_it():
    tasks = (task("a", 2, due=2), task("b", 2, due=4), *LONG_WAY[2:])

    result = solve_plan(PlanningProblem(tasks, AFTER, DESK), seconds=5)

    assert (result.plan.starts["a"], result.plan.starts["b"]) == (0, 1)
    assert (result.tiers.lateness, result.tiers.unevenness) == (0, 1.75)


def test_who_was_moved_could_start_earlier_and_gains_nothing():
    problem = PlanningProblem(LONG_WAY, AFTER, DESK)
    plan = solve_plan(problem, seconds=5).plan

    told = explain(problem, plan)

    moved = next(ref for ref in ("a", "b") if plan.starts[ref] == 2)
    assert told.reasons[moved].cause == Cause.CHOICE
    assert (told.chain, told.critical) == (("survey", "last"), ("survey", "last"))


@settings(max_examples=200)
@given(problems(8))
def test_levelling_keeps_all_rules_and_aims_and_is_never_less_even(problem):
    network = network_of(problem)
    site = Site(network)
    told = network.frozen_mode
    try:
        modes = np.where(told < 0, network.mode_start[:-1], told)
        built = Bench(site).build(site.topological(), modes)
    except NoSchedule:
        reject()
    assume(not built.score.broken)
    plan = Standing(built.starts, built.finishes, built.modes)

    before, after = (
        plan_of(problem, network, one.starts, one.finishes, one.modes)
        for one in (plan, level(Aims(network), plan, lambda: False))
    )

    assert broken_rules(problem, after) == []
    even, uneven = exact_tiers(problem, after), exact_tiers(problem, before)
    assert replace(even, unevenness=0) == replace(uneven, unevenness=0)
    assert (even.unevenness < uneven.unevenness) == (after.starts != before.starts)
