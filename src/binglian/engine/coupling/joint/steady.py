"""Pricing and clearing a market with a fixed amount of work instead of a time.

So a slow machine, a busy one or one that takes over from another gives the same answer. A
deadline, an instant of ``time.time()``, cuts work short only when all else has gone wrong.
"""

import math
import time
from copy import copy
from dataclasses import dataclass, replace

import numpy as np

from binglian.engine.coupling.clock import Clock
from binglian.engine.coupling.judge.aims import objective_of
from binglian.engine.coupling.kernel.compiled import Kernel, State
from binglian.engine.coupling.market import Market
from binglian.engine.coupling.pairs import Floats, Ints, Supplies
from binglian.engine.coupling.programmes.exact import clear
from binglian.engine.coupling.programmes.programme import Programme
from binglian.engine.coupling.searching.prices import Descent, Dual, Momentum, find_prices
from binglian.engine.coupling.searching.search import (
    Search,
    by_price,
    by_weight,
    costs_at,
    full_worth,
)
from binglian.engine.coupling.searching.warm import adopt

PRICE_ROUNDS = 150
EXACT_ARCS = 3_000  # an island up to this size is cleared exactly
NODES = 20  # of branch and bound: most of what it finds, it finds at the root


@dataclass(frozen=True, slots=True)
class Response:
    """How a market answers when some resources have a given price and no limit.

    ``price`` (R) of everything, those given included; ``bound`` on what it earns after paying
    them; ``used`` (R) what it would use on the way there. ``here`` and ``momentum`` are where its
    prices stand and whither they go, for the next answer to go on from.
    """

    price: Floats
    bound: float
    used: Floats
    here: Floats
    momentum: Momentum


@dataclass(frozen=True, slots=True)
class Answer:
    """A sound answer, its first aim, and what one more unit of each resource (R) is worth."""

    supplies: Supplies
    objective: float
    price: Floats


def respond(
    market: Market,
    before: Response | None,
    given: Ints,
    price: Floats,
    rounds: int,
    length: float,
    deadline: float,
) -> Response:
    """Move all other prices some times while the resources ``given`` have this ``price``.

    Steps are of so many average values; they go on from an answer ``before``.
    """
    dual = Dual(Kernel(market, threads=1))
    dual.traded = np.setdiff1d(dual.traded, given)
    start = np.zeros(len(market.capacity)) if before is None else before.here.copy()
    start[given] = price
    descent = Descent(dual, start, copy(before.momentum) if before else None)
    used = descent.used
    for _ in range(rounds):
        if time.time() >= deadline:
            break
        descent.move(length)
        used = used + descent.used
    best = descent.best
    bound = market.base + math.fsum(best.bounds)
    return Response(best.price, bound, used / (1 + rounds), descent.price, descent.momentum)


def clear_steadily(
    market: Market,
    limited: Ints,
    limit: Ints,
    warm: Supplies | None,
    start: Floats,
    *,
    exchanges: int,
    seed: int,
    deadline: float,
) -> Answer:
    """Serve as much weight as so much work finds.

    Parameters
    ----------
    limited, limit
        Resources of which there is only so much, whatever the market says.
    warm
        An earlier answer, kept as far as it still stands.
    start
        Prices to start from, per resource.
    exchanges
        Tries of the search for each need that is not cleared exactly.
    """
    capacity = market.capacity.copy()
    capacity[limited] = limit
    market = replace(market, capacity=capacity)
    clock = _clock(deadline)
    kernel = Kernel(market, threads=1)
    state, dual, worth = State(kernel), Dual(kernel), full_worth(market)
    if warm is not None:
        adopt(state, warm)
    if not len(worth):
        return _answer(state, start)
    order = by_weight(worth)
    state.fill(order)
    state.fill(order, spare=True)
    found = find_prices(
        dual, np.zeros(dual.islands), rounds=PRICE_ROUNDS, clock=clock, share=1.0, start=start
    )
    costs = costs_at(worth, found.surplus)
    state.set_prices(found.price, costs)
    priced = State(kernel)
    priced.set_prices(found.price, costs)
    priced.fill(by_price(worth, costs))
    priced.fill(by_price(worth, costs), spare=True)
    if priced.total() > state.total():
        state.copy_from(priced)
    _search(state, dual, (found.price, costs), worth, exchanges, seed, clock)
    return _answer(state, found.price)


def _search(
    state: State,
    dual: Dual,
    prices: tuple[Floats, Floats],
    worth: Floats,
    exchanges: int,
    seed: int,
    clock: Clock,
) -> None:
    market = state.market
    arcs = np.bincount(
        dual.island_of_need[market.part_need[market.arc_part]], minlength=dual.islands
    )
    large = np.flatnonzero(arcs[dual.island_of_need] > EXACT_ARCS)
    Search(state.kernel, state, prices, worth, seed).run(
        large, rounds=exchanges * len(large), clock=clock, share=1.0, tell=lambda: None
    )
    for island in np.flatnonzero((arcs > 0) & (arcs <= EXACT_ARCS)).tolist():
        needs = np.flatnonzero(dual.island_of_need == island).tolist()
        if clock.is_over():
            return
        programme = Programme(market, needs, market.capacity)
        held = {n: state.held(n) for n in needs}
        cleared = clear(
            programme,
            programme.served,
            start=held,
            seconds=clock.left(),
            clock=clock,
            max_nodes=NODES,
            seed=seed,
            quiet=True,
        )
        if cleared.held is not None:
            total = state.total()
            state.replace(cleared.held)
            if state.total() < total:
                state.replace(held)


def _answer(state: State, price: Floats) -> Answer:
    supplies = state.supplies()
    return Answer(supplies, objective_of(state.market.problem, supplies), price)


def _clock(deadline: float) -> Clock:
    """Return a clock that only a deadline stops, so that no share of the time steers the work."""
    return Clock(1e9, should_stop=lambda: time.time() >= deadline)
