"""A walk shortens a schedule of many tasks, by seed, and ends when told to."""

import threading
from dataclasses import replace

import pytest

from binglian.engine.planning.judge.feasibility import broken_rules
from binglian.engine.planning.kernel.compiled import Schedule, Site
from binglian.engine.planning.network import network_of, plan_of
from binglian.engine.planning.problem import (
    Demand,
    Mode,
    PlanningProblem,
    Precedence,
    Project,
    Resource,
    Task,
)
from binglian.engine.planning.searching.walk import MANY, Walk
from binglian.engine.planning.solve import solve_plan
from tests.engine.planning.random_projects import CREW, FEATURES, random_project

ONE_MODE = [features for features in FEATURES if features != "modes"]


def site_of(problem: PlanningProblem) -> Site:
    return Site(network_of(problem))


def walked(problem: PlanningProblem, schedules: int, seed: int = 1) -> Schedule:
    walk = Walk(site_of(problem), seed=seed)
    walk.breed(schedules)
    found = walk.best()
    assert found is not None
    return found


def portfolio(projects: int, each: int, offices: int = 6) -> PlanningProblem:
    """Return chains of projects released one after another; every task asks one office."""
    tasks, ties = [], []
    for p in range(projects):
        for k in range(each):
            ref = f"{p}.{k}"
            office = Demand(f"office{(7 * p + 5 * k) % offices}", 1 + (p + k) % 2)
            tasks.append(Task(ref, (Mode("only", 1 + (3 * p + k) % 7, (office,)),), f"p{p}"))
            if k:
                ties.append(Precedence(f"{p}.{k - 1 - k % 3 // 2}", ref))
    busy = tuple(Resource(f"office{k}", max(2, projects // 3)) for k in range(offices))
    released = tuple(Project(f"p{p}", release=3 * p % 40) for p in range(projects))
    return PlanningProblem(tuple(tasks), tuple(ties), busy, projects=released)


@pytest.mark.parametrize("features", ONE_MODE)
def test_wherever_it_goes_all_rules_are_kept(features):
    problem = random_project(features)

    found = walked(problem, 2_000)

    plan = plan_of(problem, network_of(problem), found.starts, found.finishes, found.modes)
    assert broken_rules(problem, plan) == []


@pytest.mark.parametrize("features", ONE_MODE)
def test_walking_shortens_what_the_first_order_reaches(features):
    problem = random_project(features, tasks=80)

    assert walked(problem, 5_000).score.makespan < walked(problem, 1).score.makespan


def test_projects_that_share_offices_end_sooner_for_walking():
    problem = portfolio(projects=30, each=30)

    assert walked(problem, 600).score.makespan < walked(problem, 1).score.makespan


def test_the_same_seed_walks_the_same_way():
    problem = portfolio(projects=8, each=12)

    assert walked(problem, 500).starts.tolist() == walked(problem, 500).starts.tolist()


def test_what_is_late_comes_before_how_long_it_all_takes():
    crew = (Demand("crew", 3),)
    long = Task("long", (Mode("only", 9, crew),))
    urgent = Task("urgent", (Mode("only", 2, crew),), due=2, weight=2.0)
    tail = Task("tail", (Mode("only", 9),))
    problem = PlanningProblem((long, urgent, tail), (Precedence("long", "tail"),), CREW)

    found = walked(problem, 200)

    assert found.score.key() == (0, 0, 0, 20)


def test_it_goes_on_from_a_better_schedule_found_elsewhere():
    problem = portfolio(projects=8, each=12)
    better = walked(problem, 2_000)
    other = Walk(site_of(problem), seed=9)
    other.breed(1)

    other.add(better.starts, better.modes)

    found = other.best()
    assert found is not None
    assert found.score.makespan == better.score.makespan


def test_it_ends_at_the_target():
    assert Walk(site_of(random_project())).breed(10_000, target=10_000) < 100  # one step


def test_it_ends_at_once_when_another_thread_says_so():
    walk = Walk(site_of(random_project(tasks=200)))
    thread = threading.Thread(target=walk.breed, args=(10**9,))
    thread.start()

    walk.stop()
    thread.join(timeout=20)

    assert not thread.is_alive()


def test_there_is_no_way_where_nothing_can_be_built():
    too_much = Task("a", (Mode("only", 1, (Demand("crew", 4),)),))
    walk = Walk(site_of(PlanningProblem((too_much,), (), CREW)))

    walk.breed(100)

    assert walk.best() is None


def test_no_tasks_are_no_work():
    assert Walk(site_of(PlanningProblem(()))).breed(100) == 0


def test_a_portfolio_of_thousands_is_planned_within_a_few_schedules_and_repeats():
    problem = portfolio(projects=MANY // 40, each=40)
    problem = replace(problem, resources=tuple(replace(r, capacity=40) for r in problem.resources))

    first, again = (solve_plan(problem, schedules=60) for _ in range(2))

    assert first.plan is not None
    assert first.plan == again.plan
    assert broken_rules(problem, first.plan) == []
