"""What solving promises, on cases small enough to work out by hand."""

from dataclasses import replace

import pytest

from benchmarks.coupling.generator import random_problem
from binglian.engine.coupling.certificate.proof import upper_bound
from binglian.engine.coupling.problem import Component, CouplingProblem, Kept, Pair, Supplies
from binglian.engine.coupling.result import Prices, Status, Tiers
from binglian.engine.coupling.solve import solve_coupling

from .builders import a_need, a_problem, an_offer
from .solving import solved

pytestmark = pytest.mark.once


def test_scarce_space_goes_to_the_weightier_need():
    problem = a_problem([an_offer("甲", 10)], [a_need("乙"), a_need("丙", priority=2)])

    result = solved(problem)

    assert result.supplies == Supplies.at_once((0, 10))
    assert (result.status, result.objective, result.bound, result.gap) == (Status.OPTIMAL, 3, 3, 0)


def test_two_small_needs_may_outweigh_a_larger_one():
    needs = [a_need("乙", 10, beneficiaries=20), a_need("丙", 5), a_need("丁", 5, beneficiaries=9)]

    result = solved(a_problem([an_offer("甲", 10)], needs))

    assert result.supplies == Supplies.at_once((0, 5, 5))  # 1 + 2 against 2.25


def test_a_bundle_takes_nothing_when_one_component_lacks():
    bundle = a_need("乙", components=(Component("seats", 5), Component("venue", 1)), priority=3)

    result = solved(a_problem([an_offer("甲", 5)], [bundle, a_need("丙", 5)]))

    assert result.supplies == Supplies.at_once((0, 5))


def test_a_partial_need_takes_what_is_left():
    problem = a_problem([an_offer("甲", 13)], [a_need("乙", all_or_nothing=False), a_need("丙")])

    result = solved(problem)

    assert result.supplies == Supplies.at_once((3, 10))
    assert result.objective == 1.3


def test_several_offers_may_serve_one_need_together():
    result = solved(a_problem([an_offer("甲", 4), an_offer("丙", 6)], [a_need("乙")]))

    assert result.supplies == Supplies.at_once((4, 6))


def test_a_supplier_limit_keeps_organisations_few():
    offers = [an_offer("甲", 4), an_offer("丙", 6), an_offer("丁", 10)]

    result = solved(a_problem(offers, [a_need("乙", max_suppliers=1), a_need("戊")]))

    assert result.supplies == Supplies.at_once((0, 0, 10, 4, 6, 0))


def test_two_offers_of_one_organisation_are_one_supplier():
    offers = [an_offer("甲", 4, ref="甲1"), an_offer("甲", 6, ref="甲2")]

    assert solved(a_problem(offers, [a_need("乙", max_suppliers=1)])).objective == 1


def test_a_lot_is_respected_even_when_it_costs_a_need():
    offers = [an_offer("甲", 7), an_offer("丙", 20, lot=5)]

    result = solved(a_problem(offers, [a_need("乙", 4), a_need("丁", 10), a_need("戊", 8)]))

    # 丙 cannot top 甲 up with 3, so 乙 is served by 甲 alone.
    assert result.objective == 3
    assert (0, 0, 4) in result.supplies


def test_earlier_commitments_stay_and_are_completed():
    problem = a_problem(
        [an_offer("甲", 10)], [a_need("乙"), a_need("丙", priority=1)], Kept(0, 0, 0, 3)
    )

    assert solved(problem).supplies == Supplies.at_once((7, 0))


def test_an_offer_that_shrank_below_its_commitments_gives_no_more():
    problem = a_problem([an_offer("甲", 5)], [a_need("乙"), a_need("丙", 1)], Kept(0, 0, 0, 10))

    result = solved(problem)

    assert result.supplies == Supplies.at_once((0, 0))
    assert result.objective == 1


def test_among_answers_that_serve_as_much_the_better_fit_wins():
    offers, needs = (an_offer("甲"), an_offer("乙")), (a_need("丙"), a_need("丁"))
    fits = {(0, 0): 0.2, (0, 1): 0.9, (1, 0): 0.8, (1, 1): 0.9}
    pairs = tuple(Pair(o, n, 0, fit) for (o, n), fit in fits.items())

    result = solved(CouplingProblem(offers, needs, pairs))

    assert result.supplies == Supplies.at_once((0, 10, 10, 0))
    assert result.tiers == Tiers(served=2.0, fit=1.7, crowding=0.0)


