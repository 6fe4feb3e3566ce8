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

from binglian.engine.coupling.clock import Clock
from binglian.engine.coupling.judge.aims import exact_tiers
from binglian.engine.coupling.laying_out import market_of
from binglian.engine.coupling.problem import CouplingProblem
from binglian.engine.coupling.result import CouplingResult, Progress, Status, Tiers

from .fleet import Fleet
from .joint_prices import PriceRounds, prices_at
from .joint_shares import ShareRounds
from .sharing import SharedOffer, Stock, with_shared

PROOF = 1e-6


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


def clear_several(
    problems: Mapping[str, CouplingProblem],
    shared: Sequence[SharedOffer],
    *,
    fleet: Fleet,
    seconds: float = 600,
    seed: int = 0,
    price_rounds: int = 40,
    rounds: int = 24,
    exchanges: int = 100,
    progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> SeveralResult:
    """Clear every alliance, each in a process of the fleet, with the offers they share.

    Parameters
    ----------
    problems
        By name of the alliance. Limits on an organisation's effort and budgets hold within each.
    seconds
        Wall-clock limit. The work is fixed by the next three, and should end well before it:
        same seed, same answer, unless time or ``should_stop`` cuts it short.
    price_rounds, rounds
        Exchanges of prices, then of amounts, between the alliances.
    exchanges
        Tries of the search for each need that is not cleared exactly.
    progress, should_stop
        Called between rounds, from this thread.

    Raises
    ------
    ValueError
        As ``with_shared``; or ``seconds`` is not positive.
    """
    if not seconds > 0:
        raise ValueError(f"seconds: {seconds} is not positive")
    clock = Clock(seconds, progress, should_stop)
    deadline = time.time() + seconds
    opened = with_shared(problems, shared)
    stock = Stock(opened, shared)
    markets = {name: fleet.start(market_of, problem) for name, problem in opened.items()}
    pricing = PriceRounds(fleet, stock, markets, clock, deadline)
    pricing.run(price_rounds)
    sharing = ShareRounds(fleet, stock, opened, pricing, clock, deadline, exchanges, seed)
    sharing.run(rounds)
    pricing.finish()
    return _result(fleet, opened, stock, pricing, sharing, clock)


def _result(
    fleet: Fleet,
    problems: Mapping[str, CouplingProblem],
    stock: Stock,
    pricing: PriceRounds,
    sharing: ShareRounds,
    clock: Clock,
) -> SeveralResult:
    tables = fleet.results(
        [fleet.start(prices_at, pricing.markets[n], pricing.best[n]) for n in stock.names]
    )
    results = {}
    for a, (name, prices) in enumerate(zip(stock.names, tables, strict=True)):
        problem, supplies = problems[name], sharing.answers[name].supplies
        tiers = Tiers(*exact_tiers(problem, supplies))
        bound = max(tiers.served, pricing.bound_alone(a))
        results[name] = CouplingResult(
            status=_status(clock, tiers.served, bound),
            supplies=supplies,
            objective=tiers.served,
            bound=bound,
            price_bound=bound,
            gap=(bound - tiers.served) / bound if bound > 0 else 0.0,
            seconds=clock.elapsed(),
            prices=prices,
            tiers=tiers,
        )
    objective = sum(result.objective for result in results.values())
    bound = max(objective, pricing.bound)
    clock.tell("done", objective, bound, share=1.0)
    return SeveralResult(
        problems, results, _allotments(stock, pricing, sharing), objective, bound, clock.elapsed()
    )


def _status(clock: Clock, objective: float, bound: float) -> Status:
    if bound <= objective + PROOF * max(1.0, abs(objective)):
        return Status.OPTIMAL
    return Status.STOPPED if clock.was_stopped else Status.FEASIBLE


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
