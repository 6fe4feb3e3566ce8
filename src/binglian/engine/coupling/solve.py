"""Solves the coupling problem: prices, search, and exact clearing with proof."""

import math
from collections.abc import Callable

import numpy as np

from .clock import Clock
from .compiled import Kernel, State
from .exact import PROOF, Programme, clear
from .feasibility import exact_tiers
from .market import Market
from .pairs import Floats, Ints, Supplies
from .prices import Dual, as_prices, find_prices, per_resource
from .problem import CouplingProblem
from .result import CouplingResult, Prices, Progress, Status, Tiers
from .search import Search, by_price, by_weight, costs_at, full_worth
from .warm import adopt

PRICE_ROUNDS = 600
EXCHANGES_PER_NEED = 200
EASY_ARCS = 3_000  # below this the exact solver proves an island sooner than search helps
EXACT_ARCS = 60_000  # above this it would not finish its first relaxation


def solve_coupling(
    problem: CouplingProblem,
    *,
    seconds: float = 10,
    seed: int = 0,
    progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    warm_start: Supplies | None = None,
    warm_prices: Prices | None = None,
    threads: int = 2,
) -> CouplingResult:
    """Share scarce offers among needs so that the most weight is served.

    Choose whole quantities ``x[p, t] >= 0`` received through pair ``p`` in slot ``t``. No offer,
    organisation or budget gives more than it has; a supply is 0 or at least the offer's lot; no
    component receives more than it asked; an all-or-nothing need gets every component in full, in
    as many slots as it asked, or nothing; limits on suppliers hold; earlier commitments
    (``kept``) stay. Aims, in strict order (``result.Tiers``): weight × share served, with what
    pairs add or cost; fit; little crowding on single organisations.

    Parameters
    ----------
    seconds
        Wall-clock limit, > 0; at least some prices of offers are always found.
    seed
        Same seed, same answer, unless ``seconds`` or ``should_stop`` cuts the search short.
    progress, should_stop
        Called now and then from this thread.
    warm_start, warm_prices
        An earlier answer, kept wherever it still stands, and its prices.
    threads
        Cores to use; the answer does not depend on it.

    Returns
    -------
    CouplingResult
        Always keeps every rule, always with a bound no answer can exceed. OPTIMAL only when
        branch and bound (to one millionth) or the prices prove it; then bound equals objective.

    Raises
    ------
    ValueError
        If ``seconds`` is not positive.

    References
    ----------
    Prices: M. Held, P. Wolfe, H. Crowder (1974), Validation of subgradient optimization.
    Ruin and recreate: G. Schrimpf et al. (2000), J. Computational Physics 159.
    """
    if not seconds > 0:
        raise ValueError(f"seconds: {seconds} is not positive")
    clock = Clock(seconds, progress, should_stop)
    return _Run(Market.of(problem), clock, seed, threads).answer(warm_start, warm_prices)


