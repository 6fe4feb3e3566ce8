"""Several alliances at once, each in its own process, sharing offers at common prices.

What an alliance pays for a shared offer, and may use of it, is settled in rounds. First prices:
every alliance answers to common prices, which fall where all together would use less than there
is and rise where more; that also bounds what any joint answer reaches. Then amounts: what is
there is split by what each would use, each alliance clears within its part, what one leaves over
goes to the next, and units move to where they are worth more. All tasks are pure functions with a
fixed amount of work, put together in alphabetical order, so neither the number of workers nor
the loss of one changes anything.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from distributed import Future

from binglian.engine.coupling.clock import Clock
from binglian.engine.coupling.judge.aims import exact_tiers
from binglian.engine.coupling.laying_out import market_of
from binglian.engine.coupling.market import Market
from binglian.engine.coupling.problem import CouplingProblem
from binglian.engine.coupling.result import CouplingResult, Progress, Status, Tiers

from .fleet import Fleet
from .joint_prices import PriceRounds, prices_at
from .joint_shares import ShareRounds
from .sharing import (
    SharedOffer,
    Stock,
    Terms,
    View,
    check_shared,
    kept_in,
    offers_for,
    open_to,
    slots_together,
    terms_of,
    view_of,
    with_shared,
)
from .steady import Answer, Response

PROOF = 1e-6


@dataclass(frozen=True, slots=True)
class Work:
    """How much is tried, whatever the time: rounds of prices and of amounts between the alliances.

    Both end before, once nothing is gained any more. ``exchanges`` are tries of the search for each
    need that is not cleared exactly.
    """

    price_rounds: int = 200
    rounds: int = 24
    exchanges: int = 100


USUAL = Work()


@dataclass(frozen=True, slots=True)
class Allotment:
    """What one alliance uses of a shared offer; ``slot`` is None unless the offer renews."""

    offer: str
    alliance: str
    slot: int | None
    used: int
    price: float


@dataclass(frozen=True, slots=True)
class SeveralResult:
    """The answer of every alliance, which together use no shared offer twice.

    ``problems`` are those given with the offers open to each; answers and prices refer to them.
    The bound of a single alliance holds as if nobody else used the shared offers; ``bound`` holds
    for all together.
    """

    problems: Mapping[str, CouplingProblem]
    results: Mapping[str, CouplingResult]
    allotments: tuple[Allotment, ...]
    objective: float
    bound: float
    seconds: float

    @property
    def gap(self) -> float:
        """Return (bound - objective) / bound."""
        return (self.bound - self.objective) / self.bound if self.bound > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Apart:
    """The answers of all alliances, still where they were found.

    ``problems`` (opened) and ``results`` are futures of the fleet; ``stock`` and ``allotments``
    are what they share, ``shared`` what was asked.
    """

    problems: Mapping[str, Future[Any]]
    results: Mapping[str, Future[Any]]
    shared: tuple[SharedOffer, ...]
    stock: Stock
    allotments: tuple[Allotment, ...]
    objective: float
    bound: float
    seconds: float


def clear_several(
    problems: Mapping[str, CouplingProblem],
    shared: Sequence[SharedOffer],
    *,
    fleet: Fleet,
    seconds: float = 600,
    seed: int = 0,
    work: Work = USUAL,
    progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> SeveralResult:
    """Clear every alliance, each in a process of the fleet, with the offers they share.

    Parameters
    ----------
    problems
        By name of the alliance. Limits on an organisation's effort and budgets hold within each.
    seconds
        Wall-clock limit. ``work`` is fixed, and should end well before it: same seed, same
        answer, unless time or ``should_stop`` cuts it short.
    progress, should_stop
        Called between rounds, from this thread.

    Raises
    ------
    ValueError
        As ``check_shared``; or ``seconds`` is not positive.
    FleetLost
        The scheduler, or one task's workers too many times.
    """
    apart = clear_apart(
        {name: fleet.start(as_given, problem) for name, problem in problems.items()},
        shared,
        fleet=fleet,
        seconds=seconds,
        seed=seed,
        work=work,
        progress=progress,
        should_stop=should_stop,
    )
    names = apart.stock.names
    results = fleet.results([apart.results[name] for name in names])
    return SeveralResult(
        with_shared(problems, shared),
        dict(zip(names, results, strict=True)),
        apart.allotments,
        apart.objective,
        apart.bound,
        apart.seconds,
    )


def as_given(problem: CouplingProblem) -> CouplingProblem:
    """Return a problem: handed to a worker once, it stays there."""
    return problem


def clear_apart(
    problems: Mapping[str, Future[Any]],
    shared: Sequence[SharedOffer],
    *,
    fleet: Fleet,
    seconds: float = 600,
    seed: int = 0,
    work: Work = USUAL,
    progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Apart:
    """Clear alliances whose problems are futures of the fleet, read or made at its workers.

    Only what concerns the shared offers passes through this process. Parameters and errors as
    ``clear_several``.
    """
    if not seconds > 0:
        raise ValueError(f"seconds: {seconds} is not positive")
    clock = Clock(seconds, progress, should_stop)
    deadline = time.time() + seconds
    opened, stock = _opened(fleet, problems, shared)
    markets = {name: fleet.start(market_of, problem) for name, problem in opened.items()}
    pricing = PriceRounds(fleet, stock, markets, clock, deadline)
    pricing.run(work.price_rounds)
    sharing = ShareRounds(fleet, stock, pricing, clock, deadline, work.exchanges, seed)
    sharing.run(work.rounds)
    results = {
        name: fleet.start(
            _concluded,
            opened[name],
            markets[name],
            sharing.answers[name].answer,
            pricing.best[name],
            pricing.bound_alone(a),
            clock.was_stopped,
            clock.elapsed(),
        )
        for a, name in enumerate(stock.names)
    }
    reached = fleet.results([fleet.start(_objective, results[name]) for name in stock.names])
    objective = sum(reached)
    bound = max(objective, pricing.bound)
    clock.tell("done", objective, bound, share=1.0)
    allotments = _allotments(stock, pricing, sharing)
    elapsed = clock.elapsed()
    return Apart(opened, results, tuple(shared), stock, allotments, objective, bound, elapsed)


def _opened(
    fleet: Fleet, problems: Mapping[str, Future[Any]], shared: Sequence[SharedOffer]
) -> tuple[dict[str, Future[Any]], Stock]:
    """Return the problems with what is open to them, in alphabetical order, and what is shared."""
    names, refs = sorted(problems), frozenset(row.offer.ref for row in shared)
    asked = fleet.results([fleet.start(terms_of, problems[name], refs) for name in names])
    terms: dict[str, Terms] = dict(zip(names, asked, strict=True))
    check_shared(terms, shared)
    slots = slots_together(shared, (one.slot_count for one in terms.values()))
    opened = {n: fleet.start(open_to, problems[n], offers_for(n, shared)) for n in names}
    looks = [fleet.start(view_of, opened[name], name, shared, slots) for name in names]
    views: dict[str, View] = dict(zip(names, fleet.results(looks), strict=True))
    kept = fleet.results([fleet.start(kept_in, opened[name], views[name]) for name in names])
    return opened, Stock(shared, views, kept)


def _concluded(
    problem: CouplingProblem,
    market: Market,
    answer: Answer,
    response: Response,
    bound_alone: float,
    was_stopped: bool,
    seconds: float,
) -> CouplingResult:
    """Return one alliance's result."""
    tiers = Tiers(*exact_tiers(problem, answer.supplies))
    bound = max(tiers.served, bound_alone)
    return CouplingResult(
        status=_status(was_stopped, tiers.served, bound),
        supplies=answer.supplies,
        objective=tiers.served,
        bound=bound,
        price_bound=bound,
        gap=(bound - tiers.served) / bound if bound > 0 else 0.0,
        seconds=seconds,
        prices=prices_at(market, response),
        tiers=tiers,
    )


def _objective(result: CouplingResult) -> float:
    return result.objective


def _status(was_stopped: bool, objective: float, bound: float) -> Status:
    if bound <= objective + PROOF * max(1.0, abs(objective)):
        return Status.OPTIMAL
    return Status.STOPPED if was_stopped else Status.FEASIBLE


def _allotments(stock: Stock, pricing: PriceRounds, sharing: ShareRounds) -> tuple[Allotment, ...]:
    return tuple(
        Allotment(
            offer.ref,
            name,
            t if offer.renews else None,
            int(sharing.used[a, k, t]),
            float(pricing.best_price[k, t]),
        )
        for k, offer in enumerate(stock.offers)
        for a, name in enumerate(stock.names)
        for t in range(stock.slots if offer.renews else 1)
        if sharing.used[a, k, t]
    )