def test_a_better_fit_never_costs_service():
    offers, needs = (an_offer("甲"),), (a_need("乙", beneficiaries=1), a_need("丙"))
    pairs = (Pair(0, 0, 0, 0.0), Pair(0, 1, 0, 1.0))

    assert solved(CouplingProblem(offers, needs, pairs)).supplies == Supplies.at_once((10, 0))


def test_work_is_spread_over_organisations_that_fit_as_well():
    offers = [an_offer("甲", 40), an_offer("乙", 40)]
    needs = [a_need(f"需方{i}") for i in range(4)]

    result = solved(a_problem(offers, needs))

    assert result.tiers.crowding == 2.0  # two needs each: the second of each costs 1


def test_funds_in_yuan_and_rooms_in_ones_are_on_one_scale():
    offers = [an_offer("甲", 200_000, kind="funds"), an_offer("乙", 1, kind="venue")]
    needs = [
        a_need(name, components=(Component("funds", yuan), Component("venue", 1)))
        for name, yuan in (("丙", 200_000), ("丁", 1))
    ] + [a_need("戊", components=(Component("funds", 199_999),))]

    result = solved(a_problem(offers, needs))

    assert result.objective == 2


def test_a_problem_without_pairs_is_optimal_at_once():
    result = solved(CouplingProblem((), (a_need(),), ()))

    assert (result.status, result.objective, len(result.supplies)) == (Status.OPTIMAL, 0, 0)


def test_the_time_limit_must_be_positive():
    with pytest.raises(ValueError, match="seconds: 0 is not positive"):
        solve_coupling(a_problem([an_offer()], [a_need()]), seconds=0)


@pytest.mark.parametrize("seed", [1, 2])
def test_an_ordinary_list_is_proven_optimal(seed):
    problem = random_problem(150, seed=seed)

    result = solved(problem)

    assert result.status is Status.OPTIMAL
    assert result.bound == result.objective
    assert upper_bound(problem, result.prices) >= result.objective


def test_the_same_seed_gives_the_same_answer():
    problem = random_problem(120, seed=5)

    assert solved(problem, seed=3).supplies == solved(problem, seed=3).supplies


def test_stopped_at_once_the_answer_is_sound_and_bounded():
    problem = random_problem(300, seed=4)

    result = solved(problem, should_stop=lambda: True)

    assert result.status is Status.STOPPED
    assert 0 < result.objective < result.bound
    assert result.bound <= upper_bound(problem, Prices.none(problem))


def test_a_large_list_ends_in_time_within_a_few_percent_of_its_bound():
    problem = random_problem(1200, seed=1)

    result = solved(problem, seconds=3)

    assert result.seconds < 6
    assert result.gap < 0.1


def test_progress_never_goes_back_and_ends_at_one():
    seen = []

    solved(random_problem(200, seed=2), progress=seen.append)

    shares = [glance.share for glance in seen]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert all(glance.bound >= glance.objective - 1e-6 for glance in seen)


def test_an_earlier_answer_is_a_start_never_a_loss():
    problem = random_problem(150, seed=3)
    best = solved(problem)

    again = solved(problem, warm_start=best.supplies, should_stop=lambda: True)

    assert again.objective == best.objective


def test_a_start_that_breaks_a_rule_is_ignored():
    problem = a_problem([an_offer("甲", 10)], [a_need("乙"), a_need("丙", priority=2)])

    assert solved(problem, warm_start=Supplies.at_once((10, 10))).supplies == Supplies.at_once(
        (0, 10)
    )


def test_a_further_offer_never_lowers_the_optimum():
    problem = random_problem(100, seed=8)
    fewer = a_problem(list(problem.offers[:-5]), list(problem.needs))
    more = a_problem(list(problem.offers), list(problem.needs))

    assert solved(more).objective >= solved(fewer).objective


def test_renaming_changes_nothing():
    problem = random_problem(100, seed=9)

    def renamed(words):
        return frozenset(f"{word}改" for word in words)

    offers = [
        replace(o, organisation=f"{o.organisation}改", excludes=renamed(o.excludes), ref="x")
        for o in problem.offers
    ]
    needs = [
        replace(n, organisation=f"{n.organisation}改", rules_out=renamed(n.rules_out), title="y")
        for n in problem.needs
    ]
    other = CouplingProblem(tuple(offers), tuple(needs), problem.pairs)

    assert solved(other).supplies == solved(problem).supplies
