"""A schedule is built task by task, each as early as what was placed before lets it."""

import numpy as np
import pytest

from binglian.engine.planning.kernel.compiled import Bench, NoSchedule, Schedule, Site
from binglian.engine.planning.network import network_of
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


def build(problem: PlanningProblem) -> Schedule:
    network = network_of(problem)
    site = Site(network)
    return Bench(site).build(site.topological(), network.mode_start[:-1])


def task(ref: str, units: int, crew: int = 0, **more) -> Task:
    return Task(ref, (Mode("only", units, (Demand("crew", crew),)),), **more)


CREW = (Resource("crew", 3),)


def test_what_fits_beside_runs_in_parallel_and_the_rest_waits():
    problem = PlanningProblem((task("a", 4, 2), task("b", 3, 1), task("c", 2, 2)), (), CREW)

    assert build(problem).starts.tolist() == [0, 0, 4]


def test_each_link_ties_the_ends_it_names():
    tasks = tuple(task(ref, 4) for ref in ("first", "FS", "SS", "FF", "SF"))
    ties = tuple(Precedence("first", link.value, link, 3) for link in Link)

    assert build(PlanningProblem(tasks, ties, CREW)).starts.tolist() == [0, 7, 3, 3, 0]


def test_work_pauses_while_its_calendar_is_closed():
    week = Calendar("week", ((2, 4), (6, 7)))
    problem = PlanningProblem(
        (task("a", 3, calendar="week"), task("b", 1, release=2), task("c", 1, calendar="week")),
        (Precedence("a", "c", least=1, calendar="week"),),
        CREW,
        (week,),
    )

    built = build(problem)

    assert (built.starts.tolist(), built.finishes.tolist()) == ([0, 2, 7], [5, 3, 8])


def test_a_decision_prepared_early_ends_once_the_result_is_there_whatever_is_closed():
    closed = Calendar("week", ((6, 8),))
    problem = PlanningProblem(
        (task("result", 7), task("decision", 3, calendar="week")),
        (Precedence("result", "decision", Link.FINISH_FINISH, 1),),
        CREW,
        (closed,),
    )

    built = build(problem)  # works units 4, 5, 8

    assert (built.starts.tolist(), built.finishes.tolist()) == ([0, 4], [7, 9])


def test_what_lapses_moves_up_until_it_is_used_in_time():
    problem = PlanningProblem(
        (task("permit", 1), task("works", 5, 3), task("title", 6)),
        (Precedence("permit", "works", most=2), Precedence("title", "works")),
        CREW,
    )

    built = build(problem)

    assert (built.starts.tolist(), built.score.broken) == ([3, 6, 0], 0)


def test_history_stands_even_where_it_exceeds_the_capacity():
    problem = PlanningProblem(
        (
            task("a", 5, 2, frozen=Frozen(0)),
            task("b", 5, 2, frozen=Frozen(1, finish=3)),
            task("c", 1, 1),
        ),
        (),
        CREW,
    )

    assert build(problem).starts.tolist() == [0, 1, 0]
    assert build(problem).finishes.tolist() == [5, 3, 1]


def test_a_demand_above_all_there_is_has_no_schedule():
    with pytest.raises(NoSchedule, match="more than there ever is"):
        build(PlanningProblem((task("a", 1, 4),), (), CREW))


def test_the_order_decides_who_goes_first():
    network = network_of(PlanningProblem((task("a", 4, 2), task("b", 3, 2)), (), CREW))
    bench = Bench(Site(network))

    later = bench.build(np.array([1, 0]), network.mode_start[:-1])

    assert later.starts.tolist() == [3, 0]


def test_aims_are_counted_in_the_units_of_the_file():
    week = Calendar("week", ((2, 9),))
    late = Task("a", (Mode("only", 4),), calendar="week", due=9, deadline=10, weight=2.0)

    score = build(PlanningProblem((late,), calendars=(week,))).score

    assert score.key() == (0, 1, 4, 4)  # ends at 11 of the file
