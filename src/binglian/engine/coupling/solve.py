"""Solves the coupling problem: prices, search, and exact clearing with proof."""

import math
from collections.abc import Callable

import numpy as np

from .certificate.proof import upper_bound
from .clock import Clock
from .judge.feasibility import exact_tiers
from .kernel.compiled import Kernel, State
from .laying_out import market_of
from .market import Flags, Market
from .pairs import Floats, Ints, Supplies
from .problem import CouplingProblem
from .programmes.exact import PROOF, Cleared, clear
from .programmes.held import Held
from .programmes.programme import Programme
from .result import CouplingResult, Prices, Progress, Status, Tiers
from .searching.beside import ProofBeside, Stage
from .searching.core import improve_core
from .searching.lower_tiers import improve_lower_tiers
from .searching.neighbourhoods import improve_by_neighbourhoods
from .searching.prices import Dual, as_prices, find_prices, per_resource
from .searching.search import PAIRED, Halves, Search, by_price, by_weight, costs_at, full_worth
from .searching.warm import adopt

PRICE_ROUNDS = 400
EXCHANGES_PER_NEED = 1500
BRIEFLY = 300  # exchanges per need before branch and bound
EASY_SHARE = 0.5  # of the time, at most, on islands that should be easy,
EASY_SECONDS, MOST_EASY = 2.0, 0.9  # or so many seconds, but no more than this share
MENDING_PER_NEED = 30  # exchanges around a need that lost its supplies
SPLITS = 8  # times the needs are split anew for neighbourhoods on two cores
EASY_FLOWS = 3_000  # below this the exact solver proves an island sooner than search helps
CORE_SHARE = 0.15  # of the time on the cheapest supplies alone
EXACT_FLOWS = 60_000  # above this branch and bound would not finish its first relaxation


