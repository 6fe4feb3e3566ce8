"""Common prices of shared offers, found by asking every alliance what it would use at them."""

import math
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
from binglian.engine.coupling.searching.prices import (
    FIRST_STEP,
    LAST_STEP,
    Dual,
    Momentum,
    as_prices,
)

from .fleet import Fleet
from .sharing import Stock, View
from .steady import Response, respond

OWN_ROUNDS = 4  # moves of an alliance's own prices for each of the common ones
SHORTER = 0.8  # steps, after a move that did not help
HELPED = 1e-4  # of the bound, what it must fall by at least
KEPT = 0.9  # of what was used in earlier rounds, in the average that stands for demand


@dataclass(frozen=True, slots=True)
class Wish:
    """What an alliance would use of the shared offers [k, t], and its own bound."""

    used: Floats
    bound: float


def wish_of(response: Response, table: Ints) -> Wish:
    """Return of a response what the others must know."""
    return Wish(in_table(response.used, table), response.bound)


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
    length: float,
    deadline: float,
) -> Response:
    """Answer to common prices [k, t]; ``table`` says which resource each is, -1 for none."""
    mine = table >= 0
    return respond(market, before, table[mine], common[mine], OWN_ROUNDS, length, deadline)


def value_of_an_offer(market: Market) -> float:
    """Return what an offer is worth to an alliance on average, by which its price moves."""
    values = Dual(Kernel(market, threads=1)).average_values()
    return float(values[0]) if len(market.organisation) else 0.0


def prices_at(market: Market, response: Response) -> Prices:
    """Return the prices of a response in the rows of the alliance's problem."""
    return as_prices(Kernel(market, threads=1), response.price)


class PriceRounds:
    """Lowers the joint dual function over the prices [k, t] of the shared offers.

    All prices move together, the common ones here and each alliance's own at its worker, by the
    rule by which one market finds its own. Steps are shortened whenever one does not lower the
    bound; when they are as short as one market's last, prices have settled.
    """

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
        self.resources = {
            n: fleet.start(shared_resources, stock.views[n], markets[n]) for n in stock.names
        }
        self.tables: list[Ints] = fleet.results([self.resources[n] for n in stock.names])
        values = [fleet.start(value_of_an_offer, markets[n]) for n in stock.names]
        self.value = sum(fleet.results(values)) / max(1, len(values))
        self.bound = np.inf
        self.demand: Floats = np.zeros((len(stock.names), *stock.left.shape))
        self.best: dict[str, Future[Any]] = {}
        self.best_price: Floats = np.zeros(stock.left.shape)

    def run(self, rounds: int) -> None:
        """Move prices until they have settled, so many times at most, or the time is over."""
        stock, length = self.stock, FIRST_STEP
        scale = np.maximum(stock.left, 1)  # prices of whole offers: yuan and rooms alike
        here, momentum = np.zeros(stock.left.size), Momentum(stock.left.size)
        held: dict[str, Future[Any]] = {}
        for turn in range(max(1, rounds)):
            before = self.bound
            held, used = self._ask(here.reshape(scale.shape) / scale, held, length)
            self.demand = KEPT * self.demand + (1 - KEPT) * used if turn else used
            if not self.bound < before * (1 - HELPED):
                length *= SHORTER
            settled = math.log(FIRST_STEP / length) / math.log(FIRST_STEP / LAST_STEP)
            share = 0.5 * min(1.0, max(settled, (turn + 1) / max(1, rounds)))
            self.clock.tell("prices", 0.0, self.bound, share=share)
            if settled >= 1 or self.clock.is_over():
                break
            excess = ((used.sum(axis=0) - stock.left) / scale).reshape(-1)
            excess[(here <= 0) & (excess < 0)] = 0.0
            moves = momentum.moves(excess, np.full(len(here), length * self.value))
            here = np.maximum(0.0, here + moves)

    def bound_alone(self, alliance: int) -> float:
        """Return what an alliance cannot exceed even if nobody else used the shared offers."""
        left = self.stock.left_alone[alliance]
        stock = np.where(self.tables[alliance] >= 0, self.best_price * left, 0.0)
        return _outward(float(self.own_bounds[alliance] + stock.sum()))

    def _ask(
        self, common: Floats, before: Mapping[str, Future[Any]], length: float
    ) -> tuple[dict[str, Future[Any]], Floats]:
        """Return each alliance's answer, which stays with it, and what it would use [a, k, t]."""
        names, deadline = self.stock.names, self.deadline
        asked = {
            n: self.fleet.start(
                respond_to,
                self.markets[n],
                before.get(n),
                self.resources[n],
                common,
                length,
                deadline,
            )
            for n in names
        }
        told = [self.fleet.start(wish_of, asked[n], self.resources[n]) for n in names]
        wishes: list[Wish] = self.fleet.results(told)
        own = np.array([wish.bound for wish in wishes])
        bound = _outward(float(own.sum() + (common * self.stock.left).sum()))
        if bound < self.bound:
            self.bound, self.best, self.best_price, self.own_bounds = bound, asked, common, own
        return asked, np.array([wish.used for wish in wishes])


def in_table(values: Floats, table: Ints) -> Floats:
    """Return the values of the resources in a table, 0 where there is none."""
    return np.where(table >= 0, np.append(values, 0.0)[table], 0.0)


def _outward(bound: float) -> float:
    """Allow for the rounding of sums."""
    return bound + 1e-12 * abs(bound)
