"""The 27 approvals: what was worked out by hand comes out of the engine."""

from binglian.engine.planning.judge.feasibility import broken_rules
from binglian.engine.planning.solve import solve_plan
from tests.engine.planning.approvals import PERMIT, approvals


def test_as_pledged_they_take_216_days_in_series_and_71_in_parallel():
    problem = approvals()

    result = solve_plan(problem, seconds=5)

    assert (result.serial, result.tiers.makespan, result.bound) == (216, 71, 71)
    assert result.plan.finishes[PERMIT] == 51
    assert broken_rules(problem, result.plan) == []


def test_by_statute_they_take_470_days_in_series_and_187_in_parallel():
    result = solve_plan(approvals(statutory=True), seconds=5)

    assert (result.serial, result.tiers.makespan, result.bound) == (470, 187, 187)
    assert result.plan.finishes[PERMIT] == 137


def test_the_clock_stands_still_for_publicity_and_tender():
    counted = sum(task.modes[0].duration for task in approvals().tasks if task.counted)

    assert counted == 185
