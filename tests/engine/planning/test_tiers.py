"""What a plan is worth, counted by hand."""

from binglian.engine.planning.judge.tiers import exact_tiers, unevenness
from binglian.engine.planning.problem import (
    Calendar,
    Demand,
    Mode,
    PlanningProblem,
    Project,
    Resource,
    Task,
)
from binglian.engine.planning.result import Plan, Tiers


def test_the_aims_add_up_what_each_task_and_project_is_late_beyond_and_moved():
    tasks = (
        Task("a", (Mode("m", 3),), "park", due=1, weight=0.5, deadline=2),
        Task("b", (Mode("m", 2),), "park", due=9),
    )
    problem = PlanningProblem(
        tasks,
        projects=(Project("park", deadline=4, due=4, weight=2.0),),
        current=(("a", 1), ("b", 1)),
    )
    plan = Plan({"a": 0, "b": 3}, {"a": 3, "b": 5}, {"a": "m", "b": "m"})

    assert exact_tiers(problem, plan) == Tiers(
        overrun=1 + 1, lateness=0.5 * 2 + 2.0 * 1, makespan=5, moved=1 + 2
    )


def test_level_use_is_the_least_uneven():
    tasks = tuple(Task(ref, (Mode("m", 2, (Demand("crew", 2),)),)) for ref in "ab")
    problem = PlanningProblem(tasks, (), (Resource("crew", 4),))
    modes = {"a": "m", "b": "m"}

    together = Plan({"a": 0, "b": 0}, {"a": 2, "b": 2}, modes)
    in_turn = Plan({"a": 0, "b": 2}, {"a": 2, "b": 4}, modes)

    assert unevenness(problem, together) == 2 * (4 / 4) ** 2
    assert unevenness(problem, in_turn) == 4 * (2 / 4) ** 2


def test_unevenness_counts_worked_units_only():
    task = Task("a", (Mode("m", 2, (Demand("crew", 1),)),))
    problem = PlanningProblem(
        (task,), (), (Resource("crew", 2, calendar="week"),), (Calendar("week", ((1, 5),)),)
    )

    assert unevenness(problem, Plan({"a": 0}, {"a": 6}, {"a": "m"})) == 2 * (1 / 2) ** 2