def solve_coupling(
    problem: CouplingProblem,
    *,
    seconds: float = 10,
    seed: int = 0,
    progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    warm_start: Supplies | None = None,
    warm_prices: Prices | None = None,
    keep: bool = False,
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
        Same seed, same answer on lists cleared exactly before ``seconds`` are over; where branch
        and bound works beside the search, equally good answers may differ.
    progress, should_stop
        Called now and then from this thread.
    warm_start, warm_prices
        An earlier answer, kept wherever it still stands, and its prices.
    keep
        Whether ``warm_start`` stays wherever it can: only needs whose supplies no longer stand are
        arranged anew, and what is left over goes to needs not yet met.
    threads
        Cores to use: with two, branch and bound works beside the search.

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
    run = _Run(market_of(problem), clock, seed, threads)
    return run.answer(warm_start, warm_prices, keep=keep and warm_start is not None)


class _Run:
    """One solve: the best answer so far and the best bound per island."""

    def __init__(self, market: Market, clock: Clock, seed: int, threads: int) -> None:
        self.market, self.clock, self.seed, self.threads = market, clock, seed, threads
        self.kernel = Kernel(market, threads)
        self.state = State(self.kernel)
        self.dual = Dual(self.kernel)
        self.worth = full_worth(market)
        order = np.argsort(self.dual.island_of_need, kind="stable")
        counts = np.bincount(self.dual.island_of_need, minlength=self.dual.islands)
        self.needs_on: list[Ints] = np.split(order, np.cumsum(counts)[:-1])
        self.flows_on = np.bincount(
            self.dual.island_of_need, weights=market.flows, minlength=self.dual.islands
        )
        self.steps = [self._smallest_step(needs) for needs in self.needs_on]
        self.bounds = np.full(self.dual.islands, math.inf)
        self.price: Floats = np.zeros(len(market.capacity))
        self.beside: ProofBeside | None = None
        self.handed = -math.inf  # total of the answer last handed to branch and bound

    def answer(
        self, warm_start: Supplies | None, warm_prices: Prices | None, *, keep: bool
    ) -> CouplingResult:
        """Run all phases and judge the answer."""
        everyone = by_weight(self.worth)
        lost: Ints = np.zeros(0, dtype=np.int64)
        if warm_start is not None:
            lost = adopt(self.state, warm_start)
        if len(self.worth):
            self._find_prices(warm_prices)
            if keep:
                self._mend(lost)
                return self._result()
            self._take_better_greedy(everyone)
            self._search_briefly()
            self._clear_easy_islands()
            self._search_hard_islands()
            improve_lower_tiers(self.state, self.needs_on, self.clock, self.seed, warm_start)
        return self._result()

    def _take_better_greedy(self, everyone: Ints) -> None:
        """Fill what is still free by weight; start afresh by price if that is better."""
        for order in (by_price(self.worth, self.chosen_by[1]), everyone):
            afresh = State(self.kernel)
            afresh.set_prices(*self.chosen_by)
            afresh.fill(order)
            afresh.fill(order, spare=True)
            if afresh.total() > self.state.total():
                self.state.copy_from(afresh)
        self.state.fill(everyone)
        self.state.fill(everyone, spare=True)

    def _mend(self, lost: Ints) -> None:
        """Arrange the needs anew that lost their supplies, and give away what is left over."""
        order = by_price(self.worth, self.chosen_by[1])
        self.state.fill(order)
        Search(self.kernel, self.state, self.chosen_by, self.worth, self.seed).run(
            lost,
            rounds=MENDING_PER_NEED * len(lost),
            clock=self.clock,
            share=0.9,
            tell=lambda: self._tell("search"),
            heat=0.0,
        )
        self.state.fill(order, spare=True)

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
        ).astype(np.float64)

    def _is_proven(self, island: int, served: float) -> bool:
        return bool(self.bounds[island] <= served + PROOF * max(1.0, abs(served)))

    def _lower_bound(self, island: int, bound: float) -> None:
        if (step := self.steps[island]) and bound < math.inf:
            bound = math.floor(bound / step + PROOF) * step
        self.bounds[island] = min(self.bounds[island], bound)

    def _find_prices(self, warm: Prices | None) -> None:
        served = self._served()
        found = find_prices(
            self.dual,
            served,
            rounds=PRICE_ROUNDS,
            clock=self.clock,
            share=0.3,
            start=None if warm is None else per_resource(self.kernel, warm),
            tell=lambda bounds: self.clock.tell(
                "prices",
                self.market.base + float(served.sum()),
                self.market.base + float(bounds.sum()),
            ),
        )
        self.price = found.price
        for island, bound in enumerate(found.bounds.tolist()):
            self._lower_bound(island, bound)
        costs = costs_at(self.worth, found.surplus)
        self.chosen_by = found.price, costs
        self.state.set_prices(found.price, costs)

    def _open_islands(self) -> list[int]:
        """Return islands without proof, small ones first."""
        served = self._served()
        islands = [i for i in range(self.dual.islands) if not self._is_proven(i, served[i])]
        return sorted(islands, key=lambda i: (self.flows_on[i], i))

    def _search_briefly(self) -> None:
        """Give branch and bound a good answer to start from."""
        easy = [i for i in self._open_islands() if self.flows_on[i] <= EASY_FLOWS]
        if easy:
            self._exchange(easy, BRIEFLY, self.clock, 0.1)

    def _clear_easy_islands(self) -> None:
        """Prove what branch and bound proves at once, small islands first."""
        whole = self.clock.seconds
        easy = max(EASY_SHARE * whole, min(EASY_SECONDS, MOST_EASY * whole))
        for island in self._open_islands():
            seconds = easy - self.clock.elapsed()
            if self.flows_on[island] > EASY_FLOWS or seconds <= 0 or self.clock.is_over():
                return
            needs = self.needs_on[island].tolist()
            served = self._served()
            programme = Programme(self.market, needs, self.market.capacity)
            cleared = clear(
                programme,
                programme.served,
                start={n: self.state.held(n) for n in needs},
                seconds=seconds,
                clock=self.clock,
                seed=self.seed,
                base=self.market.base + float(served.sum() - served[island]),
            )
            self._conclude(island, cleared)

    def _conclude(self, island: int, cleared: Cleared) -> None:
        self._lower_bound(island, cleared.bound)
        if cleared.held is not None:
            self._take_over(cleared.held)
        now = float(self._served()[island])
        if cleared.is_proven and now >= cleared.bound - 1e-5:
            self.bounds[island] = now

    def _search_hard_islands(self) -> None:
        """Search what is still open; branch and bound works beside it where that can help."""
        hard = self._open_islands()
        if not hard:
            return
        stage: Clock = self.clock
        island = hard[-1]
        if self.threads > 1 and self.flows_on[island] <= EXACT_FLOWS:
            needs = self.needs_on[island].tolist()
            self.beside = ProofBeside(self.market, needs, self.clock, 0.93)
            self.beside.start({n: self.state.held(n) for n in needs}, self.seed)
            stage = self.beside.stage
        self._search(hard, stage)
        if self.beside is None:
            return
        cleared = self.beside.finish(wait=True)
        self._lower_bound(island, self.beside.bound)
        if cleared is not None:
            self._conclude(island, cleared)

    def _exchange(self, islands: list[int], per_need: int, clock: Clock, share: float) -> None:
        """Exchange on the cores that are free: branch and bound needs one."""
        centres = np.concatenate([self.needs_on[i] for i in islands])
        Search(self.kernel, self.state, self.chosen_by, self.worth, self.seed).run(
            centres,
            rounds=per_need * len(centres),
            clock=clock,
            share=share,
            tell=lambda: self._tell("search"),
            on_two_cores=self.threads > 1 and self.beside is None,
        )

    def _search(self, hard: list[int], clock: Clock) -> None:
        huge = self.flows_on[hard[-1]] > EXACT_FLOWS
        self._exchange_with_proof()
        self._exchange(hard, EXCHANGES_PER_NEED, clock, 0.7 if huge else 0.6)
        for island in reversed(hard):
            self._exchange_with_proof()
            if self.beside is None and self.threads > 1 and len(self.needs_on[island]) >= PAIRED:
                self._search_neighbourhoods_in_pairs(self.needs_on[island])
                continue
            if self.flows_on[island] <= EXACT_FLOWS:
                improve_core(
                    self.state,
                    self.needs_on[island].tolist(),
                    self.price,
                    clock=clock,
                    seconds=CORE_SHARE * self.clock.seconds,
                    seed=self.seed,
                )
            improve_by_neighbourhoods(
                self.state,
                self.needs_on[island].tolist(),
                clock=clock,
                share=0.93,
                seed=self.seed,
                tell=self._exchange_with_proof,
            )

    def _search_neighbourhoods_in_pairs(self, needs: Ints) -> None:
        halves = Halves(self.state, self.chosen_by, self.seed)
        began = self.clock.elapsed() / self.clock.seconds
        for split in range(1, SPLITS + 1):
            share = began + (0.93 - began) * split / SPLITS
            if self.clock.is_over(share):
                return

            def improve(
                state: State, allowed: Flags, side: int, split: int = split, share: float = share
            ) -> None:
                improve_by_neighbourhoods(
                    state,
                    needs[allowed[needs] > 0].tolist(),
                    clock=Stage(self.clock),
                    share=share,
                    seed=(2 * self.seed + side) * SPLITS + split,
                    tell=lambda: None,
                )

            halves.work(improve)
            self._tell("search")

    def _exchange_with_proof(self) -> None:
        """Hand what the search has to branch and bound, and the other way round."""
        self._tell("search")
        if self.beside is None:
            return
        if (found := self.beside.found()) is not None:
            self._take_over(found)
        total = self.state.total()
        if total > self.handed + 1e-6:
            self.handed = total
            self.beside.hand_over({n: self.state.held(n) for n in self.beside.needs})

    def _take_over(self, found: Held) -> None:
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
        prices = as_prices(self.kernel, self.price)
        price_bound = upper_bound(problem, prices)  # as anybody else would work it out
        bound = objective if proven else max(objective, min(self._bound_of_all(), price_bound))
        status = Status.OPTIMAL if proven else Status.FEASIBLE
        if self.clock.was_stopped and not proven:
            status = Status.STOPPED
        self.clock.tell("done", objective, bound, share=1.0)
        return CouplingResult(
            status=status,
            supplies=supplies,
            objective=objective,
            bound=bound,
            price_bound=price_bound,
            gap=(bound - objective) / bound if bound > 0 else 0.0,
            seconds=self.clock.elapsed(),
            prices=prices,
            tiers=Tiers(*(float(tier) for tier in tiers)),
        )

    def _bound_of_all(self) -> float:
        return self._outward(self.market.base + math.fsum(self.bounds))

    @staticmethod
    def _outward(bound: float) -> float:
        """Allow for the rounding of sums."""
        return bound + 1e-12 * abs(bound)
