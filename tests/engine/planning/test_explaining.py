"""Claims on explanations: what is critical and why, and how far the rest could slip."""

import pytest

from binglian.engine.planning.explaining.explain import Figures, explain
from binglian.engine.planning.explaining.reasons import Cause
from binglian.engine.planning.problem import (
    Calendar,
    Demand,
    Frozen,
    Link,
    Mode,
    PlanningProblem,
    Precedence,
    Resource,
    Task,
)
from binglian.engine.planning.result import Plan
from binglian.engine.planning.solve import solve_plan
from binglian.engine.planning.wording import DAYS, Wording

from .approvals import PERMIT, approvals

ZH, EN = Wording("zh", unit=DAYS), Wording("en", unit=DAYS)


def task(ref: str, units: int, crane: int = 0, **more) -> Task:
    demands = (Demand("crane", crane),) if crane else ()
    return Task(ref, (Mode("only", units, demands),), **more)


def plan(**starts: tuple[int, int]) -> Plan:
    return Plan(
        {ref: start for ref, (start, _) in starts.items()},
        {ref: finish for ref, (_, finish) in starts.items()},
        dict.fromkeys(starts, "only"),
    )


def test_the_permits_of_the_underground_complex_run_in_parallel_and_tell_why():
    problem = approvals()
    result = solve_plan(problem, schedules=10)

    known = explain(problem, result.plan)

    assert (result.serial, result.tiers.makespan, result.bound) == (216, 71, 71)
    assert result.plan.finishes[PERMIT] == 51
    assert known.chain == ("1", "2", "6", "9", "14", "18", "20", "21", "23", "27")
    assert set(known.critical) - set(known.chain) == {"4", "19", "24", "25", "26"}
    assert known.floats["13"] == 1
    assert known.figures == Figures(serial=216, counted_serial=185, elapsed=71)
    assert known.figures.stopped == 31


def test_by_the_statutory_limits_the_same_permits_take_187_days():
    problem = approvals(statutory=True)
    result = solve_plan(problem, schedules=10)

    assert (result.serial, result.tiers.makespan) == (470, 187)
    assert result.plan.finishes[PERMIT] == 137


def test_a_task_waits_for_the_one_that_binds_it_last():
    problem = PlanningProblem(
        (task("a", 2), task("b", 5), task("c", 1)), (Precedence("a", "c"), Precedence("b", "c"))
    )

    known = explain(problem, plan(a=(0, 2), b=(0, 5), c=(5, 6)))

    assert (known.reasons["c"].cause, known.reasons["c"].waits_for) == (Cause.PRECEDENCE, ("b",))
    assert known.reasons["c"].in_words(ZH) == "待「b」办结即可开始。"
    assert known.reasons["c"].in_words(EN) == "Starts once “b” is done."
    assert known.floats == {"a": 3, "b": 0, "c": 0}


def test_two_that_share_one_crane_are_critical_by_capacity():
    problem = PlanningProblem((task("a", 3, 1), task("b", 4, 1)), resources=(Resource("crane", 1),))

    known = explain(problem, plan(a=(0, 3), b=(3, 7)))

    assert known.critical == ("a", "b")
    assert known.by_capacity == ("a",)
    assert known.free_of_capacity == {"a": 4, "b": 0}
    reason = known.reasons["b"]
    assert (reason.cause, reason.resource, reason.waits_for) == (Cause.CAPACITY, "crane", ("a",))
    assert reason.in_words(ZH) == "「crane」正在办理「a」，到这时才有余力。"
    assert known.chain == ("a", "b")


def test_what_is_prepared_early_is_decided_late():
    problem = PlanningProblem(
        (task("title", 6), task("permit", 4)),
        (Precedence("title", "permit", Link.FINISH_FINISH, least=1),),
    )

    known = explain(problem, plan(title=(0, 6), permit=(3, 7)))

    assert known.reasons["permit"].in_words(ZH) == "可先行准备，待「title」办结1 天后才能办结。"
    assert known.critical == ("title", "permit")


def test_over_a_weekend_floats_count_worked_days():
    week = Calendar("week", ((5, 7),))
    problem = PlanningProblem(
        (task("a", 3, calendar="week"), task("b", 6, calendar="week")), calendars=(week,)
    )

    known = explain(problem, plan(a=(0, 3), b=(0, 8)))

    assert known.floats == {"a": 3, "b": 0}


@pytest.mark.parametrize(
    ("one", "start", "said"),
    [
        (task("a", 1), 0, "没有前置，一开始即可办理。"),
        (task("a", 1, release=4), 4, "不早于 4。"),
        (task("a", 1, frozen=Frozen(2)), 2, "2 已开始或已确定。"),
        (task("a", 1), 3, "还可以更早，不影响总工期。"),
    ],
)
def test_a_task_that_waits_for_nobody_says_so(one, start, said):
    known = explain(PlanningProblem((one,)), plan(a=(start, start + 1)))

    assert known.reasons["a"].in_words(ZH) == said


def test_a_permit_tells_how_long_it_stands_before_it_lapses():
    problem = PlanningProblem(
        (task("permit", 5), task("works", 9)), (Precedence("permit", "works", most=60),)
    )

    known = explain(problem, plan(permit=(0, 5), works=(45, 54)))

    assert [(lapse.before, lapse.spare) for lapse in known.lapses] == [("permit", 20)]
    assert (
        known.lapses[0].in_words(ZH)
        == "「permit」办结后 60 天内须开始「works」，计划中还有 20 天余地。"
    )
