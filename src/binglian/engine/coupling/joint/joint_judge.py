"""Whether several alliances together keep to what is there, and how far they can come at most.

Imports no solver: with ``feasibility`` and ``proof`` for every alliance, this checks a joint
answer from the problems and prices alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from binglian.engine.coupling.certificate.proof import dual_value
from binglian.engine.coupling.pairs import Floats, Supplies
from binglian.engine.coupling.problem import CouplingProblem
from binglian.engine.coupling.result import Prices

from .sharing import SharedOffer, Stock


def overdrawn(
    problems: Mapping[str, CouplingProblem],
    shared: Sequence[SharedOffer],
    supplies: Mapping[str, Supplies],
) -> list[tuple[str, int | None, int]]:
    """Return (offer, slot, units too many) wherever all alliances use more than is left."""
    stock = Stock(problems, shared)
    used = sum(stock.used(name, problems[name], supplies[name]) for name in stock.names)
    found = np.argwhere(used > stock.left).tolist()
    return [
        (offer.ref, t if offer.renews else None, int((used - stock.left)[k, t]))
        for k, t in found
        for offer in [stock.offers[k]]
    ]


def joint_bound(
    problems: Mapping[str, CouplingProblem],
    shared: Sequence[SharedOffer],
    prices: Mapping[str, Prices],
) -> float:
    """Return what no joint answer can exceed, by the dual functions at common prices.

    Each alliance's dual function counts the shared offers as if it had them alone; what is
    counted more than once is taken off again. Where the alliances state different prices for a
    shared offer, the highest stands for all.
    """
    stock = Stock(problems, shared)
    common = np.zeros(stock.left.shape)
    for name in stock.names:
        common = np.maximum(common, _in_table(stock, name, prices[name]))
    total = float((common * stock.left).sum())
    for a, name in enumerate(stock.names):
        mine = stock.is_open[a][:, None]
        own = dual_value(problems[name], _with_common(stock, name, prices[name], common))
        total += own - float(np.where(mine, common * stock.left_alone[a], 0.0).sum())
    return total + 1e-9 * abs(total)


def _in_table(stock: Stock, name: str, prices: Prices) -> Floats:
    rows, slots = stock.rows[name], min(stock.slots, prices.offer.shape[1])
    table = np.zeros(stock.left.shape)
    mine = rows >= 0
    table[mine, :slots] = prices.offer[rows[mine], :slots]
    table[~stock.renews, 1:] = 0.0
    return table


def _with_common(stock: Stock, name: str, prices: Prices, common: Floats) -> Prices:
    offer = prices.offer.copy()
    for k, row in enumerate(stock.rows[name].tolist()):
        if row >= 0:
            slots = min(stock.slots, offer.shape[1])
            offer[row] = common[k, 0]
            if stock.renews[k]:
                offer[row, :slots] = common[k, :slots]
    return replace(prices, offer=offer)
