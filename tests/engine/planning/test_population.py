"""A population finds good orders, by seed, and ends when told to."""

import threading
from dataclasses import replace

import numpy as np
import pytest

from binglian.engine.planning.judge.feasibility import broken_rules
from binglian.engine.planning.kernel.compiled import Schedule, Site
from binglian.engine.planning.network import network_of, plan_of
from binglian.engine.planning.problem import (
    Demand,
    Mode,
    PlanningProblem,
    Precedence,
    Resource,
    Task,
)
from binglian.engine.planning.searching.population import Population
from tests.engine.planning.random_projects import CREW, FEATURES, random_project


def site_of(problem: PlanningProblem) -> Site:
    return Site(network_of(problem))


def bred(problem: PlanningProblem, schedules: int, **how: int) -> Schedule:
    population = Population(site_of(problem), **{"seed": 1, **how})
    population.breed(schedules)
    found = population.best()
    assert found is not None
    return found


@pytest.mark.parametrize("features", FEATURES)
def test_whatever_is_bred_keeps_all_rules(features):
    problem = random_project(features)

    found = bred(problem, 2_000)

    plan = plan_of(problem, network_of(problem), found.starts, found.finishes, found.modes)
    assert broken_rules(problem, plan) == []


@pytest.mark.parametrize("features", FEATURES)
def test_breeding_shortens_what_the_first_orders_reach(features):
    problem = random_project(features, tasks=80)

    assert bred(problem, 5_000).score.makespan < bred(problem, 3).score.makespan


@pytest.mark.parametrize("size", [60, 4])  # 4 soon grow
@pytest.mark.parametrize("features", FEATURES)
def test_the_same_seed_breeds_the_same_schedule(features, size):
    problem = random_project(features)

    first, again = (bred(problem, 1_000, size=size) for _ in range(2))

    assert first.starts.tolist() == again.starts.tolist()


def test_where_a_few_get_stuck_many_find_a_shorter_schedule():
    problem = random_project(tasks=60)

    stuck, grown = (bred(problem, 30_000, size=4, most=most) for most in (4, 1_000))

    assert (stuck.score.makespan, grown.score.makespan) == (191, 190)


def watered(problem: PlanningProblem, amounts: range) -> PlanningProblem:
    """Let the first tasks also ask for water, of which there is enough for all."""
    water = Resource("water", 10**6)
    thirsty = [
        replace(task, modes=(replace(mode, demands=(*mode.demands, Demand("water", amount))),))
        for task, amount in zip(problem.tasks, amounts, strict=False)
        for mode in task.modes
    ]
    return replace(
        problem,
        tasks=(*thirsty, *problem.tasks[len(thirsty) :]),
        resources=(*problem.resources, water),
    )


def test_schedules_of_plain_sites_are_the_same_by_all_three_ways_to_build_them():
    packed = random_project()
    wide = watered(packed, range(1, 40_002, 40_000))  # amounts too large to be packed
    by_unit = watered(packed, range(1, 80_000, 2_000))  # and too many different ones

    starts = bred(by_unit, 999).starts.tolist()

    assert bred(packed, 999).starts.tolist() == starts
    assert bred(wide, 999).starts.tolist() == starts


def test_what_is_late_comes_before_how_long_it_all_takes():
    crew = (Demand("crew", 3),)
    long = Task("long", (Mode("only", 9, crew),))
    urgent = Task("urgent", (Mode("only", 2, crew),), due=2, weight=2.0)
    tail = Task("tail", (Mode("only", 9),))
    problem = PlanningProblem((long, urgent, tail), (Precedence("long", "tail"),), CREW)

    found = bred(problem, 100)

    assert found.score.key() == (0, 0, 0, 20)
    assert found.starts.tolist() == [2, 0, 11]


def test_a_better_schedule_from_elsewhere_is_taken_in():
    problem = random_project(tasks=80)
    better = bred(problem, 5_000)
    other = Population(site_of(problem), seed=9)
    other.breed(3)

    other.add(better.starts, better.modes)

    found = other.best()
    assert found is not None
    assert found.score.makespan == better.score.makespan


def test_it_ends_at_the_target():
    problem = random_project()

    assert Population(site_of(problem)).breed(1_000, target=10_000) <= 4  # one member


def test_it_ends_at_once_when_another_thread_says_so():
    population = Population(site_of(random_project(tasks=200)))
    thread = threading.Thread(target=population.breed, args=(10**9,))
    thread.start()

    population.stop()
    thread.join(timeout=20)

    assert not thread.is_alive()


def test_nothing_is_bred_where_nothing_can_be_built():
    too_much = Task("a", (Mode("only", 1, (Demand("crew", 4),)),))
    population = Population(site_of(PlanningProblem((too_much,), (), CREW)))

    population.breed(100)

    assert population.best() is None


def test_no_tasks_are_no_work():
    population = Population(site_of(PlanningProblem(())))

    assert population.breed(100) == 0
    assert np.array_equal(population.site.topological(), [])
