"""Ruin-and-recreate on the kernel, cooling down as the time runs out."""

from collections.abc import Callable

import numpy as np

from .clock import Clock
from .compiled import Kernel, State
from .market import Market
from .pairs import Floats, Ints

HEAT = 0.03  # losses tolerated at first, in average worths of a need
COOLING = 0.01  # what is left of the heat at the end
THRIFT = 0.8  # share of the prices of what is used that counts against an exchange at first
BATCH = 256  # exchanges between two glances at the clock
SNAPSHOTS = 64  # times in one search that the best answer is put aside


def full_worth(market: Market) -> Floats:
    """Return per open need what serving all that is left of it earns."""
    partial = np.bincount(
        market.part_need, weights=market.gain * market.wanted, minlength=len(market.need_row)
    )
    return market.worth + partial * np.maximum(market.times + market.forced, 1)


def by_weight(worth: Floats) -> Ints:
    """Rank open needs as a desk would by hand: the weightiest first."""
    return np.argsort(-worth, kind="stable")


def by_price(worth: Floats, cost: Floats) -> Ints:
    """Rank open needs by worth over cost; free ones still rank by worth."""
    return np.argsort(-worth / np.maximum(cost, 0.05 * worth + 1e-12), kind="stable")


def costs_at(worth: Floats, surplus: Floats) -> Floats:
    """Return what a full answer of each need costs at the prices that gave ``surplus``."""
    return np.where(np.isfinite(surplus), worth - surplus, 1e9 * (1.0 + worth))


class Search:
    """Improves a state within a time and leaves it at the best answer seen."""

    def __init__(self, kernel: Kernel, state: State, worth: Floats, seed: int) -> None:
        self.state, self.best = state, State(kernel)
        self.seed = np.array([seed * 2 + 1], dtype=np.uint64)
        self.thrift = THRIFT
        self.mean_worth = float(worth.mean()) if len(worth) else 0.0

    def run(
        self,
        centres: Ints,
        *,
        rounds: int,
        clock: Clock,
        share: float,
        tell: Callable[[], None],
        heat: float = HEAT,
    ) -> None:
        """Try ``rounds`` exchanges around ``centres``, or until this share of the time."""
        if not len(centres):
            return
        began = clock.elapsed()
        span = max(1e-3, share * clock.seconds - began)
        self.best.copy_from(self.state)
        best_total, done, snapshots = self.state.total(), 0, 0
        while done < rounds and not clock.is_over(share):
            progress, spent = done / rounds, (clock.elapsed() - began) / span
            if spent > max(0.2, progress):  # time will cut the rounds short: cool faster
                progress = spent
            thrift = self.thrift * max(0.0, 1.0 - 1.25 * progress)
            degree = heat * self.mean_worth * COOLING ** min(1.0, progress)
            self.state.improve(self.seed, min(BATCH, rounds - done), degree, thrift, centres)
            done += BATCH
            if progress * SNAPSHOTS >= snapshots:
                snapshots += 1
                total = self.state.total()
                if total > best_total:
                    self.best.copy_from(self.state)
                    best_total = total
            tell()
        if self.state.total() < best_total:
            self.state.copy_from(self.best)
