"""What the exact programmes promise: textbook shape, the true optimum, prices, no rule broken."""

import random
from collections.abc import Sequence

import numpy as np
import pytest

from binglian.engine.coupling.clock import Clock
from binglian.engine.coupling.kernel.compiled import Kernel, State
from binglian.engine.coupling.laying_out import market_of
from binglian.engine.coupling.market import Market
from binglian.engine.coupling.pairs import Pair, Supplies
from binglian.engine.coupling.problem import (
    Budget,
    Component,
    CouplingProblem,
    Kept,
    Organisation,
    Window,
)
from binglian.engine.coupling.programmes.exact import clear, relax
from binglian.engine.coupling.programmes.held import Held, keeps_rules, points_of
from binglian.engine.coupling.programmes.programme import Programme
from binglian.engine.coupling.searching.lower_tiers import improve_lower_tiers
from binglian.engine.coupling.searching.neighbourhoods import improve_by_neighbourhoods

from .builders import a_need, a_problem, an_offer

pytestmark = pytest.mark.once

DAYS = tuple(Window(weekdays=1 << day) for day in range(3))


def programme_of(problem: CouplingProblem) -> Programme:
    market = market_of(problem)
    return Programme(market, range(len(market.need_row)), market.capacity)


def best_of(problem: CouplingProblem) -> tuple[float, list[tuple[int, int, int]]]:
    """Return the best first aim and the (pair, slot, quantity) rows that reach it."""
    programme = programme_of(problem)
    market = programme.market
    cleared = clear(programme, programme.served, start=None, seconds=20, clock=Clock(20))
    assert cleared.is_proven
    assert cleared.held is not None
    assert keeps_rules(market, market.capacity, cleared.held)
    served = points(market, cleared.held)
    assert cleared.bound == pytest.approx(served, abs=1e-5)
    rows = [
        (int(market.arc_pair[arc]), slot, quantity)
        for lines in cleared.held.values()
        for arc, slot, quantity in lines
    ]
    return market.base + served, sorted(rows)


def points(market: Market, held: Held) -> float:
    return sum(points_of(market, n, lines) for n, lines in held.items())


