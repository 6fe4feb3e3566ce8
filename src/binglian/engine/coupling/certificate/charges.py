"""What things cost at given prices, and how much of them commitments leave."""

import numpy as np

from binglian.engine.coupling.judge.tables import Counts, Tables, Tally, product
from binglian.engine.coupling.pairs import Floats
from binglian.engine.coupling.result import Prices


class Charges:
    """Prices made sound, and what is left to sell.

    With ``O`` offers and ``T`` slots: ``per_unit`` (O × T) charges the use of a unit and its
    effort in points, ``money[n]`` is the price of need ``n``'s money, ``left`` (O × T) counts the
    units left, in any slot the same unless the offer renews.
    """

    def __init__(self, tables: Tables, prices: Prices) -> None:
        problem, slots = tables.problem, tables.slots
        offers = len(problem.offers)
        offer = _sound("offer", prices.offer, (offers, slots))
        effort = _sound("effort", prices.effort, (len(problem.organisations),))
        budget = _sound("budget", prices.budget, (len(problem.budgets),))
        self.left = _left(tables)
        renews = tables.renews[:, None]
        self._offer = np.where(renews, offer, offer[:, :1])
        self._sold_once = np.where(renews | (np.arange(slots) == 0), self.left, 0)
        self._effort, self._budget = effort, budget
        self._tables = tables
        per_effort = np.append(effort, 0.0)[tables.limited]
        self.per_unit: Floats = self._offer + (tables.offers("effort") * per_effort)[:, None]
        self.money: Floats = np.append(budget, 0.0)[tables.payer]

    def proceeds(self) -> Floats:
        """Return what selling everything left would bring, one entry per thing with a price."""
        tables, problem, kept = self._tables, self._tables.problem, self._tables.kept
        effort, price = tables.offers("effort")[kept.offer], tables.offers("price")[kept.offer]
        spent = Tally(tables.limited[kept.offer], product(effort, kept.given, kept.times))
        paid = Tally(tables.payer[kept.need], product(price, kept.given, kept.times))
        efforts = np.array([row.effort_limit for row in problem.organisations], dtype=np.int64)
        money = np.array([row.amount for row in problem.budgets], dtype=np.int64)
        columns = (
            self._offer * self._sold_once,
            self._effort * np.maximum(0, efforts - spent.of(np.arange(len(efforts)))),
            self._budget * np.maximum(0, money - paid.of(np.arange(len(money)))),
        )
        brought = np.concatenate([column.astype(np.float64).ravel() for column in columns])
        return brought[brought > 0]


def _left(tables: Tables) -> Counts:
    """Return O × T: the units of every offer that commitments leave in every slot."""
    kept, slots = tables.kept, tables.slots
    offers = len(tables.problem.offers)
    left: Counts = np.repeat(tables.offers("quantity")[:, None], slots, axis=1)
    if not len(kept):
        return left
    renews = tables.renews[kept.offer]
    taken = product(kept.given, np.where(renews, 1, kept.times))
    in_slot = renews & (kept.slot >= 0)
    always = Tally(kept.offer[~in_slot], taken[~in_slot]).of(np.arange(offers))
    at = kept.offer[in_slot] * slots + kept.slot[in_slot]
    there = Tally(at, taken[in_slot]).of(np.arange(offers * slots))
    rest: Counts = np.maximum(0, left - always[:, None] - there.reshape(offers, slots))
    return rest


def _sound(name: str, prices: Floats, shape: tuple[int, ...]) -> Floats:
    if prices.shape != shape:
        raise ValueError(f"prices.{name}: shape {prices.shape} instead of {shape}")
    usable = np.isfinite(prices) & (prices > 0)
    return np.where(usable, prices, 0.0)
