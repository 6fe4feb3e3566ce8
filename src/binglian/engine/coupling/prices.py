"""Prices on offers by the sub-gradient method, and the upper bound they prove."""

from dataclasses import dataclass

import numpy as np

from .clock import Clock
from .model import Model

Floats = np.ndarray


@dataclass(slots=True)
class Prices:
    """Best prices found: per unit of offer, and the bound they prove for each island."""

    per_unit: Floats
    bounds: Floats


class _Dual:
    """Evaluates the dual function for prices of whole offers (unit price × what is left)."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.left = np.array(model.offer_left, dtype=float)
        self.wanted = np.array([part.wanted for part in model.parts], dtype=float)
        self.gain = np.array([part.gain for part in model.parts])
        self.need_of_part = np.array([part.need for part in model.parts], dtype=np.int64)
        self.worth = np.array([n.worth if n.whole else 0.0 for n in model.needs])
        self.whole = np.array([n.whole for n in model.needs], dtype=bool)
        self.island_of_need = np.array(model.island_of_need, dtype=np.int64)
        self.traded = np.array(sorted(model.island_of_offer), dtype=np.int64)
        self.island_of_traded = np.array(
            [model.island_of_offer[o] for o in self.traded.tolist()], dtype=np.int64
        )
        sizes = np.bincount(model.part, minlength=len(model.parts))
        self.starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        self.sizes = sizes
        self.whole_opening = self.whole[self.need_of_part[model.part]]
        self.gain_of_opening = self.gain[model.part]

    def evaluate(self, unit_prices: Floats) -> tuple[Floats, Floats]:
        """Return (bound per island, quantity wanted per offer) at these unit prices."""
        model = self.model
        price = unit_prices[model.offer]
        order = np.lexsort((price, model.part))
        most = model.most[order]
        # A partial need does not buy above what a unit earns.
        dear = ~self.whole_opening & (price >= self.gain_of_opening)
        most = np.where(dear[order], 0.0, most)
        filled = np.cumsum(most)
        before = filled - most
        before -= np.repeat(before[self.starts], self.sizes)
        taken = np.clip(np.repeat(self.wanted, self.sizes) - before, 0.0, most)
        earned = taken * (self.gain_of_opening[order] - price[order])
        surplus = np.add.reduceat(earned, self.starts)
        by_need = self.worth + np.bincount(
            self.need_of_part, weights=surplus, minlength=len(self.worth)
        )
        buys = by_need > 0
        bought = taken * buys[self.need_of_part[model.part[order]]]
        used = np.bincount(model.offer[order], weights=bought, minlength=len(self.left))
        stock = unit_prices * self.left
        bounds = np.bincount(
            self.island_of_need, weights=np.maximum(by_need, 0.0), minlength=model.islands
        ) + np.bincount(self.island_of_traded, weights=stock[self.traded], minlength=model.islands)
        return bounds, used


def find_prices(model: Model, served: Floats, *, rounds: int, clock: Clock, share: float) -> Prices:
    """Lower the dual function by Polyak steps towards ``served``, the value per island.

    Prices move per whole offer, so funds in yuan and rooms in ones are on one scale.
    """
    dual = _Dual(model)
    left = np.maximum(dual.left, 1.0)
    here = np.zeros(len(left))
    bounds, used = dual.evaluate(here)
    best = Prices(here.copy(), bounds)
    island = np.zeros(len(left), dtype=np.int64)
    island[dual.traded] = dual.island_of_traded
    step = np.full(model.islands, 1.5)
    stale = np.zeros(model.islands, dtype=np.int64)
    direction = np.zeros(len(left))
    for _ in range(rounds):
        if clock.is_over(share):
            break
        slack = 1.0 - used / left
        slack[(here <= 0) & (slack > 0)] = 0.0
        direction = slack + 0.6 * direction
        length = np.bincount(
            island[dual.traded], weights=direction[dual.traded] ** 2, minlength=model.islands
        )
        distance = step * (bounds - served) / np.maximum(length, 1e-12)
        here = np.maximum(0.0, here - distance[island] * direction)
        here[dual.left <= 0] = 0.0
        bounds, used = dual.evaluate(here / left)
        better = bounds < best.bounds - 1e-9 * np.maximum(1.0, np.abs(best.bounds))
        best.bounds = np.where(better, bounds, best.bounds)
        moved = np.zeros(len(left), dtype=bool)
        moved[dual.traded] = better[dual.island_of_traded]
        best.per_unit = np.where(moved, here / left, best.per_unit)
        stale = np.where(better, 0, stale + 1)
        tired = stale >= 12
        step = np.where(tired, step * 0.6, step)
        # Start again from the best prices: wandering on from worse ones wastes rounds.
        back = np.zeros(len(left), dtype=bool)
        back[dual.traded] = tired[dual.island_of_traded]
        here = np.where(back, best.per_unit * left, here)
        direction[back] = 0.0
        stale[tired] = 0
        if back.any():
            _, used = dual.evaluate(here / left)
            bounds = np.where(tired, best.bounds, bounds)
        if (step < 1e-4).all() or (best.bounds <= served + 1e-9).all():
            break
        clock.tell("prices", float(served.sum()), float(best.bounds.sum()))
    return best
