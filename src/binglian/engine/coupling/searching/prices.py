"""Prices on everything that runs out, by a sub-gradient method, and the bound they prove.

For any prices, letting every need answer alone and adding the value of all that is left at those
prices bounds every sound answer from above. Prices fall where less is wanted than there is and
rise where more is; each price has a step of its own, by how much its sub-gradient has moved, and
steps shrink geometrically.

References: M. Held, P. Wolfe, H. Crowder (1974), Mathematical Programming 6; J. Duchi, E. Hazan,
Y. Singer (2011), J. Machine Learning Research 12; D. Kingma, J. Ba (2015), arXiv:1412.6980.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from binglian.engine.coupling.clock import Clock
from binglian.engine.coupling.kernel.compiled import Kernel
from binglian.engine.coupling.pairs import Floats, Ints
from binglian.engine.coupling.result import Prices

from .search import full_worth

FIRST_STEP, LAST_STEP = 0.1, 0.0005  # in average values of a resource
WARM_STEP = 0.005  # first step from prices known to be good
MOMENTUM, MEMORY = 0.9, 0.99  # of the direction, of its mean square


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

    def average_values(self) -> Floats:
        """Return per resource the average value of its kind: offers, efforts, budgets apart.

        The slots of an offer that renews count as one: few of them are scarce.
        """
        market = self.kernel.market
        budgets = len(market.problem.budgets)
        efforts = len(market.problem.organisations)
        offers = len(self.capacity) - efforts - budgets
        traded = self.island_of_resource >= 0
        counts = (
            len(np.unique(market.arc_offer)),
            int(traded[offers : offers + efforts].sum()),
            int(traded[offers + efforts :].sum()),
        )
        each = [float(full_worth(market).sum()) / max(1, count) for count in counts]
        return np.repeat(each, (offers, efforts, budgets))

    def evaluate(self, price: Floats) -> tuple[Floats, Floats, Floats]:
        """Return (bound per island, use per resource, surplus per need)."""
        surplus, used = self.kernel.dual(price)
        bounds = np.bincount(
            self.island_of_need, weights=np.maximum(surplus, 0.0), minlength=self.islands
        ).astype(np.float64)
        stock = price[self.traded] * self.capacity[self.traded]
        bounds += np.bincount(
            self.island_of_resource[self.traded], weights=stock, minlength=self.islands
        )
        return bounds, used, surplus


class Momentum:
    """The running means of sub-gradients and of their squares, which say how far prices move."""

    def __init__(self, count: int) -> None:
        self.mean, self.square, self.turn = np.zeros(count), np.zeros(count), 0

    def moves(self, excess: Floats, step: Floats) -> Floats:
        """Return what each price moves by, with steps of this size."""
        self.turn += 1
        self.mean = MOMENTUM * self.mean + (1 - MOMENTUM) * excess
        self.square = MEMORY * self.square + (1 - MEMORY) * excess**2
        length = np.sqrt(self.square / (1 - MEMORY**self.turn)) + 1e-3
        moves: Floats = step * self.mean / length
        return moves


class Descent:
    """Prices on their way down the dual function, and the best seen."""

    def __init__(
        self, dual: Dual, start: Floats | None = None, momentum: Momentum | None = None
    ) -> None:
        self.dual, self.scale = dual, np.maximum(dual.capacity, 1.0)
        self.step = dual.average_values()[dual.traded]
        self.momentum = momentum or Momentum(len(dual.traded))
        #: Of whole resources: yuan and rooms alike.
        self.here = np.zeros(len(self.scale)) if start is None else start * self.scale
        bounds, self.used, surplus = dual.evaluate(self.price)
        self.best = Ascent(self.price, bounds.copy(), surplus)

    @property
    def price(self) -> Floats:
        """Return where the prices stand."""
        price: Floats = self.here / self.scale
        return price

    def move(self, length: float) -> None:
        """Move prices by steps of so many average values, and see what they prove."""
        dual, best = self.dual, self.best
        traded, scale = dual.traded, self.scale[dual.traded]
        excess = self.used[traded] / scale - dual.capacity[traded] / scale
        excess[(self.here[traded] <= 0) & (excess < 0)] = 0.0
        moves = self.momentum.moves(excess, length * self.step)
        self.here[traded] = np.maximum(0.0, self.here[traded] + moves)
        bounds, self.used, surplus = dual.evaluate(self.price)
        better = bounds < best.bounds
        moved = traded[better[dual.island_of_resource[traded]]]
        best.price[moved] = self.price[moved]
        best.bounds = np.where(better, bounds, best.bounds)
        best.surplus = np.where(better[dual.island_of_need], surplus, best.surplus)


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
    descent = Descent(dual, start)
    best = descent.best
    first = FIRST_STEP if start is None else WARM_STEP
    began = clock.elapsed()
    span = max(1e-3, share * clock.seconds - began)
    for turn in range(1, rounds + 1):
        if clock.is_over(share) or (best.bounds <= served + 1e-9).all():
            break
        done, spent = turn / rounds, (clock.elapsed() - began) / span
        if spent > max(0.2, done):  # time will cut the rounds short: shrink faster
            done = min(1.0, spent)
        descent.move(first * (LAST_STEP / first) ** done)
        if tell:
            tell(best.bounds)
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
