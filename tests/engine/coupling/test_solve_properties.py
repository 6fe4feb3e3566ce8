"""Small random problems with every feature: the answer equals trying everything."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from binglian.engine.coupling.certificate.proof import upper_bound
from binglian.engine.coupling.judge.feasibility import broken_rules, exact_tiers
from binglian.engine.coupling.problem import CouplingProblem, Need, Offer, Pair
from binglian.engine.coupling.result import CouplingResult, Status
from binglian.engine.coupling.solve import solve_coupling

from .problems import offers, small_problems
from .trying_everything import best_by_trying_everything

pytestmark = pytest.mark.once


def proven(problem: CouplingProblem) -> CouplingResult:
    """Solve, and insist on a proof."""
    result = solve_coupling(problem, seconds=20)
    assert result.status is Status.OPTIMAL
    return result


@settings(max_examples=200)
@given(problem=small_problems())
def test_the_answer_is_sound_bounded_and_as_good_as_any(problem):
    result = proven(problem)

    assert broken_rules(problem, result.supplies) == []
    served, fit, crowding = exact_tiers(problem, result.supplies)
    assert (served, fit) == best_by_trying_everything(problem)
    assert (result.tiers.served, result.tiers.fit) == (served, fit)
    assert result.tiers.crowding == crowding
    assert result.bound == result.objective == served
    assert upper_bound(problem, result.prices) >= served


@settings(max_examples=60)
@given(problem=small_problems(), drawn=some.data())
def test_a_further_offer_never_lowers_the_optimum(problem, drawn):
    further = drawn.draw(offers("R9", problem.slots))
    row = len(problem.offers)
    ends = [(n, c) for n, need in enumerate(problem.needs) for c in range(len(need.components))]
    pairs = [*problem.pairs, *(Pair(row, n, c) for n, c in ends)]
    more = replace(problem, offers=(*problem.offers, further), pairs=tuple(pairs))

    assert proven(more).objective >= proven(problem).objective


@settings(max_examples=60)
@given(problem=small_problems())
def test_other_names_change_nothing(problem):
    def renamed(word: str) -> str:
        return f"{word}改"

    def offer(row: Offer) -> Offer:
        return replace(row, ref=renamed(row.ref), organisation=renamed(row.organisation))

    def need(row: Need) -> Need:
        payer = None if row.budget is None else renamed(row.budget)
        organisation = renamed(row.organisation)
        return replace(row, ref=renamed(row.ref), organisation=organisation, budget=payer)

    other = replace(
        problem,
        offers=tuple(map(offer, problem.offers)),
        needs=tuple(map(need, problem.needs)),
        organisations=tuple(replace(o, ref=renamed(o.ref)) for o in problem.organisations),
        budgets=tuple(replace(b, ref=renamed(b.ref)) for b in problem.budgets),
    )

    assert (
        solve_coupling(other, seconds=20).supplies == solve_coupling(problem, seconds=20).supplies
    )


@settings(max_examples=60)
@given(problem=small_problems(), drawn=some.data())
def test_another_order_of_the_rows_changes_no_aim(problem, drawn):
    other = reordered(problem, lambda rows: drawn.draw(some.permutations(range(rows))))

    mine, theirs = proven(problem), proven(other)
    assert (theirs.objective, theirs.tiers.fit) == (mine.objective, mine.tiers.fit)


@settings(max_examples=60)
@given(problem=small_problems())
def test_finer_units_never_serve_less(problem):
    """Whatever fits in whole units still fits when each is two halves."""
    assert proven(in_halves(problem)).objective >= proven(problem).objective


@settings(max_examples=40)
@given(problem=small_problems())
def test_an_earlier_answer_is_a_start_that_changes_nothing(problem):
    first = proven(problem)

    again = solve_coupling(problem, seconds=20, warm_start=first.supplies, warm_prices=first.prices)

    assert (again.objective, again.status) == (first.objective, Status.OPTIMAL)


@settings(max_examples=60)
@given(problem=small_problems())
def test_stopped_at_once_the_answer_is_sound_and_bounded(problem):
    result = solve_coupling(problem, seconds=20, should_stop=lambda: True)

    assert broken_rules(problem, result.supplies) == []
    served = exact_tiers(problem, result.supplies)[0]
    best, _ = best_by_trying_everything(problem)
    assert served == result.objective <= best <= result.bound
    assert upper_bound(problem, result.prices) >= best


def reordered(problem: CouplingProblem, order: Callable[[int], list[int]]) -> CouplingProblem:
    """The same problem with its offers, needs and pairs in another order."""
    offer_at, need_at = order(len(problem.offers)), order(len(problem.needs))
    offer_row, need_row = np.argsort(offer_at), np.argsort(need_at)
    pairs = [problem.pairs[p] for p in order(len(problem.pairs))]

    def moved(row):
        return replace(row, offer=int(offer_row[row.offer]), need=int(need_row[row.need]))

    return replace(
        problem,
        offers=tuple(problem.offers[o] for o in offer_at),
        needs=tuple(problem.needs[n] for n in need_at),
        pairs=tuple(map(moved, pairs)),
        kept=tuple(map(moved, problem.kept)),
    )


def in_halves(problem: CouplingProblem) -> CouplingProblem:
    """The same problem in units half as large; money and effort too, so that nothing costs less."""

    def offer(row: Offer) -> Offer:
        setup_price = 2 * row.setup_price
        return replace(row, quantity=2 * row.quantity, lot=2 * row.lot, setup_price=setup_price)

    def need(row: Need) -> Need:
        parts = (replace(part, quantity=2 * part.quantity) for part in row.components)
        return replace(row, components=tuple(parts))

    return replace(
        problem,
        offers=tuple(map(offer, problem.offers)),
        needs=tuple(map(need, problem.needs)),
        pairs=tuple(replace(pair, value=pair.value / 2) for pair in problem.pairs),
        kept=tuple(replace(kept, quantity=2 * kept.quantity) for kept in problem.kept),
        organisations=tuple(
            replace(row, effort_limit=2 * row.effort_limit) for row in problem.organisations
        ),
        budgets=tuple(replace(row, amount=2 * row.amount) for row in problem.budgets),
        scale=2 * problem.scale,
    )
