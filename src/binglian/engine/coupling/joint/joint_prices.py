"""Common prices of shared offers, found by asking every alliance what it would use at them.

Reference: F. Barahona, R. Anbil (2000), The volume algorithm, Mathematical Programming 87.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from distributed import Future

from binglian.engine.coupling.clock import Clock
from binglian.engine.coupling.kernel.compiled import Kernel
from binglian.engine.coupling.market import Market
from binglian.engine.coupling.pairs import Floats, Ints
from binglian.engine.coupling.result import Prices
from binglian.engine.coupling.searching.prices import as_prices

from .fleet import Fleet
from .sharing import Stock, View
from .steady import Response, respond

FIRST_ROUNDS = 100  # of an alliance by itself, before anything is shared
OWN_ROUNDS = 10  # of its own prices, each time the common ones have moved
LAST_ROUNDS = 150
MEMORY = 0.9  # of what was used in earlier rounds, in the average that stands for demand
DEFLECTION = 0.3
PATIENCE = 4


@dataclass(frozen=True, slots=True)
class Wish:
    """What an alliance would pay for and use of the shared offers [k, t], and its own bound."""

    paid: Floats
    used: Floats
    bound: float


def wish_of(response: Response, table: Ints) -> Wish:
    """Return of a response what the others must know."""
    return Wish(in_table(response.price, table), in_table(response.used, table), response.bound)


def shared_resources(view: View, market: Market) -> Ints:
    """Return the resource [k, t] of every shared offer in one alliance's market, -1 for none."""
    rows, slot = view.rows, np.arange(view.slots)
    first = np.append(market.offer_resource, 0)[rows]  # the 0 for -1, masked below
    table = first[:, None] + np.where(view.renews[:, None], slot, 0)
    there = (rows >= 0)[:, None] & (view.renews[:, None] | (slot == 0))
    return np.where(there & (slot < market.slots), table, -1)


def respond_to(
    market: Market,
    before: Response | None,
    table: Ints,
    common: Floats,
    rounds: int,
    deadline: float,
) -> Response:
    """Answer to common prices [k, t]; ``table`` says which resource each is, -1 for none."""
    mine = table >= 0
    return respond(market, before, table[mine], common[mine], rounds, deadline)


def prices_at(market: Market, response: Response) -> Prices:
    """Return the prices of a response in the rows of the alliance's problem."""
    return as_prices(Kernel(market, threads=1), response.price)


class PriceRounds:
    """Lowers the joint dual function over the prices [k, t] of the shared offers."""

    def __init__(
        self,
        fleet: Fleet,
        stock: Stock,
        markets: Mapping[str, Future[Any]],
        clock: Clock,
        deadline: float,
    ) -> None:
        self.fleet, self.stock, self.markets = fleet, stock, markets
        self.clock, self.deadline = clock, deadline
        asked = [fleet.start(shared_resources, stock.views[n], markets[n]) for n in stock.names]
        self.tables: list[Ints] = fleet.results(asked)
        self.scale = np.maximum(stock.left, 1)  # prices of whole offers: yuan and rooms alike
        self._start()

    def _start(self) -> None:
        """Take for first common prices the mean of what single alliances would pay."""
        stock, nothing = self.stock, np.full_like(self.stock.left, -1)
        zero = np.zeros(stock.left.shape)
        self.best = {
            name: self.fleet.start(
                respond_to, self.markets[name], None, nothing, zero, FIRST_ROUNDS, self.deadline
            )
            for name in stock.names
        }
        first = self._wishes(self.best)
        self.demand: Floats = np.array([wish.used for wish in first])
        able = np.maximum(1, sum(table >= 0 for table in self.tables))
        self.best_price: Floats = sum((wish.paid for wish in first), zero) / able
        self.own_bounds = np.array([wish.bound for wish in first])
        self.bound = np.inf
        self._ask(self.best_price, self.best, OWN_ROUNDS)

    def run(self, rounds: int) -> None:
        """Move the common prices so many times, or until the time is over."""
        if not self.stock.offers:
            return
        here, held = self.best_price * self.scale, dict(self.best)
        step, stale, direction = 0.5, 0, np.zeros_like(here)
        for turn in range(rounds):
            if self.clock.is_over():
                break
            slack = (self.stock.left - self.latest.sum(axis=0)) / self.scale
            direction = slack if turn == 0 else DEFLECTION * slack + (1 - DEFLECTION) * direction
            moving = np.where((here <= 0) & (direction > 0), 0.0, direction)
            length = float((moving**2).sum())
            if length < 1e-12:
                break
            distance = step * 0.05 * abs(self.bound) / length
            here = np.maximum(0.0, here - np.minimum(distance, 1e12) * moving)
            before = self.bound
            held = self._ask(here / self.scale, held, OWN_ROUNDS)
            self.demand = MEMORY * self.demand + (1 - MEMORY) * self.latest
            stale = 0 if self.bound < before - 1e-5 * abs(before) else stale + 1
            if stale >= PATIENCE:
                step, stale = step * 0.6, 0
                here, held = self.best_price * self.scale, dict(self.best)
            share = 0.5 * (turn + 1) / rounds
            self.clock.tell("prices", 0.0, self.bound, share=share)

    def finish(self) -> None:
        """Lower the other prices once more at the best common ones."""
        self._ask(self.best_price, self.best, LAST_ROUNDS)

    def bound_alone(self, alliance: int) -> float:
        """Return what an alliance cannot exceed even if nobody else used the shared offers."""
        left = self.stock.left_alone[alliance]
        stock = np.where(self.tables[alliance] >= 0, self.best_price * left, 0.0)
        return _outward(float(self.own_bounds[alliance] + stock.sum()))

    def _ask(
        self, common: Floats, before: Mapping[str, Future[Any]], rounds: int
    ) -> dict[str, Future[Any]]:
        names = self.stock.names
        asked = {
            name: self.fleet.start(
                respond_to, self.markets[name], before[name], table, common, rounds, self.deadline
            )
            for name, table in zip(names, self.tables, strict=True)
        }
        wishes = self._wishes(asked)
        self.latest: Floats = np.array([wish.used for wish in wishes])
        own = np.array([wish.bound for wish in wishes])
        bound = _outward(float(own.sum() + (common * self.stock.left).sum()))
        if bound < self.bound:
            self.bound, self.best, self.best_price, self.own_bounds = bound, asked, common, own
        return asked

    def _wishes(self, asked: Mapping[str, Future[Any]]) -> list[Wish]:
        """Have only what is shared come here; whole responses stay where they were made."""
        pairs = zip(self.stock.names, self.tables, strict=True)
        return self.fleet.results([self.fleet.start(wish_of, asked[n], t) for n, t in pairs])


def in_table(values: Floats, table: Ints) -> Floats:
    """Return the values of the resources in a table, 0 where there is none."""
    return np.where(table >= 0, np.append(values, 0.0)[table], 0.0)


def _outward(bound: float) -> float:
    """Allow for the rounding of sums."""
    return bound + 1e-12 * abs(bound)
