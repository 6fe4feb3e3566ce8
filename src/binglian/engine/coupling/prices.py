"""Prices on everything that runs out, by a deflected sub-gradient method, and their bound.

For any prices, letting every need answer alone and adding the value of all that is left at those
prices bounds every sound answer from above. Prices fall where less is wanted than there is and
rise where more is; steps follow Polyak, towards a target a little above the best answer known.

References: M. Held, P. Wolfe, H. Crowder (1974), Mathematical Programming 6; F. Barahona,
R. Anbil (2000), The volume algorithm, Mathematical Programming 87.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .clock import Clock
from .compiled import Kernel
from .pairs import Floats, Ints
from .result import Prices

PATIENCE = 10  # rounds without a better bound before steps shrink
DEFLECTION = 0.25  # share of the newest sub-gradient in the direction


@dataclass(slots=True)
class Ascent:
    """Best prices per resource, the bound they prove per island, and the last answers."""

    price: Floats
    bounds: Floats
    surplus: Floats


class Dual:
    """The dual function by island: an island's needs share no resource with others'."""

    def __init__(self, kernel: Kernel) -> None:
        self.kernel = kernel
        market = kernel.market
        self.island_of_need: Ints = kernel.islands()
        self.islands = int(self.island_of_need.max(initial=-1)) + 1
        self.capacity = market.capacity.astype(float)
        self.island_of_resource = self._islands_of_resources()
        self.traded = np.flatnonzero(self.island_of_resource >= 0)

    def _islands_of_resources(self) -> Ints:
        market = self.kernel.market
        island = np.full(len(market.capacity), -1, dtype=np.int64)
        of_arc = self.island_of_need[market.part_need[market.arc_part]]
        first = market.offer_resource[market.arc_offer]
        slots = np.where(market.renews[market.arc_offer], market.slots, 1)
        for slot in range(market.slots if market.renews.any() else 1):
            inside = slot < slots
            island[first[inside] + slot] = of_arc[inside]
        effort = market.effort_resource[market.arc_offer]
        island[effort[effort >= 0]] = of_arc[effort >= 0]
        paying = market.payer >= 0
        island[market.payer[paying]] = self.island_of_need[paying]
        return island

    def evaluate(self, price: Floats) -> tuple[Floats, Floats, Floats]:
        """Return (bound per island, use per resource, surplus per need)."""
        surplus, used = self.kernel.dual(price)
        bounds = np.bincount(
            self.island_of_need, weights=np.maximum(surplus, 0.0), minlength=self.islands
        )
        stock = price[self.traded] * self.capacity[self.traded]
        bounds += np.bincount(
            self.island_of_resource[self.traded], weights=stock, minlength=self.islands
        )
        return bounds, used, surplus


def find_prices(
    dual: Dual,
    served: Floats,
    *,
    rounds: int,
    clock: Clock,
    share: float,
    start: Floats | None = None,
    tell: Callable[[Floats], None] | None = None,
) -> Ascent:
    """Lower the dual function towards ``served``, the best known value of each island.

    Stops after ``rounds``, at this share of the time, or once no island can gain.
    """
    scale = np.maximum(dual.capacity, 1.0)  # prices of whole resources: yuan and rooms alike
    traded = dual.traded
    island = dual.island_of_resource[traded]
    here = np.zeros(len(scale)) if start is None else start * scale
    bounds, used, surplus = dual.evaluate(here / scale)
    best = Ascent(here / scale, bounds.copy(), surplus)
    step = np.full(dual.islands, 0.7 if start is None else 0.1)
    stale = np.zeros(dual.islands, dtype=np.int64)
    direction = np.zeros(len(traded))
    for turn in range(rounds):
        if clock.is_over(share):
            break
        slack = dual.capacity[traded] / scale[traded] - used[traded] / scale[traded]
        direction = slack if turn == 0 else DEFLECTION * slack + (1 - DEFLECTION) * direction
        moving = direction.copy()
        moving[(here[traded] <= 0) & (moving > 0)] = 0.0
        length = np.bincount(island, weights=moving**2, minlength=dual.islands)
        target = np.maximum(served, best.bounds - 0.05 * np.abs(best.bounds))
        distance = step * (bounds - target) / np.maximum(length, 1e-12)
        here[traded] = np.maximum(0.0, here[traded] - distance[island] * moving)
        bounds, used, surplus = dual.evaluate(here / scale)
        better = bounds < best.bounds - 1e-9 * np.maximum(1.0, np.abs(best.bounds))
        much = bounds < best.bounds - 1e-5 * np.maximum(1.0, np.abs(best.bounds))
        moved = traded[better[island]]
        best.price[moved] = here[moved] / scale[moved]
        best.bounds = np.where(better, bounds, best.bounds)
        best.surplus = np.where(better[dual.island_of_need], surplus, best.surplus)
        stale = np.where(much, 0, stale + 1)
        step = np.where(much, np.minimum(step * 1.05, 1.5), step)
        tired = stale >= PATIENCE
        step = np.where(tired, step * 0.66, step)
        stale[tired] = 0
        back = traded[tired[island]]
        if len(back):  # wandering on from worse prices wastes rounds
            here[back] = best.price[back] * scale[back]
            direction[tired[island]] *= 0.5
            bounds, used, surplus = dual.evaluate(here / scale)
        if tell:
            tell(best.bounds)
        if (step < 1e-3).all() or (best.bounds <= served + 1e-9).all():
            break
    return best


def as_prices(kernel: Kernel, price: Floats) -> Prices:
    """Put prices per resource into the rows of the problem."""
    market = kernel.market
    slots = market.slots
    offers = len(market.organisation)
    table = np.repeat(price[market.offer_resource][:, None], slots, axis=1)
    renewing = np.flatnonzero(market.renews)
    for slot in range(slots):
        table[renewing, slot] = price[market.offer_resource[renewing] + slot]
    efforts = len(market.problem.organisations)
    budgets = len(market.problem.budgets)
    first = len(price) - efforts - budgets
    return Prices(
        table.reshape(offers, slots), price[first : first + efforts], price[first + efforts :]
    )


def per_resource(kernel: Kernel, prices: Prices) -> Floats:
    """Put prices of the problem's rows back on the resources."""
    market = kernel.market
    price = np.zeros(len(market.capacity))
    price[market.offer_resource] = prices.offer[:, 0]
    renewing = np.flatnonzero(market.renews)
    for slot in range(market.slots):
        price[market.offer_resource[renewing] + slot] = prices.offer[renewing, slot]
    efforts = len(market.problem.organisations)
    first = len(price) - efforts - len(market.problem.budgets)
    price[first : first + efforts] = prices.effort
    price[first + efforts :] = prices.budget
    return np.maximum(price, 0.0)
