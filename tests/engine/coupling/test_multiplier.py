"""What pooling is worth, and to whom it is owed, on cases worked out by hand."""

from dataclasses import replace

import pytest

from benchmarks.coupling.generator import random_problem
from binglian.engine.coupling.clock import Clock
from binglian.engine.coupling.effect.figures import Leverage, leverage, reuse_factor
from binglian.engine.coupling.effect.multiplier import Attribution, Multiplier, measure_multiplier
from binglian.engine.coupling.problem import Budget, Component, CouplingProblem, Kept, Supplies

from .builders import a_need, a_problem, an_offer

pytestmark = pytest.mark.once


def contributions(measured: Multiplier) -> dict[str, float]:
    return {row.organisation: round(row.contribution, 9) for row in measured.contributions}


def test_two_who_only_help_each_other_have_a_surplus_but_no_multiplier():
    offers = [an_offer("甲", kind="seats"), an_offer("乙", kind="venue")]
    venue = (Component("venue", 10),)

    measured = measure_multiplier(a_problem(offers, [a_need("乙"), a_need("甲", components=venue)]))

    assert (measured.together, measured.alone, measured.surplus) == (2, 0, 2)
    assert measured.multiplier is None
    assert contributions(measured) == {"乙": 1, "甲": 1}


def test_whoever_serves_itself_counts_as_acting_alone():
    problem = a_problem([an_offer("甲", 20)], [a_need("甲"), a_need("乙")])

    measured = measure_multiplier(problem)

    assert (measured.together, measured.alone, measured.multiplier) == (2, 1, 2)
    assert [(row.organisation, row.alone) for row in measured.contributions] == [
        ("乙", 0),
        ("甲", 1),
    ]
    assert contributions(measured) == {"乙": 0.5, "甲": 1.5}


def test_nobody_serves_itself_against_its_own_wish():
    offer = an_offer("甲", 20, excludes={"甲"})

    measured = measure_multiplier(a_problem([offer], [a_need("甲"), a_need("乙")]))

    assert (measured.together, measured.alone) == (1, 0)


def test_members_who_can_stand_in_for_each_other_are_owed_little():
    offers = [an_offer("乙"), an_offer("甲")]

    measured = measure_multiplier(a_problem(offers, [a_need("丙")]))

    assert contributions(measured) == {"丙": round(2 / 3, 9), "乙": round(1 / 6, 9)} | {
        "甲": round(1 / 6, 9)
    }
    assert measured.attribution == Attribution.EXACT


def test_members_stand_in_the_order_of_their_names_and_not_of_their_worth():
    offers = [an_offer("A", 10), an_offer("C", 20, kind="venue"), an_offer("B", 10)]
    needs = [a_need("A", components=(Component("venue", 20),), priority=3), a_need("D")]

    measured = measure_multiplier(a_problem(offers, needs))

    assert [row.organisation for row in measured.contributions] == ["A", "B", "C", "D"]


def test_earlier_commitments_are_left_aside():
    problem = a_problem(
        [an_offer("甲")], [a_need("乙"), a_need("丙", priority=2)], Kept(0, 0, 0, 9)
    )

    assert measure_multiplier(problem).together == 3


def test_everybody_alone_has_the_whole_budget():
    offers = [an_offer("甲", price=1), an_offer("乙", price=1)]
    needs = [a_need("甲", budget="基金"), a_need("乙", budget="基金")]

    measured = measure_multiplier(a_problem(offers, needs, budgets=(Budget("基金", 10),)))

    assert (measured.together, measured.alone) == (1, 2)


@pytest.fixture(scope="module")
def alliance() -> CouplingProblem:
    return random_problem(36, seed=5)


@pytest.mark.parametrize("way", Attribution)
def test_contributions_add_up_to_what_all_reach_together(alliance, way):
    measured = measure_multiplier(alliance, attribution=way, orders=4, seconds=60)

    assert measured.attribution == way
    total = sum(row.contribution for row in measured.contributions)
    assert total == pytest.approx(measured.together, rel=1e-6 + measured.gap)


def test_samples_agree_with_all_groups_within_their_errors():
    offers = [an_offer(name, 5 + 3 * i) for i, name in enumerate("甲乙")]
    needs = [
        a_need(name, 7, ref=f"{name}需", priority=1 + i % 3) for i, name in enumerate("己庚甲辛壬")
    ]
    problem = a_problem(offers, needs)
    exact = contributions(measure_multiplier(problem, attribution=Attribution.EXACT, seconds=60))

    sampled = measure_multiplier(problem, attribution=Attribution.SAMPLED, orders=200, seconds=60)

    away = [
        abs(row.contribution - exact[row.organisation]) / max(1e-9, row.standard_error or 0.0)
        for row in sampled.contributions
        if abs(row.contribution - exact[row.organisation]) > 1e-9
    ]
    assert [distance for distance in away if distance > 4] == []


def test_the_same_seed_draws_the_same_orders(alliance):
    once, again = (
        measure_multiplier(alliance, attribution=Attribution.SAMPLED, orders=4, seed=3, seconds=60)
        for _ in range(2)
    )

    assert once.contributions == again.contributions


def test_prices_tell_when_the_time_is_over(alliance):
    clock = Clock(60)
    clock.was_stopped = True

    measured = measure_multiplier(alliance, clock=clock, attribution=Attribution.EXACT)

    assert measured.attribution == Attribution.PRICES
    assert {row.standard_error for row in measured.contributions} == {None}


def test_an_offer_used_three_times_is_reused():
    problem = a_problem(
        [an_offer("甲", 30), an_offer("乙", 1)],
        [a_need("丙"), a_need("丁"), a_need("戊")],
        Kept(0, 2, 0, 10),
    )
    rows = {(pair.offer, pair.need): p for p, pair in enumerate(problem.pairs)}
    supplies = Supplies.of([(rows[0, 0], 0, 10), (rows[0, 1], 0, 10)])

    assert reuse_factor(problem, supplies) == 3
    assert reuse_factor(replace(problem, kept=()), Supplies.of([])) is None


def test_leverage_weighs_what_others_deliver_against_the_cores():
    problem = a_problem(
        [an_offer("牵头", 10), an_offer("成员", 10)],
        [a_need("丙", 10, priority=3), a_need("丁", 5, 5, all_or_nothing=False)],
    )
    rows = {(p.offer, p.need, p.component): i for i, p in enumerate(problem.pairs)}
    supplies = Supplies.of([(rows[1, 0, 0], 0, 10), (rows[0, 1, 0], 0, 5)])

    found = leverage(problem, supplies, {"牵头"})

    assert (found, found.factor) == (Leverage(0.5, 9), 18)
