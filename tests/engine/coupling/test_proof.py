"""Prices bound every answer: by hand, and against trying everything."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from binglian.engine.coupling.certificate.proof import upper_bound
from binglian.engine.coupling.judge.feasibility import broken_rules, exact_tiers
from binglian.engine.coupling.problem import (
    Budget,
    Component,
    CouplingProblem,
    Kept,
    Organisation,
    Pair,
    Supplies,
    Window,
)
from binglian.engine.coupling.result import Prices

from .builders import a_need, a_problem, an_offer
from .problems import prices_for, small_problems, supplies_for
from .trying_everything import best_by_trying_everything, is_sound, served_and_fit

pytestmark = pytest.mark.once

DAYS = tuple(Window(weekdays=1 << day) for day in range(3))


def priced(problem: CouplingProblem, *offers, effort=(), budget=()) -> Prices:
    """Prices of the offers, each the same in every slot unless a row is given."""
    rows = [row if isinstance(row, tuple) else (row,) * problem.slot_count for row in offers]
    return Prices(np.array(rows, dtype=float), np.array(effort), np.array(budget))


def test_free_of_charge_everybody_is_served():
    problem = a_problem([an_offer("甲", 15)], [a_need("乙", priority=3), a_need("丙")])

    assert upper_bound(problem, Prices.none(problem)) == 10


def test_a_price_bounds_the_best_answer():
    needs = [a_need("乙", priority=3), a_need("丙", weight=1.01)]
    problem = a_problem([an_offer("甲", 15)], needs)

    # 15 units sold bring 1.875; 乙 pays 1.25 of its 9, 丙 cannot pay.
    assert upper_bound(problem, priced(problem, 0.125)) == pytest.approx(9.625, abs=1e-12)


def test_where_only_steps_are_possible_the_bound_is_one():
    problem = a_problem([an_offer("甲", 15)], [a_need("乙", priority=3), a_need("丙")])

    assert upper_bound(problem, priced(problem, 0.125)) == 9  # not 9.625


def test_prices_that_are_no_positive_numbers_count_as_nothing():
    problem = a_problem([an_offer("甲", 15)], [a_need("乙", priority=3), a_need("丙")])

    for price in (-3.0, math.nan, math.inf):
        assert upper_bound(problem, priced(problem, price)) == 10


def test_prices_of_another_problem_are_refused():
    problem = a_problem([an_offer("甲", 15)], [a_need("乙")])

    with pytest.raises(ValueError, match=r"prices.offer: shape \(2, 1\) instead of \(1, 1\)"):
        upper_bound(problem, priced(problem, 1.0, 1.0))


def test_a_partial_need_takes_only_what_pays():
    need = a_need("乙", 10, all_or_nothing=False)
    problem = a_problem([an_offer("甲", 5), an_offer("丙", 5)], [need])

    assert upper_bound(problem, priced(problem, 0.0, 0.0)) == pytest.approx(1, abs=1e-12)
    assert upper_bound(problem, priced(problem, 1.0, 0.0)) == pytest.approx(5.5, abs=1e-12)


def test_the_bound_is_never_below_the_exact_value():
    need = a_need("乙", 3, 7, 9, all_or_nothing=False, weight=0.1)
    problem = a_problem([an_offer("甲", 19)], [need])

    assert 0.1 <= upper_bound(problem, Prices.none(problem)) <= 0.1 * (1 + 1e-12)


def test_the_bound_keeps_what_commitments_serve():
    problem = a_problem([an_offer("甲", 10)], [a_need("乙"), a_need("丙")], Kept(0, 0, 0, 10))

    assert upper_bound(problem, Prices.none(problem)) == 1


def test_a_room_has_its_own_price_in_every_slot():
    needs = [a_need("乙", weight=1.01), a_need("丙", weight=1.01)]
    problem = a_problem([an_offer("甲", 10, renews=True)], needs, slots=DAYS)

    # Both take Tuesday for nothing; the other slots are sold for 1 and 2.
    assert upper_bound(problem, priced(problem, (0.1, 0.0, 0.2))) == pytest.approx(5.02, abs=1e-12)


def test_a_need_of_several_times_takes_the_cheapest_slots_or_the_cheapest_run():
    facts = {"weight": 5.01, "times": 2}
    offer = an_offer("甲", 10, renews=True)
    any_slots = a_problem([offer], [a_need("乙", **facts)], slots=DAYS)
    in_a_row = a_problem([offer], [a_need("乙", consecutive=True, **facts)], slots=DAYS)
    prices = priced(any_slots, (0.1, 0.2, 0.1))

    # 4 from selling three slots, and 5.01 less two slots at 1, or at 1 and 2.
    assert upper_bound(any_slots, prices) == pytest.approx(4 + 3.01, abs=1e-12)
    assert upper_bound(in_a_row, prices) == pytest.approx(4 + 2.01, abs=1e-12)


def test_effort_and_money_have_prices_too():
    problem = a_problem(
        [an_offer("甲", 10, effort=2, price=3, setup_price=5)],
        [a_need("乙", 10, weight=40.01, budget="拨款")],
        organisations=(Organisation("甲", 20),),
        budgets=(Budget("拨款", 35),),
    )
    prices = priced(problem, 0.5, effort=(0.25,), budget=(0.125,))

    # Everything is used up exactly, so what is charged is what is sold.
    assert upper_bound(problem, prices) == pytest.approx(40.01, abs=1e-12)


def test_setting_up_is_spread_over_the_largest_supply_and_a_tie_over_the_smallest():
    need = a_need("乙", 10)
    dear = CouplingProblem((an_offer("甲", 40, setup_cost=0.5),), (need,), (Pair(0, 0, 0),))
    liked = CouplingProblem(
        (an_offer("甲", 40, lot=5),), (need,), (Pair(0, 0, 0, fixed=2.0, value=-0.01),)
    )

    assert upper_bound(dear, Prices.none(dear)) == pytest.approx(0.5, abs=1e-12)
    assert upper_bound(liked, Prices.none(liked)) == pytest.approx(2.9, abs=1e-12)


def test_a_sole_supplier_must_cover_its_part_alone():
    part = Component("seats", 10, max_suppliers=1)
    offers = [an_offer("甲", 5), an_offer("丙", 5), an_offer("丁", 10)]
    problem = a_problem(offers, [a_need("乙", components=(part,), weight=2.01)])

    # 甲 and 丙 are free but too small; 丁 sells itself for 1.
    assert upper_bound(problem, priced(problem, 0.0, 0.0, 0.1)) == pytest.approx(2.01, abs=1e-12)


def test_numbers_beyond_64_bits_are_bounded_too():
    pairs = (Pair(0, 0, 0, use=2**40),)
    problem = CouplingProblem((an_offer("甲", 2**62),), (a_need("乙", 2**22),), pairs)

    assert upper_bound(problem, priced(problem, 2.0**-62)) == 1


@settings(max_examples=150)
@given(drawn=some.data())
def test_any_prices_bound_the_best_answer(drawn):
    problem = drawn.draw(small_problems())
    served, _ = best_by_trying_everything(problem)

    assert upper_bound(problem, drawn.draw(prices_for(problem))) >= served


@settings(max_examples=150)
@given(drawn=some.data())
def test_the_judge_agrees_with_the_rules_read_once_more(drawn):
    problem = drawn.draw(small_problems())
    rows = drawn.draw(supplies_for(problem))
    supplies = Supplies.of(rows)

    assert (broken_rules(problem, supplies) == []) is is_sound(problem, rows)
    served, fit = served_and_fit(problem, rows)
    assert exact_tiers(problem, supplies)[:2] == (float(served), float(fit))
