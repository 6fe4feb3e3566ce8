"""Small random problems with every feature: the answer equals trying everything."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from binglian.engine.coupling.feasibility import broken_rules, exact_tiers, upper_bound
from binglian.engine.coupling.problem import Component, CouplingProblem, Kept, Need, Offer, Pair
from binglian.engine.coupling.result import Status
from binglian.engine.coupling.solve import solve_coupling

from .builders import best_by_trying_everything

pytestmark = pytest.mark.once

GIVERS, TAKERS = ("甲", "乙", "丙"), ("丁", "戊")


@some.composite
def small_problems(draw: some.DrawFn) -> CouplingProblem:
    offers = tuple(
        Offer(
            ref=f"R{i}",
            organisation=draw(some.sampled_from(GIVERS)),
            title="",
            kind="seats",
            quantity=draw(some.integers(0, 5)),
            lot=draw(some.integers(1, 3)),
        )
        for i in range(draw(some.integers(1, 3)))
    )
    needs = tuple(
        Need(
            ref=f"N{i}",
            organisation=draw(some.sampled_from(TAKERS)),
            title="",
            components=tuple(
                Component("seats", draw(some.integers(1, 4)))
                for _ in range(draw(some.integers(1, 2)))
            ),
            priority=draw(some.integers(1, 3)),
            beneficiaries=draw(some.sampled_from((0, 3, 40))),
            all_or_nothing=draw(some.booleans()),
            max_suppliers=draw(some.sampled_from((None, 1, 2))),
        )
        for i in range(draw(some.integers(1, 3)))
    )
    ends = [
        (o, n, c)
        for o in range(len(offers))
        for n, need in enumerate(needs)
        for c in range(len(need.components))
    ]
    paired = draw(some.lists(some.sampled_from(ends), unique=True, max_size=5))
    pairs = tuple(Pair(*end, draw(some.sampled_from((0.25, 0.5, 1.0)))) for end in paired)
    committed = draw(some.lists(some.sampled_from(ends), unique=True, max_size=1))
    kept = tuple(Kept(*end, draw(some.integers(1, 3))) for end in committed)
    return CouplingProblem(offers, needs, pairs, kept)


@settings(max_examples=120, deadline=None)
@given(problem=small_problems(), prices=some.lists(some.floats(0, 5), min_size=3, max_size=3))
def test_the_answer_is_sound_bounded_and_as_good_as_any(problem, prices):
    result = solve_coupling(problem, seconds=20)

    assert broken_rules(problem, result.quantities) == []
    assert result.status is Status.OPTIMAL
    assert result.bound == result.objective
    served, fit, _ = exact_tiers(problem, result.quantities)
    assert (float(served), float(fit)) == best_by_trying_everything(problem)
    assert upper_bound(problem, result.prices) >= served
    assert upper_bound(problem, prices[: len(problem.offers)]) >= served
