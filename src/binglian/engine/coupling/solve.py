"""Solves the coupling problem: prices, search, and exact clearing with proof."""

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce

import numpy as np

from .clock import Clock
from .exact import PROOF, Programme, clear
from .feasibility import broken_rules, exact_tiers
from .lower_tiers import improve_lower_tiers
from .model import Model
from .neighbourhoods import improve_by_neighbourhoods
from .prices import Prices, find_prices
from .problem import CouplingProblem
from .result import CouplingResult, Progress, Status, Tiers
from .search import Assignment, Ruin, by_price, by_weight, fill_greedily

PRICE_ROUNDS = 300
EXCHANGES_PER_NEED = 4
EASY_OPENINGS = 3_000  # below this the exact solver proves an island sooner than search helps
EXACT_OPENINGS = 60_000  # above this it would not finish its first relaxation
OPENINGS_A_SECOND = 2_000  # up to here the exact solver usually gets to a proof in the time given


def solve_coupling(
    problem: CouplingProblem,
    *,
    seconds: float = 10,
    seed: int = 0,
    progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    warm_start: tuple[int, ...] | None = None,
) -> CouplingResult:
    """Share scarce offers among needs so that the most weight is served.

    Choose integers ``x[p] >= 0``, one per pair. Rules: no offer gives more than it has; a supply
    is 0 or at least the offer's lot; no component receives more than it asked; an all-or-nothing
    need gets each component in full or nothing; a need has at most ``max_suppliers``
    organisations; earlier commitments (``kept``) stay. Aims, in strict order (``result.Tiers``):
    weight × share served; fit; little crowding on single organisations.

    Parameters
    ----------
    seconds
        Wall-clock limit, > 0; at least the prices of offers are always found.
    seed
        Same seed, same answer, unless ``seconds`` or ``should_stop`` cuts the search short.
    progress, should_stop
        Called now and then from this thread.
    warm_start
        Quantities per pair of an earlier answer; ignored unless it keeps every rule.

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
    if seconds <= 0:
        raise ValueError(f"seconds: {seconds} is not positive")
    clock = Clock(seconds, progress, should_stop)
    return _Run(Model(problem), clock, seed).answer(warm_start)


class _Run:
    """One solve: the best assignment so far and the best bound per island."""

    def __init__(self, model: Model, clock: Clock, seed: int) -> None:
        self.model = model
        self.clock = clock
        self.seed = seed
        self.base = float(model.base)
        self.needs_on: list[list[int]] = [[] for _ in range(model.islands)]
        for n, island in enumerate(model.island_of_need):
            self.needs_on[island].append(n)
        self.openings_on = [
            sum(len(model.openings_of(n)) for n in needs) for needs in self.needs_on
        ]
        self.steps = [self._smallest_step(needs) for needs in self.needs_on]
        self.bounds = [sum(model.needs[n].worth for n in needs) for needs in self.needs_on]
        self.prices = [0.0] * len(model.offer_left)
        self.best = Assignment(model, self.prices)

    def answer(self, warm_start: Sequence[int] | None) -> CouplingResult:
        """Run all phases and judge the answer."""
        fill_greedily(self.best, by_weight(self.model))
        if warm_start is not None:
            self._adopt(warm_start)
        if self.model.needs:
            self._find_prices()
            self._search()
            self._clear_islands()
            self._search_neighbourhoods()
            improve_lower_tiers(self.best, self.needs_on, self.clock, self.seed)
        return self._result()

    def _smallest_step(self, needs: list[int]) -> float:
        """Return a step that every value of the first aim is a multiple of; 0 if unknown."""
        if not all(self.model.needs[n].whole for n in needs):
            return 0.0
        return reduce(math.gcd, (round(4 * self.model.needs[n].worth) for n in needs)) / 4

    def _served(self, island: int) -> float:
        return self.best.served(self.needs_on[island])

    def _is_proven(self, island: int) -> bool:
        served = self._served(island)
        return self.bounds[island] <= served + PROOF * max(1.0, served)

    def _lower_bound(self, island: int, bound: float) -> None:
        step = self.steps[island]
        if step:
            bound = math.floor(bound / step + PROOF) * step
        self.bounds[island] = min(self.bounds[island], bound)

    def _adopt(self, quantities: Sequence[int]) -> None:
        problem = self.model.problem
        if len(quantities) != len(problem.pairs) or broken_rules(problem, quantities):
            return
        supplies = self.model.supplies(quantities)
        earlier = Assignment(self.model, self.prices)
        for n, mine in enumerate(supplies):
            if mine:
                earlier.give(n, mine)
        fill_greedily(earlier, by_weight(self.model))
        everyone = range(len(self.model.needs))
        if earlier.total_of(everyone) >= self.best.total_of(everyone):
            self.best = earlier

    def _find_prices(self) -> None:
        served = np.array([self._served(island) for island in range(self.model.islands)])
        found: Prices = find_prices(
            self.model, served, rounds=PRICE_ROUNDS, clock=self.clock, share=0.15
        )
        self.prices = found.per_unit.tolist()
        for island, bound in enumerate(found.bounds.tolist()):
            self._lower_bound(island, bound)

    def _search(self) -> None:
        priced = Assignment(self.model, self.prices)
        order, costs = by_price(priced)
        fill_greedily(priced, order)
        self.best.set_prices(self.prices)
        for needs in self.needs_on:
            if priced.total_of(needs) > self.best.total_of(needs):
                self.best.copy_from(priced, needs)
        for island in self._open_islands():
            if self.openings_on[island] <= EASY_OPENINGS:
                continue
            needs = self.needs_on[island]
            Ruin(self.best, needs, costs, self.seed).run(
                rounds=EXCHANGES_PER_NEED * len(needs),
                clock=self.clock,
                share=0.3,
                tell=lambda: self._tell("search"),
            )

    def _open_islands(self) -> list[int]:
        """Return islands without proof, small ones first."""
        islands = [i for i in range(self.model.islands) if not self._is_proven(i)]
        return sorted(islands, key=lambda i: (self.openings_on[i], i))

    def _clear_islands(self) -> None:
        waiting = self._open_islands()
        for island in waiting:
            hard = self.openings_on[island] > OPENINGS_A_SECOND * self.clock.seconds
            share = 0.65 if hard else 0.85
            if self.clock.is_over(share) or self.openings_on[island] > EXACT_OPENINGS:
                break
            needs = self.needs_on[island]
            programme = Programme(self.model, needs, self.model.offer_left)
            others = self.base + sum(self._served(i) for i in waiting if i != island)
            cleared = clear(
                programme,
                programme.served,
                start={n: self.best.held[n] for n in needs},
                seconds=share * self.clock.seconds - self.clock.elapsed(),
                clock=self.clock,
                seed=self.seed,
                base=others,
            )
            self._lower_bound(island, cleared.bound)
            if cleared.held is not None:
                self.best.replace_if_better(cleared.held)
            if cleared.is_proven and self._served(island) >= cleared.bound - 1e-5:
                self.bounds[island] = self._served(island)

    def _search_neighbourhoods(self) -> None:
        for island in reversed(self._open_islands()):
            improve_by_neighbourhoods(
                self.best,
                self.needs_on[island],
                clock=self.clock,
                share=0.93,
                seed=self.seed,
                tell=lambda: self._tell("search"),
            )

    def _tell(self, phase: str) -> None:
        objective = self.base + self.best.served(range(len(self.model.needs)))
        self.clock.tell(phase, objective, self.base + sum(self.bounds))

    def _result(self) -> CouplingResult:
        problem = self.model.problem
        quantities = self.model.quantities(self.best.held)
        broken = broken_rules(problem, quantities)
        if broken:
            raise AssertionError(f"the solver broke a rule: {broken[0]}")
        tiers = exact_tiers(problem, quantities)
        objective = float(tiers[0])
        proven = all(self._is_proven(island) for island in range(self.model.islands))
        bound = objective if proven else max(objective, self._bound_of_all())
        status = Status.OPTIMAL if proven else Status.FEASIBLE
        if self.clock.was_stopped and not proven:
            status = Status.STOPPED
        self.clock.tell("done", objective, bound, share=1.0)
        return CouplingResult(
            status=status,
            quantities=quantities,
            objective=objective,
            bound=bound,
            gap=(bound - objective) / bound if bound > 0 else 0.0,
            seconds=self.clock.elapsed(),
            prices=tuple(self.prices),
            tiers=Tiers(*(float(tier) for tier in tiers)),
        )

    def _bound_of_all(self) -> float:
        exact = self.model.base + sum(map(Fraction, self.bounds), Fraction(0))
        return math.nextafter(float(exact), math.inf)
