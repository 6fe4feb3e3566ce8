"""Whether several alliances together keep to what is there, and how far they can come at most.

Imports no solver: with ``feasibility`` and ``proof`` for every alliance, this checks a joint
answer from the problems and prices alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from binglian.engine.coupling.certificate.proof import dual_value
from binglian.engine.coupling.pairs import Floats, Ints, Supplies
from binglian.engine.coupling.problem import CouplingProblem
from binglian.engine.coupling.result import Prices

from .sharing import SharedOffer, Stock, View


def overdrawn(
    problems: Mapping[str, CouplingProblem],
    shared: Sequence[SharedOffer],
    supplies: Mapping[str, Supplies],
) -> list[tuple[str, int | None, int]]:
    """Return (offer, slot, units too many) wherever all alliances use more than is left."""
    stock = Stock.of(problems, shared)
    return too_many(stock, [used_by(problems[n], stock.views[n], supplies[n]) for n in stock.names])


def used_by(problem: CouplingProblem, view: View, supplies: Supplies) -> Ints:
    """Return the units [k, t] of shared offers that an alliance's supplies take."""
    return view.used(problem, supplies)


def too_many(stock: Stock, used: Sequence[Ints]) -> list[tuple[str, int | None, int]]:
    """Return (offer, slot, units too many) wherever all use more than is left."""
    over = sum(used, np.zeros_like(stock.left)) - stock.left
    return [
        (offer.ref, t if offer.renews else None, int(over[k, t]))
        for k, t in np.argwhere(over > 0).tolist()
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
    stock = Stock.of(problems, shared)
    views = stock.views
    common = common_prices(stock, [stated(views[n], prices[n]) for n in stock.names])
    return total_bound(
        stock,
        common,
        [
            own_bound(problems[name], views[name], prices[name], common, stock.left_alone[a])
            for a, name in enumerate(stock.names)
        ],
    )


def stated(view: View, prices: Prices) -> Floats:
    """Return the prices [k, t] that one alliance states for the shared offers."""
    slots = min(view.slots, prices.offer.shape[1])
    table = np.zeros((len(view.rows), view.slots))
    mine = view.rows >= 0
    table[mine, :slots] = prices.offer[view.rows[mine], :slots]
    table[~view.renews, 1:] = 0.0
    return table


def common_prices(stock: Stock, tables: Sequence[Floats]) -> Floats:
    """Return the highest price [k, t] that any alliance states."""
    common = np.zeros(stock.left.shape)
    for table in tables:
        common = np.maximum(common, table)
    return common


def own_bound(
    problem: CouplingProblem, view: View, prices: Prices, common: Floats, left_alone: Ints
) -> float:
    """Return what one alliance gains at most after paying common prices for what is shared."""
    mine = (view.rows >= 0)[:, None]
    own = dual_value(problem, _with_common(view, prices, common))
    return own - float(np.where(mine, common * left_alone, 0.0).sum())


def total_bound(stock: Stock, common: Floats, own: Sequence[float]) -> float:
    """Return the bound on all together, with allowance for rounding."""
    total = float((common * stock.left).sum()) + sum(own)
    return total + 1e-9 * abs(total)


def _with_common(view: View, prices: Prices, common: Floats) -> Prices:
    offer = prices.offer.copy()
    for k, row in enumerate(view.rows.tolist()):
        if row >= 0:
            slots = min(view.slots, offer.shape[1])
            offer[row] = common[k, 0]
            if view.renews[k]:
                offer[row, :slots] = common[k, :slots]
    return replace(prices, offer=offer)
