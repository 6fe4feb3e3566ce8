"""Ruin-and-recreate on the kernel, cooling down as the time runs out."""

from collections.abc import Callable

import numpy as np

from binglian.engine.coupling.clock import Clock
from binglian.engine.coupling.kernel.compiled import Kernel, State
from binglian.engine.coupling.market import Flags, Market
from binglian.engine.coupling.pairs import Floats, Ints

HEAT = 0.08  # losses tolerated at first, in average costs of a need at the prices
COOLING = 0.01  # what is left of the heat at the end
THRIFT = 0.8  # share of the prices of what is used that counts against an exchange at first
PAIRED = 400  # from so many needs on, two cores search
BATCH = 256  # exchanges between two glances at the clock
SNAPSHOTS = 64  # times in one search that the best answer is put aside


def full_worth(market: Market) -> Floats:
    """Return per open need what serving all that is left of it earns."""
    partial = np.bincount(
        market.part_need, weights=market.gain * market.wanted, minlength=len(market.need_row)
    ).astype(np.float64)
    worth: Floats = market.worth + partial * np.maximum(market.times + market.forced, 1)
    return worth


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

    def __init__(
        self, kernel: Kernel, state: State, prices: tuple[Floats, Floats], worth: Floats, seed: int
    ) -> None:
        self.kernel, self.state, self.best = kernel, state, State(kernel)
        self.seed = np.array([seed * 2 + 1], dtype=np.uint64)
        # Where every need must be met, worths say nothing: what an answer costs does.
        self.at_stake = float(np.minimum(worth, prices[1]).mean()) if len(worth) else 0.0
        self.prices = prices

    def run(
        self,
        centres: Ints,
        *,
        rounds: int,
        clock: Clock,
        share: float,
        tell: Callable[[], None],
        heat: float = HEAT,
        on_two_cores: bool = False,
    ) -> None:
        """Try ``rounds`` exchanges around ``centres``, or until this share of the time.

        Without ``heat`` only what is better is taken. Two cores help from ``PAIRED`` needs on.
        """
        if not len(centres):
            return
        paired = on_two_cores and len(centres) >= PAIRED
        exchange = _Paired(self) if paired else _Alone(self)
        began = clock.elapsed()
        span = max(1e-3, share * clock.seconds - began)
        self.best.copy_from(self.state)
        best_total, done, snapshots = self.state.total(), 0, 0
        while done < rounds and not clock.is_over(share):
            progress, spent = done / rounds, (clock.elapsed() - began) / span
            if spent > max(0.2, progress):  # time will cut the rounds short: cool faster
                progress = spent
            thrift = THRIFT * max(0.0, 1.0 - 1.25 * progress) if heat else 0.0
            degree = heat * self.at_stake * COOLING ** min(1.0, progress)
            done += exchange.try_some(centres, rounds - done, degree, thrift)
            if progress * SNAPSHOTS >= snapshots:
                snapshots += 1
                total = self.state.total()
                if total > best_total:
                    self.best.copy_from(self.state)
                    best_total = total
            tell()
        if self.state.total() < best_total:
            self.state.copy_from(self.best)


class _Alone:
    """Exchanges on one core."""

    def __init__(self, search: Search) -> None:
        self.state, self.seed = search.state, search.seed

    def try_some(self, centres: Ints, most: int, heat: float, thrift: float) -> int:
        rounds = min(BATCH, most)
        self.state.improve(self.seed, rounds, heat, thrift, centres)
        return rounds


class Halves:
    """Two copies of a state, one for each core: half of the needs, and what is left for them.

    Each need keeps what it holds in the copy of its side; every split cuts another way, so that
    all needs meet in time. The answer does not depend on which side is ready first.
    """

    def __init__(self, state: State, prices: tuple[Floats, Floats], seed: int) -> None:
        self.kernel, self.state = state.kernel, state
        self.random = np.random.default_rng(seed)
        self.sides = State(self.kernel), State(self.kernel)
        for copy in self.sides:
            copy.set_prices(*prices)

    def work(self, improve: Callable[[State, Flags, int], None]) -> None:
        """Split, let ``improve(copy, allowed needs, side)`` work on both sides at once, join."""
        side = self.state.halves(int(self.random.integers(self.kernel.needs)))
        self.state.share_out(*self.sides, self._owners(side))
        allowed = [np.ascontiguousarray(side == mine, dtype=np.uint8) for mine in (0, 1)]
        list(self.kernel.threads.map(improve, self.sides, allowed, (0, 1)))
        self.state.join(*self.sides, side)

    def _owners(self, side: Flags) -> Flags:
        """Give each offer to the side that wants it more, the rest by lot."""
        market = self.kernel.market
        owner = self.random.integers(0, 2, self.kernel.resources, dtype=np.uint8)
        offers = len(market.organisation)
        lean = np.bincount(
            market.arc_offer,
            weights=side[market.part_need[market.arc_part]] - 0.5,
            minlength=offers,
        )
        owned = np.repeat((lean > 0).astype(np.uint8), np.where(market.renews, market.slots, 1))
        owner[: len(owned)] = owned
        return owner


class _Paired:
    """Exchanges on two cores."""

    def __init__(self, search: Search) -> None:
        seed = int(search.seed[0])
        self.halves = Halves(search.state, search.prices, seed)
        self.seeds = tuple(np.array([seed + 2 * side], dtype=np.uint64) for side in (1, 2))

    def try_some(self, centres: Ints, most: int, heat: float, thrift: float) -> int:
        rounds = min(max(BATCH, 2 * len(centres)), most)

        def improve(state: State, allowed: Flags, side: int) -> None:
            around = np.ascontiguousarray(centres[allowed[centres] > 0])
            state.improve(self.seeds[side], rounds // 2, heat, thrift, around, allowed)

        self.halves.work(improve)
        return rounds
