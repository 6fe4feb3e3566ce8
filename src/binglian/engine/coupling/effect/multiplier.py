"""The multiplier effect (乘数效应): what pooling brings beyond acting alone, and through whom."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from binglian.engine.coupling.clock import Clock
from binglian.engine.coupling.pairs import Floats, Pairs
from binglian.engine.coupling.problem import CouplingProblem
from binglian.engine.coupling.result import CouplingResult

from .pooling import Pooling, TimeOver
from .shapley import SampledShares, exact_shares

MOST_FOR_EXACT = 8  # organisations that have to do with each other: 256 groups
MOST_FOR_SAMPLES = 40
MOST_PAIRS_FOR_SAMPLES = 20_000
SHARE_FOR_ALL = (
    0.3  # of the time, for clearing everybody together; half as much for everybody alone
)


class Attribution(StrEnum):
    """How the contributions were worked out."""

    EXACT = "exact"  # Shapley values over all groups
    SAMPLED = "sampled"  # Shapley values over random orders of joining, with standard errors
    PRICES = "prices"  # what offers fetch at the prices, and what needs keep beyond the prices


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one organisation reaches ``alone`` and what it brings to the whole; points.

    ``standard_error`` is 0 where nothing was sampled and None where prices cannot tell.
    """

    organisation: str
    alone: float
    contribution: float
    standard_error: float | None


@dataclass(frozen=True, slots=True)
class Multiplier:
    """V(all) against the sum of V({i}), each with the bound it surely does not exceed; points.

    ``contributions`` stand in the alphabetical order of the organisations: they are no ranking.
    They add up to ``together``, within ``gap``: no value used is further than this share of
    its bound below that bound. ``orders`` counts the random orders of joining.
    """

    together: float
    together_bound: float
    alone: float
    alone_bound: float
    attribution: Attribution
    contributions: tuple[Contribution, ...]
    orders: int
    gap: float

    @property
    def surplus(self) -> float:
        """Return what pooling adds: V(all) - Σ V({i})."""
        return self.together - self.alone

    @property
    def multiplier(self) -> float | None:
        """Return V(all) / Σ V({i}), None if nobody can serve itself."""
        return self.together / self.alone if self.alone > 0 else None


def measure_multiplier(
    problem: CouplingProblem,
    *,
    seconds: float = 30,
    seed: int = 0,
    own: Pairs | None = None,
    attribution: Attribution | None = None,
    orders: int = 128,
    clock: Clock | None = None,
) -> Multiplier:
    """Measure what the organisations of a problem reach by pooling offers and needs.

    V(S) is defined in ``pooling.Pooling``: only S pools, pairs within an organisation count.

    Parameters
    ----------
    seconds, clock
        Wall-clock limit; a clock of the caller's, with progress and a way to stop, stands instead.
    seed
        Same seed, same figures, unless the time cuts the work short.
    own
        Pairs within single organisations, for problems whose pairs do not follow from the rows.
    attribution
        Chosen by size if not given: exact where at most 8 organisations have to do with each
        other, sampled up to 40, prices beyond, and prices when the time is over too soon.
    orders
        Random orders of joining for each group, even and at least 4.
    """
    clock = clock or Clock(seconds)
    pooling = Pooling(problem, clock, seed, own)
    everybody = pooling.together(SHARE_FOR_ALL * clock.seconds)
    alone, alone_worth = pooling.alone(SHARE_FOR_ALL / 2 * clock.seconds)
    way = attribution or _suitable(pooling)
    drawn = 0
    errors: Floats | None = None
    try:
        if way is Attribution.EXACT:
            shares, errors = _exact(pooling)
        elif way is Attribution.SAMPLED:
            shares, errors, drawn = _sampled(pooling, seed, orders, everybody)
    except TimeOver:
        way = Attribution.PRICES
    if way is Attribution.PRICES:
        shares = _by_prices(pooling, everybody)
    contributions = tuple(
        Contribution(
            ref, float(alone[i]), float(shares[i]), None if errors is None else float(errors[i])
        )
        for i, ref in enumerate(pooling.members)
    )
    return Multiplier(
        everybody.objective,
        everybody.bound,
        alone_worth.objective,
        alone_worth.bound,
        way,
        contributions,
        drawn,
        pooling.gap,
    )


def _suitable(pooling: Pooling) -> Attribution:
    largest = max(map(len, pooling.islands()), default=0)
    if largest <= MOST_FOR_EXACT:
        return Attribution.EXACT
    pairs = len(pooling.problem.pairs)
    if largest <= MOST_FOR_SAMPLES and pairs <= MOST_PAIRS_FOR_SAMPLES:
        return Attribution.SAMPLED
    return Attribution.PRICES


def _exact(pooling: Pooling) -> tuple[Floats, Floats]:
    shares = np.zeros(len(pooling.members))
    for island in pooling.islands():
        members = sorted(island)
        shares[members] = exact_shares(members, pooling.value)
    return shares, np.zeros(len(shares))


def _sampled(
    pooling: Pooling, seed: int, orders: int, everybody: CouplingResult
) -> tuple[Floats, Floats, int]:
    """Return means, standard errors and the orders drawn, as many as the time allows."""
    shares, errors = (np.zeros(len(pooling.members)) for _ in range(2))
    draws = []
    for members in map(sorted, pooling.islands()):
        if len(members) <= MOST_FOR_EXACT:
            shares[members] = exact_shares(members, pooling.value)
        else:
            draws.append(SampledShares(members, pooling.value, seed))
    drawn = 0
    while draws and drawn < max(4, orders):
        try:
            for draw in draws:
                draw.draw()
        except TimeOver:
            if drawn < 4:  # no standard error from a single sample
                raise
            break
        drawn += 2
        share = drawn / max(4, orders)
        pooling.clock.tell("multiplier", everybody.objective, everybody.bound, share=share)
    for draw in draws:
        members = list(draw.members)
        shares[members] = draw.shares()
        errors[members] = draw.standard_errors()
    return shares, errors, drawn


def _by_prices(pooling: Pooling, result: CouplingResult) -> Floats:
    """Return what each member's offers fetch at the prices, and what its needs keep beyond them.

    Money is nobody's: what a budget's price adds stays with the need that spends it.
    """
    problem, supplies, prices = pooling.problem, result.supplies, result.prices
    pairs, p = problem.pairs, supplies.pair
    offer = pairs.offer[p]
    rows = {limit.ref: g for g, limit in enumerate(problem.organisations)}
    limit = np.array([rows.get(row.organisation, -1) for row in problem.offers], dtype=np.int64)
    effort = np.array([row.effort for row in problem.offers], dtype=np.float64)
    tired = np.append(np.maximum(prices.effort, 0.0), 0.0)[limit[offer]]  # -1: the 0 appended
    price = np.maximum(prices.offer[offer, supplies.slot], 0.0) + effort[offer] * tired
    paid = pairs.use[p] * supplies.quantity * price
    members = len(pooling.members)
    fetched = np.bincount(pooling.giver[offer], paid, minlength=members)
    spent = np.bincount(pooling.taker[pairs.need[p]], paid, minlength=members)
    return fetched - spent + pooling.value_by_taker(supplies)
