"""Answers put together by hand, so that a claim about words needs no solver."""

from binglian.engine.coupling.explaining.leftover import Leftover
from binglian.engine.coupling.pairs import Supplies
from binglian.engine.coupling.problem import CouplingProblem, weight_of
from binglian.engine.coupling.result import CouplingResult, Prices, Status, Tiers


def answered(
    problem: CouplingProblem,
    *rows: tuple[int, int, int],
    prices: Prices | None = None,
    status: Status = Status.FEASIBLE,
) -> CouplingResult:
    """Return the answer that sends these (pair, slot, quantity)."""
    supplies = Supplies.of(rows)
    after = Leftover(problem).after(supplies)
    served = sum(weight_of(need) * after.share(n) for n, need in enumerate(problem.needs))
    return CouplingResult(
        status=status,
        supplies=supplies,
        objective=served,
        bound=served,
        price_bound=served,
        gap=0.0,
        seconds=0.0,
        prices=prices or Prices.none(problem),
        tiers=Tiers(served, 0.0, 0.0),
    )
