"""The arrays mean what the problem says."""

import numpy as np

from binglian.engine.planning.network import NEVER, NONE, network_of, plan_of
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

WEEKENDS = Calendar("weekends", tuple((5 + 7 * week, 7 + 7 * week) for week in range(20)))


def _working(ref: str, days: int, **more) -> Task:
    return Task(ref, (Mode("only", days),), calendar="weekends", **more)


def test_a_weekend_common_to_all_costs_nothing():
    tasks = (_working("design", 4), _working("review", 3, release=6, deadline=11))
    problem = PlanningProblem(tasks, (Precedence("design", "review"),), calendars=(WEEKENDS,))

    network = network_of(problem)
    plan = plan_of(problem, network, np.array([0, 5]), np.array([4, 8]), np.array([0, 1]))

    assert network.closed_start.tolist() == [0, 0, 0]  # nothing closed is left
    assert network.release.tolist() == [0, 5]
    assert network.deadline.tolist() == [NONE, 11]  # the file's
    assert (plan.starts["review"], plan.finishes["review"]) == (7, 10)


def test_elapsed_lags_keep_the_weekends_on_the_axis():
    tasks = (_working("publish", 1), _working("decide", 1))
    publicity = Precedence("publish", "decide", least=20)

    network = network_of(PlanningProblem(tasks, (publicity,), calendars=(WEEKENDS,)))

    assert len(network.axis.cut) == 0
    assert network.closed(1)[:2].tolist() == [[5, 7], [12, 14]]


def test_work_that_ends_before_a_weekend_ends_on_friday_and_the_next_begins_on_monday():
    problem = PlanningProblem((_working("design", 5), _working("review", 2)), (), (), (WEEKENDS,))
    axis = network_of(problem).axis

    assert axis.file_finish(np.array([5, 6, 10])).tolist() == [5, 8, 12]
    assert axis.file_start(np.array([4, 5, 10])).tolist() == [4, 7, 14]
    assert axis.instant(np.array([4, 5, 6, 7, 8, 13, 14])).tolist() == [4, 5, 5, 5, 6, 10, 10]


def test_a_milestone_released_on_a_sunday_keeps_that_weekend():
    tasks = (_working("design", 4), Task("opening", (Mode("only", 0),), release=6))

    network = network_of(PlanningProblem(tasks, calendars=(WEEKENDS,)))

    assert network.axis.cut[:2].tolist() == [[12, 14], [19, 21]]


def test_a_mode_works_when_its_task_and_all_it_demands_do():
    night = Calendar("no third day", ((2, 3),))
    crane = Resource("crane", 1, calendar="no third day")
    modes = (Mode("by hand", 9), Mode("by crane", 2, (Demand("crane", 1),)))
    tasks = (Task("lift", modes, calendar="weekends"),)

    network = network_of(PlanningProblem(tasks, (), (crane,), (WEEKENDS, night)))

    by_hand, by_crane = network.mode_calendar
    assert network.axis.cut[0].tolist() == [5, 7]
    assert network.closed(by_hand).tolist() == []
    assert network.closed(by_crane).tolist() == [[2, 3]]


def test_every_figure_finds_its_place():
    tasks = (
        Task("dig", (Mode("a", 3, (Demand("crew", 2), Demand("money", 7))),), "park", due=9),
        Task("plant", (Mode("a", 2), Mode("b", 1)), "park", frozen=Frozen(4, "b")),
    )
    problem = PlanningProblem(
        tasks,
        (Precedence("dig", "plant", Link.FINISH_FINISH, -1, 5), Precedence("dig", "plant")),
        (Resource("crew", 2), Resource("money", 9, renewable=False)),
        projects=(Project("park", release=2, due=8, weight=3.0),),
        earliest=1,
        current=(("plant", 6),),
    )

    network = network_of(problem)

    assert network.demand_start.tolist() == [0, 2, 2, 2]
    assert network.demand_amount.tolist() == [2, 7]
    assert network.renewable.tolist() == [1, 0]
    assert network.link.tolist() == [2, 0]
    assert network.least.tolist() == [-1, 0]
    assert network.most.tolist() == [5, NEVER]
    assert network.release.tolist() == [2, 0]
    assert network.frozen_start.tolist() == [NONE, 4]
    assert network.frozen_mode.tolist() == [NONE, 2]
    assert network.current.tolist() == [NONE, 6]
    assert network.project_due.tolist() == [8]
