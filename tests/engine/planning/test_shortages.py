"""Capacities that are less at times: never overdrawn, and no worse planned for that."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some

from binglian.engine.planning.explaining.explain import explain
from binglian.engine.planning.explaining.reasons import Cause
from binglian.engine.planning.judge.broken_rule import Code
from binglian.engine.planning.judge.feasibility import broken_rules
from binglian.engine.planning.judge.tiers import exact_tiers
from binglian.engine.planning.problem import Demand, Mode, PlanningProblem, Resource, Task
from binglian.engine.planning.result import Plan, Status
from binglian.engine.planning.solve import solve_plan
from binglian.engine.planning.wording import Wording
from tests.engine.planning.problems import random_problem
from tests.engine.planning.test_solve_properties import aims, best_of_all

FEW = settings(max_examples=40)
NEVER_BACK = 10**9


@some.composite
def short_problems(draw, most_tasks: int = 5) -> PlanningProblem:
    """Draw a problem whose resources are less at times."""
    chance: Random = draw(some.randoms(use_true_random=False))
    problem = random_problem(chance, draw(some.integers(1, most_tasks)))
    return replace(problem, resources=tuple(_short(chance, one) for one in problem.resources))


def _short(chance: Random, resource: Resource) -> Resource:
    found, at = [], chance.randint(0, 4)
    for _ in range(chance.randint(1, 2) if resource.renewable else 0):
        until = at + chance.randint(1, 6)
        found.append((at, until, chance.randint(1, resource.capacity)))
        at = until + chance.randint(0, 3)
    return replace(resource, shortages=tuple(found))


def case_workers(*shortages: tuple[int, int, int], cases: int = 3) -> PlanningProblem:
    """Three people check drawings, one case each takes two days."""
    mode = Mode("1", 2, (Demand("checkers", 1),))
    return PlanningProblem(
        tuple(Task(f"t{n}", (mode,)) for n in range(cases)),
        resources=(Resource("checkers", 3, shortages=shortages),),
    )


@FEW
@given(short_problems(), some.integers(0, 99))
def test_no_plan_of_all_is_better_and_none_takes_what_is_not_there(problem, seed):
    best = best_of_all(problem)

    result = solve_plan(problem, seconds=1, seed=seed)

    if best is None:
        assert result.plan is None
        return
    assume(result.plan is not None)  # none is found in time, rarely
    assert broken_rules(problem, result.plan) == []
    assert result.tiers == exact_tiers(problem, result.plan)
    assert result.bound <= best.makespan
    assert aims(best) <= aims(result.tiers)
    if result.status is Status.OPTIMAL:
        assert aims(best)[:3] == aims(result.tiers)[:3]


@pytest.mark.parametrize(
    ("drawn", "tasks", "seed", "status"),
    [(168, 4, 68, Status.INFEASIBLE), (197, 5, 97, Status.FEASIBLE)],
)
def test_a_search_with_nothing_left_to_arrange_ends(drawn, tasks, seed, status):
    """Both asked for one more part for ever: no plan stood, or the whole was one part."""
    chance = Random(drawn)
    problem = random_problem(chance, tasks)
    problem = replace(problem, resources=tuple(_short(chance, one) for one in problem.resources))

    assert solve_plan(problem, seconds=60, seed=seed).status is status


def test_two_until_the_fourth_day_three_from_then_on():
    result = solve_plan(case_workers((0, 4, 1)), seconds=10)

    assert sorted(result.plan.starts.values()) == [0, 0, 2]
    assert (result.tiers.makespan, result.bound, result.status) == (4, 4, Status.OPTIMAL)


def test_what_is_done_before_the_shortage_ends_is_not_said_to_end_with_it():
    result = solve_plan(case_workers((0, 60, 1), cases=2), seconds=10)

    assert (result.tiers.makespan, result.bound) == (2, 2)


def test_nothing_waits_where_people_leave_for_good():
    result = solve_plan(case_workers((2, NEVER_BACK, 2), cases=5), seconds=10)

    assert sorted(result.plan.starts.values()) == [0, 0, 0, 2, 4]


def test_what_can_be_done_at_no_time_has_no_plan():
    result = solve_plan(case_workers((0, NEVER_BACK, 3)), seconds=1)

    assert result.plan is None


def test_the_judge_says_how_much_was_there():
    plan = solve_plan(case_workers(), seconds=10).plan

    (broken,) = broken_rules(case_workers((1, 2, 2)), plan)

    assert (broken.code, broken.found, broken.allowed) == (Code.CAPACITY, 3, 1)
    assert (broken.at, broken.until) == (1, 2)


def test_a_task_is_said_to_wait_for_people_where_nobody_else_holds_them():
    problem = case_workers((0, 5, 3), cases=1)
    plan = Plan({"t0": 5}, {"t0": 7}, {"t0": "1"})

    reason = explain(problem, plan).reasons["t0"]

    assert (reason.cause, reason.resource, reason.waits_for) == (Cause.CAPACITY, "checkers", ())
    said = reason.in_words(Wording("en"))
    assert said == "“checkers” has too little capacity until then."
