"""The run as a whole: plans that are best, and what is said where there are none."""

import pytest

from binglian.engine.planning.obstacle import ObstacleCode
from binglian.engine.planning.problem import (
    Calendar,
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
from binglian.engine.planning.result import PlanningResult, Status
from binglian.engine.planning.solve import solve_plan


def task(ref: str, units: int, crew: int = 0, **more) -> Task:
    return Task(ref, (Mode("only", units, (Demand("crew", crew),)),), **more)


def solve(problem: PlanningProblem) -> PlanningResult:
    return solve_plan(problem, seconds=5)


CREW = (Resource("crew", 3),)


def test_what_the_rules_miss_is_found_and_proved():
    tasks = (task("a", 4, 2), task("b", 3, 1), task("c", 4, 1), task("d", 3, 2), task("e", 3, 2))

    result = solve(PlanningProblem(tasks, (Precedence("b", "d"),), CREW))

    assert (result.status, result.tiers.makespan, result.bound) == (Status.OPTIMAL, 10, 10)


def test_a_permit_waits_for_the_title_so_that_it_does_not_lapse():
    problem = PlanningProblem(
        (task("permit", 1, 1), task("works", 5, 3), task("title", 6, 2)),
        (Precedence("permit", "works", most=2), Precedence("title", "works")),
        CREW,
    )

    result = solve(problem)

    assert result.status == Status.OPTIMAL
    assert (result.plan.starts["works"], result.tiers.makespan) == (6, 11)
    assert 6 - result.plan.finishes["permit"] <= 2


def test_the_dearer_mode_is_taken_where_the_budget_lets_it():
    def either(ref: str) -> Task:
        return Task(ref, (Mode("fast", 2, (Demand("money", 5),)), Mode("slow", 6)))

    problem = PlanningProblem(
        (either("a"), either("b"), either("c")),
        (Precedence("a", "b"), Precedence("b", "c")),
        (Resource("money", 10, renewable=False),),
    )

    result = solve(problem)

    assert sorted(result.plan.modes.values()) == ["fast", "fast", "slow"]
    assert (result.status, result.tiers.makespan) == (Status.OPTIMAL, 10)


def test_lateness_comes_before_the_makespan():
    problem = PlanningProblem(
        (task("long", 6, 2), task("short", 2, 2, due=2), task("after", 4, 1)),
        (Precedence("long", "after"),),
        CREW,
    )

    result = solve(problem)

    assert (result.tiers.lateness, result.tiers.makespan) == (0, 12)
    assert (result.status, result.bound) == (Status.OPTIMAL, 10)


def test_a_deadline_that_cannot_hold_is_overrun_as_little_as_can_be():
    problem = PlanningProblem(
        (task("a", 3, 3, project="park"), task("b", 3, 3, project="park")),
        (),
        CREW,
        (Calendar("rest", ((4, 9),)),),
        (Project("park", deadline=5),),
    )

    result = solve(problem)

    assert (result.status, result.tiers.overrun, result.tiers.makespan) == (Status.OPTIMAL, 1, 6)


def test_crews_of_different_calendars_share_a_crane_unit_by_unit():
    problem = PlanningProblem(
        (task("a", 3, 2, calendar="odd"), task("b", 3, 2, calendar="even")),
        (),
        CREW,
        (Calendar("odd", ((1, 2), (3, 4))), Calendar("even", ((0, 1), (2, 3), (4, 5)))),
    )

    result = solve(problem)  # each works while the other pauses

    assert (result.status, result.tiers.makespan) == (Status.OPTIMAL, 6)


def test_little_is_moved_against_the_plan_in_force():
    problem = PlanningProblem(
        (task("done", 4, 3, frozen=Frozen(0)), task("a", 2, 2), task("b", 2, 2)),
        (),
        CREW,
        earliest=1,
        current=(("a", 6), ("b", 4)),
    )

    result = solve(problem)

    assert (result.tiers.makespan, result.tiers.moved) == (8, 0)
    assert result.status == Status.OPTIMAL


def test_a_finish_finish_lag_in_worked_units_waits_over_the_weekend():
    problem = PlanningProblem(
        (task("result", 4), task("decision", 3)),
        (Precedence("result", "decision", Link.FINISH_FINISH, 2, calendar="week"),),
        CREW,
        (Calendar("week", ((5, 7),)),),
    )

    result = solve(problem)

    assert (result.status, result.plan.finishes["decision"]) == (Status.OPTIMAL, 8)


def test_a_milestone_takes_nobody_even_where_it_took_time():
    problem = PlanningProblem(
        (task("ceremony", 0, 3, frozen=Frozen(0, finish=2)), task("a", 2, 1, due=1)), (), CREW
    )

    result = solve(problem)

    assert (result.status, result.plan.starts["a"]) == (Status.OPTIMAL, 0)


@pytest.mark.parametrize(
    "problem",
    [
        PlanningProblem((task("a", 1, 4),), (), CREW),
        PlanningProblem(
            (task("a", 1), task("b", 1)), (Precedence("a", "b"), Precedence("b", "a")), CREW
        ),
        PlanningProblem(
            (task("a", 3, 2), task("b", 3, 2)),
            (Precedence("a", "b", Link.START_START, 0, 2),),
            CREW,
        ),
    ],
    ids=["demand above capacity", "circle", "together beyond capacity"],
)
def test_what_no_plan_can_keep_is_called_infeasible(problem):
    assert solve(problem).status == Status.INFEASIBLE


def test_a_crane_with_its_own_calendar_is_one_of_two_ways():
    modes = (Mode("by hand", 6), Mode("by crane", 3, (Demand("crane", 1),)))
    problem = PlanningProblem(
        tuple(Task(ref, modes, calendar="week") for ref in ("a", "b", "c")),
        (),
        (Resource("crane", 1, calendar="no nights"),),
        (Calendar("week", ((5, 7), (12, 14))), Calendar("no nights", ((2, 3), (9, 10)))),
    )

    result = solve(problem)  # the crane works units 0 1 3 | 4 7 8, a third lift would end later

    assert (result.status, result.tiers.makespan) == (Status.OPTIMAL, 8)


def test_a_run_that_is_stopped_says_so_and_its_bound_still_holds():
    tasks = tuple(task(f"t{n}", 1 + n * 7 % 5, 1 + n % 2) for n in range(40))
    asked = []

    def stop() -> bool:
        asked.append(True)
        return len(asked) > 3

    result = solve_plan(PlanningProblem(tasks, (), CREW), seconds=60, should_stop=stop)

    assert result.seconds < 30
    assert result.bound <= result.tiers.makespan
    assert (result.status == Status.STOPPED) == (result.bound < result.tiers.makespan)


def test_what_stands_in_the_way_is_named():
    circle = (Precedence("a", "b"), Precedence("b", "c", least=2), Precedence("c", "a"))
    tasks = tuple(task(ref, 1) for ref in "abc")
    spent = Mode("only", 1, (Demand("money", 4),))
    poor = PlanningProblem(
        (Task("a", (spent,)), Task("b", (spent,))), (), (Resource("money", 5, renewable=False),)
    )
    begun = PlanningProblem(
        (task("a", 4), task("b", 1, frozen=Frozen(2))), (Precedence("a", "b"),), CREW
    )
    rounds = PlanningProblem(tasks, circle, CREW)

    told = [solve(one).obstacles[0] for one in (rounds, poor, begun)]

    assert (told[0].code, set(told[0].tasks)) == (ObstacleCode.CIRCLE, {"a", "b", "c"})
    assert (told[1].code, told[1].asked, told[1].allowed) == (ObstacleCode.BUDGET, 8, 5)
    assert (told[2].code, told[2].tasks) == (ObstacleCode.HISTORY, ("b",))


def test_the_first_glance_is_a_plan_by_rules_before_anything_is_proved():
    tasks = (task("a", 4, 2), task("b", 3, 1), task("c", 4, 1), task("d", 3, 2), task("e", 3, 2))
    glances = []

    solve_plan(
        PlanningProblem(tasks, (Precedence("b", "d"),), CREW), seconds=5, progress=glances.append
    )

    assert (glances[0].makespan, glances[0].bound) == (10, 6)  # nothing proved yet


def test_a_glance_counts_days_off_and_says_when_each_project_ends():
    week = Calendar("week", ((5, 7), (12, 14)))
    tasks = (
        task("a", 5, project="one", calendar="week"),
        task("b", 6, project="two", calendar="week"),
    )
    projects = Project("one"), Project("none"), Project("two")
    glances = []

    solve_plan(
        PlanningProblem(tasks, (Precedence("a", "b"),), CREW, (week,), projects),
        progress=glances.append,
    )

    seen = {(one.makespan, one.bound, one.finishes) for one in glances}
    assert seen == {(15, 15, (5, 15))}
