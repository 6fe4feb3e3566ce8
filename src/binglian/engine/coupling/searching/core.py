"""Clears the core of an island: of every part only the supplies cheapest at the prices.

Good answers rarely use a supply that is dear at the prices, so a programme of the few cheapest
ones of every part, and those in use, is small and holds almost everything worth finding.

Reference: E. Balas, E. Zemel (1980), An algorithm for large zero-one knapsack problems,
Operations Research 28 (the core concept).
"""

import numpy as np

from binglian.engine.coupling.clock import Clock
from binglian.engine.coupling.kernel.compiled import State
from binglian.engine.coupling.market import Market
from binglian.engine.coupling.pairs import Floats
from binglian.engine.coupling.programmes.exact import clear
from binglian.engine.coupling.programmes.held import Held
from binglian.engine.coupling.programmes.matrix import Flags
from binglian.engine.coupling.programmes.programme import Programme

from .neighbourhoods import left_with

CHEAPEST = 4  # supplies of every part
PLENTY = 2.0  # times what the part wants, which they carry together


def improve_core(
    state: State, needs: list[int], price: Floats, *, clock: Clock, seconds: float, seed: int
) -> None:
    """Clear ``needs`` anew with the cheapest supplies of every part; keep what is better."""
    market = state.market
    before: Held = {n: state.held(n) for n in needs}
    arcs = _cheapest(market, price)
    for lines in before.values():
        arcs[[arc for arc, _, _ in lines]] = True
    programme = Programme(market, needs, left_with(state, before), arcs)
    cleared = clear(
        programme,
        programme.blended,
        start=before,
        seconds=seconds,
        clock=clock,
        seed=seed,
        quiet=True,
    )
    if cleared.held is not None and programme.points(cleared.held) > programme.points(before):
        state.replace(cleared.held)


def _cheapest(market: Market, price: Floats) -> Flags:
    """Return which arcs are among the cheapest of their part that carry plenty together."""
    cost = _unit_cost(market, price)
    order = np.lexsort((cost, market.arc_part))
    part = market.arc_part[order]
    first = market.arc_start[part]
    rank = np.arange(len(order)) - first
    carried = np.cumsum(market.most[order])
    before = carried - market.most[order] - np.where(first > 0, carried[first - 1], 0)
    kept = (rank < CHEAPEST) | (before < PLENTY * market.wanted[part])
    arcs: Flags = np.zeros(len(order), dtype=bool)
    arcs[order[kept]] = True
    return arcs


def _unit_cost(market: Market, price: Floats) -> Floats:
    """Return what a unit through each arc costs at the prices, in the best of the offer's slots."""
    offer = market.arc_offer.astype(np.int64)
    best = price[market.offer_resource]
    for slot in range(1, market.slots if market.renews.any() else 1):
        anew = market.renews > 0
        best = np.where(anew, np.minimum(best, price[market.offer_resource + anew * slot]), best)
    unit = best[offer]
    source = market.effort_resource[offer]
    unit = unit + np.where(source >= 0, market.effort[offer] * price[source], 0.0)
    payer = market.payer[market.part_need[market.arc_part]]
    unit = unit + np.where(payer >= 0, market.price[offer] * price[payer], 0.0)
    carried = np.maximum(1, np.minimum(market.most, market.wanted[market.arc_part]))
    return market.use * unit - market.value - market.fixed / carried
