"""Filling needs one by one from what is left: always sound, by the judge's own word."""

import pytest
from hypothesis import given, settings

from binglian.engine.coupling.explaining.diagnosis import unmet_needs
from binglian.engine.coupling.explaining.explain import (
    missing_sentence,
    reasons_for_matches,
    sentence,
    would_help,
)
from binglian.engine.coupling.explaining.fill import fill
from binglian.engine.coupling.explaining.leftover import Leftover
from binglian.engine.coupling.explaining.trial import Terms
from binglian.engine.coupling.explaining.wishes import most_wanted, wish_sentence
from binglian.engine.coupling.judge.feasibility import broken_rules, objective_of, shares_served
from binglian.engine.coupling.pairs import Supplies
from binglian.engine.coupling.problem import CouplingProblem
from binglian.engine.coupling.what_if import with_offer

from .hand_made import answered
from .problems import small_problems

pytestmark = pytest.mark.once


def one_after_another(problem: CouplingProblem) -> tuple[Supplies, float]:
    """Fill the needs in their order; return the answer and what it earns beside commitments."""
    left, rows, earned = Leftover(problem), [], 0.0
    for n, need in enumerate(problem.needs):
        filled = fill(left, n, Terms(picky=True))
        if filled.rows and (filled.is_complete or not need.all_or_nothing):
            left.give(n, filled.rows)
            rows += [(choice.pair, t, quantity) for choice, _, t, quantity in filled.rows]
            earned += filled.worth - filled.cost
    return Supplies.of(rows), earned


@given(small_problems())
@settings(max_examples=100)
def test_what_is_filled_breaks_no_rule(problem):
    supplies, _ = one_after_another(problem)

    assert broken_rules(problem, supplies) == []


@given(small_problems())
@settings(max_examples=100)
def test_what_is_filled_earns_what_it_says(problem):
    supplies, earned = one_after_another(problem)
    nothing = objective_of(problem, Supplies.of([]))

    assert objective_of(problem, supplies) - nothing == pytest.approx(earned)


@given(small_problems())
@settings(max_examples=100)
def test_shares_are_those_of_the_judge(problem):
    supplies, _ = one_after_another(problem)
    after = Leftover(problem).after(supplies)

    shares = [after.share(n) for n in range(len(problem.needs))]

    assert shares == pytest.approx(shares_served(problem, supplies).tolist())


@given(small_problems())
@settings(max_examples=60)
def test_everything_unmet_is_explained_in_both_languages(problem):
    supplies, _ = one_after_another(problem)
    result = answered(problem, *supplies)

    for unmet in unmet_needs(problem, result):
        for language in ("zh", "en"):
            said = sentence(unmet, language)
            assert said
            assert "{" not in said + missing_sentence(unmet, language) + would_help(unmet, language)
    assert all(reasons_for_matches(problem, result, sorted(set(supplies.pair.tolist())), "zh"))


@given(small_problems())
@settings(max_examples=60)
def test_a_wish_can_be_carried_out_beside_the_answer(problem):
    supplies, _ = one_after_another(problem)
    result = answered(problem, *supplies)

    for wish in most_wanted(problem, result):
        longer = with_offer(problem, wish.offer)
        left, gained = Leftover(longer).after(supplies), 0.0
        for n in (*wish.needs, *wish.partly):
            filled = fill(left, n, Terms(picky=True))
            left.give(n, filled.rows)
            gained += filled.worth - filled.cost
        assert wish.gain > 0
        assert wish_sentence(problem, wish, "zh")
        assert wish_sentence(problem, wish, "en")
