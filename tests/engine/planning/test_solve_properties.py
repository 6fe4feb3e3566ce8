"""Random small problems with every feature: sound plans, true bounds, the best of all plans."""

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as some

from binglian.engine.planning.judge.feasibility import broken_rules
from binglian.engine.planning.judge.tiers import exact_tiers
from binglian.engine.planning.problem import PlanningProblem
from binglian.engine.planning.result import PlanningResult, Status, Tiers
from binglian.engine.planning.solve import solve_plan
from tests.engine.planning.problems import problems
from tests.engine.planning.trying_everything import TooMany, best_tiers, is_sound

FEW = settings(max_examples=40)


def best_of_all(problem: PlanningProblem) -> Tiers | None:
    """Return what the best plan is worth; passes over problems with too many plans."""
    try:
        return best_tiers(problem, most_tries=3_000)
    except TooMany:
        assume(False)
        raise


def aims(tiers: Tiers) -> tuple[float, ...]:
    """Return the aims that a proof is about."""
    return tiers.overrun, tiers.lateness, tiers.makespan, tiers.moved


def solve(problem: PlanningProblem, seed: int = 0) -> PlanningResult:
    return solve_plan(problem, seconds=60, seed=seed)  # ends when proved


@FEW
@given(problems(), some.integers(0, 99))
def test_the_plan_is_as_good_as_the_best_of_all_plans(problem, seed):
    best = best_of_all(problem)

    result = solve(problem, seed)

    if best is None:
        assert (result.status, result.plan) == (Status.INFEASIBLE, None)
    else:
        assert (result.status, aims(result.tiers)) == (Status.OPTIMAL, aims(best))
        assert is_sound(problem, result.plan)
        assert result.bound <= best.makespan


@FEW
@given(problems(most_tasks=8), some.integers(1, 20))
def test_every_answer_is_sound_and_its_bound_true_however_short_the_run(problem, schedules):
    hasty = solve_plan(problem, schedules=schedules)
    result = solve(problem)

    assert (hasty.plan is None) or broken_rules(problem, hasty.plan) == []
    if result.status is Status.OPTIMAL:
        assert broken_rules(problem, result.plan) == []
        assert result.tiers == exact_tiers(problem, result.plan)
        assert max(hasty.bound, result.bound) <= result.tiers.makespan
        if hasty.tiers is not None:
            assert aims(hasty.tiers) >= aims(result.tiers)
    else:
        assert (result.status, hasty.plan) == (Status.INFEASIBLE, None)


@FEW
@given(problems(most_tasks=8), some.data())
def test_with_fewer_rules_the_best_plan_is_never_worse(problem, data):
    result = solve(problem)
    assume(result.status is Status.OPTIMAL)
    freer = replace(
        problem,
        precedences=tuple(tie for tie in problem.precedences if data.draw(some.booleans())),
        resources=tuple(
            replace(one, capacity=one.capacity + data.draw(some.integers(0, 2)))
            for one in problem.resources
        ),
    )

    better = solve(freer)

    assert better.status is Status.OPTIMAL
    assert aims(better.tiers) <= aims(result.tiers)


@FEW
@given(problems(most_tasks=8), some.integers(0, 99))
def test_the_same_seed_and_work_give_the_same_plan(problem, seed):
    first, second = (solve_plan(problem, schedules=200, seed=seed) for _ in range(2))

    assert (first.plan, first.bound, first.status) == (second.plan, second.bound, second.status)
