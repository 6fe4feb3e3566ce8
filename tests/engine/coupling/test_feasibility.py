"""The judge names every broken rule, counts exactly, and bounds every answer."""

from fractions import Fraction

import pytest

from binglian.engine.coupling.feasibility import (
    broken_rules,
    exact_tiers,
    objective_of,
    share_served,
    upper_bound,
)
from binglian.engine.coupling.problem import Component, CouplingProblem, Kept, Pair

from .builders import a_need, a_problem, an_offer

pytestmark = pytest.mark.once


def test_a_sound_answer_breaks_nothing():
    problem = a_problem([an_offer("甲", 15)], [a_need("乙"), a_need("丙")])

    assert broken_rules(problem, (10, 0)) == []


def test_the_number_of_quantities_must_be_the_number_of_pairs():
    assert broken_rules(a_problem([an_offer()], [a_need()]), ()) == ["0 quantities for 1 pairs."]


def test_quantities_are_whole_and_not_negative():
    problem = a_problem([an_offer()], [a_need(all_or_nothing=False)])

    assert broken_rules(problem, (-1,)) == ["Pair 0 sends -1."]
    assert broken_rules(problem, (2.5,)) == ["Pair 0 sends 2.5."]


def test_an_offer_never_gives_more_than_it_has():
    problem = a_problem([an_offer("甲", 15)], [a_need("乙"), a_need("丙")])

    assert broken_rules(problem, (10, 10)) == ["Offer 甲 gives 20 of 15."]


def test_earlier_commitments_use_the_offer():
    problem = a_problem([an_offer("甲", 15)], [a_need("乙"), a_need("丙")], Kept(0, 0, 0, 10))

    assert broken_rules(problem, (0, 10)) == ["Offer 甲 gives 20 of 15."]


def test_a_component_never_receives_more_than_it_asked():
    problem = a_problem([an_offer("甲", 30)], [a_need("乙")], Kept(0, 0, 0, 4))

    assert broken_rules(problem, (10,)) == ["Need 乙 gets 14 of 10 in part 0."]


def test_a_supply_is_at_least_the_lot():
    problem = a_problem([an_offer("甲", 30, lot=6)], [a_need("乙", all_or_nothing=False)])

    assert broken_rules(problem, (5,)) == ["Offer 甲 gives need 乙 only 5, less than its lot 6."]
    assert broken_rules(problem, (6,)) == []


def test_a_bundle_comes_whole_or_not_at_all():
    problem = a_problem([an_offer("甲", 30)], [a_need("乙", 4, 6)])

    assert broken_rules(problem, (4, 5)) == ["Need 乙 is all or nothing but lacks 1 in part 1."]
    assert broken_rules(problem, (0, 0)) == []


def test_suppliers_are_counted_over_the_whole_need_with_earlier_ones():
    offers = [an_offer("甲", 5), an_offer("乙", 5), an_offer("丙", 5)]
    problem = a_problem(offers, [a_need("需方", 5, 5, max_suppliers=1)], Kept(2, 0, 0, 1))

    assert broken_rules(problem, (4, 0, 0, 0, 5, 0)) == ["Need 需方 has 3 suppliers of 1."]


@pytest.mark.parametrize(
    ("offer", "need", "sentence"),
    [
        ({"organisation": "需方"}, {}, "both are of 需方."),
        ({"excludes": {"需方"}}, {}, "it does not serve 需方."),
        ({}, {"rules_out": {"供方"}}, "the need rules out 供方."),
        ({"conditions": {"收费"}}, {"refuses": {"收费"}}, "the need refuses 收费."),
        ({"kind": "venue"}, {}, "venue is not seats."),
    ],
)
def test_a_pair_made_by_hand_still_respects_what_both_sides_said(offer, need, sentence):
    problem = CouplingProblem(
        (an_offer(ref="R1", **offer),), (a_need(ref="N1", **need),), (Pair(0, 0, 0),)
    )

    assert broken_rules(problem, (10,)) == [f"Offer R1 serves need N1, but {sentence}"]
    assert broken_rules(problem, (0,)) == []


def test_the_three_aims_are_counted_exactly():
    offers = (an_offer("甲", 30), an_offer("乙", 30))
    needs = (
        a_need("丙", 10, priority=3),
        a_need("丁", 3, 7, all_or_nothing=False, priority=2),
        a_need("戊"),
    )
    pairs = (Pair(0, 0, 0, 0.5), Pair(0, 1, 0, 1.0), Pair(0, 2, 0, 0.25), Pair(1, 1, 1, 1.0))
    problem = CouplingProblem(offers, needs, pairs)

    # 甲 carries 1 + 1/6 + 1 needs: its first is free, its second costs 1, its third 2.
    assert exact_tiers(problem, (10, 1, 10, 0)) == (
        Fraction(21, 2),
        Fraction(11, 12),
        Fraction(4, 3),
    )


def test_a_commitment_that_covers_the_need_counts_as_served():
    problem = a_problem([an_offer("甲", 30)], [a_need("乙")], Kept(0, 0, 0, 10))

    assert objective_of(problem, (0,)) == 1
    assert share_served(problem, (0,), 0) == 1


def test_any_prices_bound_the_best_answer():
    problem = a_problem([an_offer("甲", 15)], [a_need("乙", priority=3), a_need("丙")])

    assert upper_bound(problem, (0.0,)) == 10
    assert upper_bound(problem, (0.125,)) == 9.625  # 15 units sold, 乙 pays 10 of them
    assert upper_bound(problem, (-3.0,)) == 10


def test_the_bound_of_a_partial_need_counts_only_what_pays():
    need = a_need("乙", 10, all_or_nothing=False)
    problem = a_problem([an_offer("甲", 5), an_offer("丙", 5)], [need])

    assert upper_bound(problem, (0.0, 0.0)) == 1
    assert upper_bound(problem, (1.0, 0.0)) == 5.5


def test_the_bound_keeps_what_earlier_commitments_serve():
    problem = a_problem([an_offer("甲", 10)], [a_need("乙"), a_need("丙")], Kept(0, 0, 0, 10))

    assert upper_bound(problem, (0.0,)) == 1


def test_the_judge_accepts_a_component_list_of_several_kinds():
    need = a_need("乙", components=(Component("seats", 2), Component("venue", 1)))
    problem = a_problem([an_offer("甲", 2), an_offer("丙", 1, kind="venue")], [need])

    assert broken_rules(problem, (2, 1)) == []