def agents_and_jobs(
    agents: int, jobs: int, seed: int
) -> tuple[CouplingProblem, list[list[int]], list[list[int]]]:
    """A generalised assignment problem: what each job takes of each agent, and its profit."""
    pick = random.Random(seed)
    takes = [[pick.randint(5, 25) for _ in range(jobs)] for _ in range(agents)]
    profit = [[pick.randint(10, 50) for _ in range(jobs)] for _ in range(agents)]
    offers = [an_offer(f"人{i}", 10 * jobs // agents) for i in range(agents)]
    needs = [a_need(f"事{j}", 1, weight=1e-3) for j in range(jobs)]
    pairs = [
        Pair(i, j, 0, use=takes[i][j], value=float(profit[i][j]))
        for i in range(agents)
        for j in range(jobs)
    ]
    return CouplingProblem(tuple(offers), tuple(needs), tuple(pairs)), takes, profit


def knapsack(dimensions: int, items: int, seed: int) -> CouplingProblem:
    """A multi-dimensional knapsack problem: item j takes some of every dimension."""
    pick = random.Random(seed)
    sizes = [[pick.randint(1, 100) for _ in range(dimensions)] for _ in range(items)]
    offers = [an_offer(f"库{d}", sum(size[d] for size in sizes) // 2) for d in range(dimensions)]
    needs = [a_need(f"件{j}", *size, weight=float(sum(size))) for j, size in enumerate(sizes)]
    pairs = [Pair(d, j, d) for j in range(items) for d in range(dimensions)]
    return CouplingProblem(tuple(offers), tuple(needs), tuple(pairs))


def test_agents_and_jobs_come_out_as_the_textbook_programme():
    programme = programme_of(agents_and_jobs(5, 30, seed=1)[0])

    assert len(programme.upper) == 5 * 30
    assert programme.integer.all()
    assert programme.rows.count == 5 + 30


def test_the_best_assignment_of_jobs_is_found():
    problem, takes, profit = agents_and_jobs(2, 6, seed=3)

    def earned(choice: Sequence[int]) -> float:
        load = [sum(takes[i][j] for j in range(6) if choice[j] == i) for i in range(2)]
        total = sum(profit[i][j] + 1e-3 for j, i in enumerate(choice) if i < 2)
        return total if max(load) <= 30 else 0.0

    choices = ([(c // 3**j) % 3 for j in range(6)] for c in range(3**6))

    assert best_of(problem)[0] == pytest.approx(max(map(earned, choices)))


def test_a_knapsack_has_one_switch_per_item_and_one_row_per_dimension():
    programme = programme_of(knapsack(3, 20, seed=1))

    assert len(programme.upper) == 20
    assert programme.integer.all()
    assert programme.rows.count == 3


def test_a_plain_list_has_one_switch_per_need_and_one_share_per_pair():
    offers = [an_offer("甲", 12), an_offer("乙", 12)]

    programme = programme_of(a_problem(offers, [a_need(), a_need("丙"), a_need("丁")]))

    assert (len(programme.upper), programme.integer.sum()) == (3 + 6, 3)
    assert programme.rows.count == 3 + 2


def test_an_offer_that_renews_serves_again_in_the_next_slot():
    problem = a_problem([an_offer("甲", renews=True)], [a_need(), a_need("丙")], slots=DAYS[:2])

    served, rows = best_of(problem)

    assert served == 2
    assert sorted(slot for _, slot, _ in rows) == [0, 1]


def test_three_mornings_in_a_row_are_found_around_a_day_that_is_taken():
    days = tuple(Window(weekdays=1 << day) for day in range(5))
    offer = an_offer("甲", renews=True)
    needs = [
        a_need("乙", windows=(days[3],), priority=3),
        a_need("丙", times=3, consecutive=True, priority=2),
        a_need("丁", times=2),
    ]

    served, rows = best_of(a_problem([offer], needs, slots=days))

    assert served == 9 + 3
    assert [(pair, slot) for pair, slot, _ in rows] == [(0, 3), (1, 0), (1, 1), (1, 2)]


def test_a_slot_in_which_something_is_kept_is_completed_first():
    offer = an_offer("甲", 10, renews=True)
    need = a_need("乙", 10, times=2)
    problem = a_problem([offer], [need], Kept(0, 0, 0, 4, slot=1), slots=DAYS)

    served, rows = best_of(problem)

    assert served == 1
    assert rows in ([(0, 0, 10), (0, 1, 6)], [(0, 1, 6), (0, 2, 10)])


def test_a_budget_pays_for_units_and_for_each_supply_begun():
    offers = [an_offer("甲", price=3, setup_price=5), an_offer("乙", price=4)]
    needs = [a_need("丙", budget="街道"), a_need("丁", budget="街道", weight=0.9)]
    rich = a_problem(offers, needs, budgets=(Budget("街道", 75),))
    poor = a_problem(offers, needs, budgets=(Budget("街道", 74),))

    assert best_of(rich)[0] == pytest.approx(1.9)
    assert best_of(poor)[0] == 1


def test_the_effort_of_an_organisation_is_shared_by_its_offers():
    offers = [an_offer("甲", effort=2, ref="甲1"), an_offer("甲", effort=1, ref="甲2")]
    needs = [a_need("丙"), a_need("丁")]
    problem = a_problem(offers, needs, organisations=(Organisation("甲", 29),))

    assert best_of(problem)[0] == 1


def test_an_organisation_that_alone_must_serve_a_part_may_use_two_offers():
    offers = [an_offer("甲", 6, ref="甲1"), an_offer("甲", 6, ref="甲2"), an_offer("乙", 9)]
    part = Component("seats", 10, max_suppliers=1)

    served, rows = best_of(a_problem(offers, [a_need("丙", components=(part,))]))

    assert served == 1
    assert {pair for pair, _, _ in rows} == {0, 1}


def test_what_is_kept_fills_a_need_without_earning_twice():
    problem = a_problem([an_offer("甲", 20)], [a_need("乙"), a_need("丙")], Kept(0, 0, 0, 10))

    assert best_of(problem) == (2, [(1, 0, 10)])


def test_a_set_up_that_costs_more_than_it_brings_is_left_out():
    offers = [an_offer("甲", 7), an_offer("乙", 9, setup_cost=0.4)]
    needs = [a_need("丙", all_or_nothing=False)]

    assert best_of(a_problem(offers, needs))[1] == [(0, 0, 7)]


@pytest.mark.parametrize("seed", range(4))
def test_prices_of_the_relaxation_prove_its_value(seed):
    problem, *_ = agents_and_jobs(4, 24, seed)
    programme = programme_of(problem)
    market = programme.market

    found = relax(programme, Clock(20), 20)

    assert found is not None
    bound, price = found
    best = best_of(problem)[0]
    surplus, _ = Kernel(market).dual(price)
    proven = float(price @ market.capacity + np.maximum(0, surplus).sum())
    assert (price >= 0).all()
    assert best <= bound + 1e-6
    assert proven == pytest.approx(bound)


def test_a_start_that_the_programme_cannot_express_is_set_aside():
    problem = a_problem([an_offer("甲", 10)], [a_need("乙"), a_need("丙", priority=2)])
    programme = programme_of(problem)
    foreign = {0: [(0, 7, 10)]}

    cleared = clear(programme, programme.served, start=foreign, seconds=5, clock=Clock(5))

    assert cleared.held == {0: [], 1: [(1, 0, 10)]}


def test_an_answer_found_elsewhere_is_taken_up_and_better_ones_are_told():
    programme = programme_of(knapsack(5, 60, seed=2))
    market = programme.market
    first = clear(programme, programme.served, start=None, seconds=0.5, clock=Clock(20))
    handed = [first.held]
    told: list[float] = []
    bounds: list[float] = []

    cleared = clear(
        programme,
        programme.served,
        start=None,
        seconds=0.5,
        clock=Clock(20),
        incumbent=lambda: handed.pop() if handed else None,
        on_better=lambda held: told.append(points(market, held)),
        on_bound=bounds.append,
    )

    assert cleared.held is not None
    assert handed == []
    assert points(market, cleared.held) >= points(market, first.held) - 1e-6
    assert told == sorted(told)
    assert min(bounds) >= points(market, cleared.held) - 1e-6


def test_neighbourhoods_only_improve_and_repeat_themselves_by_seed():
    market = market_of(agents_and_jobs(4, 40, seed=5)[0])
    answers = []
    for _ in range(2):
        state = State(Kernel(market))
        state.fill(np.arange(len(market.need_row)))
        before = state.total()
        improve_by_neighbourhoods(
            state,
            range(10, 40),
            clock=Clock(20),
            share=1,
            seed=4,
            tell=lambda: None,
            allowed=np.repeat(np.array([1, 0], dtype=np.uint8), 20),
        )
        assert state.total() >= before
        assert (state.left >= 0).all()
        answers.append(state.supplies())

    assert answers[0] == answers[1]


def refined(problem: CouplingProblem, *rows: tuple[int, int, int], earlier: Supplies) -> list:
    """Improve the later tiers of the answer ``rows`` (pair, slot, quantity)."""
    market = market_of(problem)
    state = State(Kernel(market))
    for pair, slot, quantity in rows:
        arc = int(np.flatnonzero(market.arc_pair == pair)[0])
        state.give(int(market.part_need[market.arc_part[arc]]), [(arc, slot, quantity)])
    everyone = np.arange(len(market.need_row))
    improve_lower_tiers(state, [everyone], Clock(20), 0, earlier)
    return list(state.supplies())


def test_among_answers_as_good_the_one_of_last_time_is_kept():
    offers = [an_offer("甲"), an_offer("乙")]
    problem = a_problem(offers, [a_need("丙"), a_need("丁")])
    ends = [(pair.offer, pair.need) for pair in problem.pairs]
    straight = [(ends.index((n, n)), 0, 10) for n in range(2)]
    crossed = sorted((ends.index((1 - n, n)), 0, 10) for n in range(2))

    assert refined(problem, *straight, earlier=Supplies.of(crossed)) == crossed
    assert refined(problem, *crossed, earlier=Supplies.of(straight)) == straight


def test_a_better_fit_comes_before_the_answer_of_last_time():
    offers, needs = (an_offer("甲"), an_offer("乙")), (a_need("丙"),)
    problem = CouplingProblem(offers, needs, (Pair(0, 0, 0, 0.5), Pair(1, 0, 0, 0.6)))

    found = refined(problem, (0, 0, 10), earlier=Supplies.of([(0, 0, 10)]))

    assert found == [(1, 0, 10)]
