"""What a hand edit costs: as it stands, with the rest re-arranged, and by a glance at prices."""

from functools import partial

import numpy as np
import pytest

from binglian.engine.coupling.explaining.edits import (
    PairPrice,
    cost_of_edit,
    edit_sentence,
    pair_price_sentence,
    price_of_pair,
)
from binglian.engine.coupling.judge.feasibility import broken_rules
from binglian.engine.coupling.pairs import Supplies
from binglian.engine.coupling.problem import Budget
from binglian.engine.coupling.result import Prices
from binglian.engine.coupling.solve import solve_coupling

from .builders import a_need, a_problem, an_offer
from .hand_made import answered

pytestmark = pytest.mark.once

solve = partial(solve_coupling, seconds=5)


def two_halls_two_needs():
    """Ten seats of 甲 fit both needs; ten of 乙 fit only the school's."""
    offers = [an_offer("甲", 10), an_offer("乙", 10, excludes={"社区"})]
    needs = [a_need("社区", title="讲座", priority=2), a_need("学校", title="培训")]
    return a_problem(offers, needs)


def pairs_of(problem):
    return {(pair.offer, pair.need): p for p, pair in enumerate(problem.pairs)}


def test_an_edit_is_priced_as_it_stands_and_after_the_rest_is_rearranged():
    problem = two_halls_two_needs()
    p = pairs_of(problem)
    result = answered(problem, (p[0, 0], 0, 10), (p[1, 1], 0, 10))

    cost = cost_of_edit(problem, result, Supplies.of([(p[0, 1], 0, 10)]), solve=solve)

    assert (cost.cost, cost.least_cost, cost.broken) == (3, 3, ())
    assert (cost.lost, cost.gained) == ((0,), ())
    assert edit_sentence(problem, cost, "zh") == "这样改，总分减少 3 分；「社区 讲座」落空。"
    assert edit_sentence(problem, cost, "en") == (
        "This way the total is 3 points lower; “社区 讲座” loses."
    )


def test_what_an_edit_pushes_out_may_find_another_place():
    problem = a_problem([an_offer("甲", 10), an_offer("乙", 10)], [a_need("社区"), a_need("学校")])
    p = pairs_of(problem)
    result = answered(problem, (p[0, 0], 0, 10), (p[1, 1], 0, 10))

    cost = cost_of_edit(problem, result, Supplies.of([(p[0, 1], 0, 10)]), solve=solve)

    assert (cost.cost, cost.least_cost) == (1, 0)
    assert (cost.lost, cost.lost_after) == ((0,), ())
    assert cost.supplies == Supplies.of([(p[1, 0], 0, 10), (p[0, 1], 0, 10)])
    assert edit_sentence(problem, cost, "zh") == (
        "这样改，总分减少 1 分；「社区 需求」落空。其余安排随之调整后总分不变。"
    )
    assert edit_sentence(problem, cost, "en") == (
        "This way the total is 1 point lower; “社区 需求” loses."
        " Once the rest is re-arranged, the total is unchanged."
    )


def test_a_line_taken_out_stays_out():
    problem = a_problem([an_offer("甲", 10)], [a_need("社区"), a_need("学校")])
    result = answered(problem, (0, 0, 10))

    cost = cost_of_edit(problem, result, Supplies.of([]), solve=solve)

    assert (cost.cost, cost.least_cost) == (1, 0)
    assert (cost.lost_after, cost.gained_after) == ((0,), (1,))


def test_an_edit_that_breaks_a_rule_says_so_and_shows_the_way_out():
    problem = two_halls_two_needs()
    p = pairs_of(problem)
    result = answered(problem, (p[0, 0], 0, 10), (p[1, 1], 0, 10))
    both = [(p[0, 0], 0, 10), (p[0, 1], 0, 10), (p[1, 1], 0, 10)]

    cost = cost_of_edit(problem, result, Supplies.of(both), solve=solve)

    assert len(cost.broken) == 2  # 甲 gives 20 of 10, and 学校 gets 20 of 10
    assert cost.least_cost == 3
    assert broken_rules(problem, cost.supplies) == []


def test_the_money_that_starting_a_held_line_takes_is_not_spent_twice():
    offers = [an_offer("甲", 10, setup_price=60), an_offer("乙", 10, setup_price=60)]
    needs = [a_need("社区", budget="街道"), a_need("学校", budget="街道")]
    problem = a_problem(offers, needs, budgets=(Budget("街道", 100),))
    p = pairs_of(problem)
    result = answered(problem, (p[0, 0], 0, 10))

    cost = cost_of_edit(problem, result, Supplies.of([(p[1, 1], 0, 10)]), solve=solve)

    assert cost.supplies == Supplies.of([(p[1, 1], 0, 10)])


def test_using_a_pair_by_hand_costs_what_its_offer_is_worth_to_others():
    problem = two_halls_two_needs()
    p = pairs_of(problem)
    prices = Prices(np.array([[0.3], [0.0]]), np.zeros(0), np.zeros(0))
    result = answered(problem, (p[0, 0], 0, 10), (p[1, 1], 0, 10), prices=prices)

    assert price_of_pair(problem, result, p[0, 0]) == PairPrice(p[0, 0], 0.0)
    assert price_of_pair(problem, result, p[0, 1]).cost == pytest.approx(3.0)  # 10 × 0.3


def test_the_price_of_a_pair_is_said_to_be_an_estimate():
    assert [pair_price_sentence(PairPrice(0, cost), "zh") for cost in (3.0, 0.0, None)] == [
        "估算：用这一配对约使总分减少 3 分。",
        "估算：用这一配对几乎没有损失。",
        "这一配对凑不成该需求。",
    ]
    assert [pair_price_sentence(PairPrice(0, cost), "en") for cost in (3.0, 0.0, None)] == [
        "Estimate: using it would cost the alliance about 3 points.",
        "Estimate: using it costs next to nothing.",
        "The need cannot be met through this pair.",
    ]