class _Run:
    """One solve: the best answer so far and the best bound per island."""

    def __init__(self, market: Market, clock: Clock, seed: int, threads: int) -> None:
        self.market, self.clock, self.seed = market, clock, seed
        self.kernel = Kernel(market, threads)
        self.state = State(self.kernel)
        self.dual = Dual(self.kernel)
        self.worth = full_worth(market)
        order = np.argsort(self.dual.island_of_need, kind="stable")
        counts = np.bincount(self.dual.island_of_need, minlength=self.dual.islands)
        self.needs_on: list[Ints] = np.split(order, np.cumsum(counts)[:-1])
        self.arcs_on = np.bincount(
            self.dual.island_of_need[market.part_need[market.arc_part]],
            minlength=self.dual.islands,
        )
        self.steps = [self._smallest_step(needs) for needs in self.needs_on]
        self.bounds = np.full(self.dual.islands, math.inf)
        self.price: Floats = np.zeros(len(market.capacity))
        self.price_bound = math.inf

    def answer(self, warm_start: Supplies | None, warm_prices: Prices | None) -> CouplingResult:
        """Run all phases and judge the answer."""
        everyone = by_weight(self.worth)
        if warm_start is not None:
            adopt(self.state, warm_start)
        self.state.fill(everyone)
        self.state.fill(everyone, spare=True)
        if len(self.worth):
            self._find_prices(warm_prices)
            self._search()
            self._clear_islands()
        return self._result()

    def _smallest_step(self, needs: Ints) -> float:
        """Return a step that every value of the first aim is a multiple of; 0 if unknown."""
        market = self.market
        arcs = self._arcs_of(needs)
        if not market.whole[needs].all() or market.value[arcs].any() or market.fixed[arcs].any():
            return 0.0
        sixteenths = market.worth[needs] * 16
        if (sixteenths != np.round(sixteenths)).any() or (sixteenths > 2**50).any():
            return 0.0
        return float(np.gcd.reduce(sixteenths.astype(np.int64))) / 16

    def _arcs_of(self, needs: Ints) -> Ints:
        if len(self.needs_on) == 1:
            return np.arange(len(self.market.arc_pair))
        spans = [self.market.arcs_of(n) for n in needs.tolist()]
        return np.concatenate([np.arange(span.start, span.stop) for span in spans])

    def _served(self) -> Floats:
        """Return the first aim of every island, without the trace of the later aims."""
        return np.bincount(
            self.dual.island_of_need, weights=self.state.first_aims(), minlength=self.dual.islands
        )

    def _is_proven(self, island: int, served: float) -> bool:
        return bool(self.bounds[island] <= served + PROOF * max(1.0, abs(served)))

    def _lower_bound(self, island: int, bound: float) -> None:
        if step := self.steps[island]:
            bound = math.floor(bound / step + PROOF) * step
        self.bounds[island] = min(self.bounds[island], bound)

    def _find_prices(self, warm: Prices | None) -> None:
        served = self._served()
        found = find_prices(
            self.dual,
            served,
            rounds=PRICE_ROUNDS,
            clock=self.clock,
            share=0.15,
            start=None if warm is None else per_resource(self.kernel, warm),
            tell=lambda bounds: self.clock.tell(
                "prices",
                self.market.base + float(served.sum()),
                self.market.base + float(bounds.sum()),
            ),
        )
        self.price = found.price
        self.price_bound = self.market.base + math.fsum(found.bounds)
        for island, bound in enumerate(found.bounds.tolist()):
            self._lower_bound(island, bound)
        costs = costs_at(self.worth, found.surplus)
        self.state.set_prices(found.price, costs)
        priced = State(self.kernel)
        priced.set_prices(found.price, costs)
        order = by_price(self.worth, costs)
        priced.fill(order)
        priced.fill(order, spare=True)
        if priced.total() > self.state.total():
            self.state.copy_from(priced)

    def _open_islands(self) -> list[int]:
        """Return islands without proof, small ones first."""
        served = self._served()
        islands = [i for i in range(self.dual.islands) if not self._is_proven(i, served[i])]
        return sorted(islands, key=lambda i: (self.arcs_on[i], i))

    def _search(self) -> None:
        hard = [i for i in self._open_islands() if self.arcs_on[i] > EASY_ARCS]
        if not hard:
            return
        centres = np.concatenate([self.needs_on[i] for i in hard])
        huge = max(self.arcs_on[i] for i in hard) > EXACT_ARCS
        Search(self.kernel, self.state, self.worth, self.seed).run(
            centres,
            rounds=EXCHANGES_PER_NEED * len(centres),
            clock=self.clock,
            share=0.8 if huge else 0.35,
            tell=lambda: self._tell("search"),
        )

    def _clear_islands(self) -> None:
        waiting = self._open_islands()
        served = self._served()
        for island in waiting:
            if self.clock.is_over(0.7) or self.arcs_on[island] > EXACT_ARCS:
                break
            needs = self.needs_on[island].tolist()
            programme = Programme(self.market, needs, self.market.capacity)
            others = self.market.base + float(served.sum() - served[island])
            cleared = clear(
                programme,
                programme.served,
                start={n: self.state.held(n) for n in needs},
                seconds=0.7 * self.clock.seconds - self.clock.elapsed(),
                clock=self.clock,
                seed=self.seed,
                base=others,
            )
            self._lower_bound(island, cleared.bound)
            if cleared.held is not None:
                self._take_over(cleared.held)
            now = float(self._served()[island])
            if cleared.is_proven and now >= cleared.bound - 1e-5:
                self.bounds[island] = now

    def _take_over(self, found: dict[int, list[tuple[int, int, int]]]) -> None:
        before = {n: self.state.held(n) for n in found}
        total = self.state.total()
        self.state.replace(found)
        if self.state.total() < total:
            self.state.replace(before)

    def _tell(self, phase: str) -> None:
        objective = self.market.base + self.state.total()
        self.clock.tell(phase, objective, self.market.base + float(self.bounds.sum()))

    def _result(self) -> CouplingResult:
        problem = self.market.problem
        supplies = self.state.supplies()
        tiers = exact_tiers(problem, supplies)
        objective = float(tiers[0])
        served = self._served()
        proven = all(self._is_proven(i, served[i]) for i in range(self.dual.islands))
        bound = objective if proven else max(objective, self._bound_of_all())
        status = Status.OPTIMAL if proven else Status.FEASIBLE
        if self.clock.was_stopped and not proven:
            status = Status.STOPPED
        self.clock.tell("done", objective, bound, share=1.0)
        return CouplingResult(
            status=status,
            supplies=supplies,
            objective=objective,
            bound=bound,
            price_bound=max(objective, self._outward(self.price_bound)),
            gap=(bound - objective) / bound if bound > 0 else 0.0,
            seconds=self.clock.elapsed(),
            prices=as_prices(self.kernel, self.price),
            tiers=Tiers(*(float(tier) for tier in tiers)),
        )

    def _bound_of_all(self) -> float:
        return self._outward(self.market.base + math.fsum(self.bounds))

    @staticmethod
    def _outward(bound: float) -> float:
        """Allow for the rounding of sums."""
        return bound + 1e-12 * abs(bound)
