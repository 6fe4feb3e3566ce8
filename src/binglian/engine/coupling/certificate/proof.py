"""The certificate: a bound on every answer, worked out from prices alone. Imports no solver."""

import math
from collections.abc import Iterator

import numpy as np

from binglian.engine.coupling.judge.aims import objective_of
from binglian.engine.coupling.judge.tables import Tables
from binglian.engine.coupling.pairs import Supplies
from binglian.engine.coupling.problem import CouplingProblem
from binglian.engine.coupling.result import Prices

from .charges import Charges
from .lone_answers import ROUNDING, LoneAnswers

#: Cells (part or pair, times slots) looked at together: keeps the memory below 1 GB.
BLOCK = 2_000_000


def upper_bound(problem: CouplingProblem, prices: Prices) -> float:
    """Return a value that no sound answer can exceed: the Lagrangian dual function at ``prices``.

    Charge for every offer, effort and budget instead of limiting it; then each need can be
    answered alone at its best. Those answers, plus what selling everything left would bring, plus
    what commitments serve already, bound every sound answer, whatever the prices. A price that is
    no positive number counts as 0; an offer that does not renew has the price of its first slot.

    Relaxed are limits above three suppliers of a part or two of a need, and a supply to its convex
    hull with none. Floats are
    rounded outward: an allowance for every rounding is added. Where every answer is worth a
    multiple of some step (all needs whole, nothing earned or paid by supplies), the bound is
    rounded down to one.

    Raises
    ------
    ValueError
        If an array of ``prices`` does not have the shape that ``Prices`` asks for.

    References
    ----------
    Lagrangian relaxation: A. M. Geoffrion (1974), Mathematical Programming Studies 2.
    """
    bound, step = dual_value(problem, prices), _step(Tables(problem))
    return math.floor(bound / step) * step if step else bound


def dual_value(problem: CouplingProblem, prices: Prices) -> float:
    """Return the dual function itself, outward but not down to a step: these may be added up."""
    tables = Tables(problem)
    charges = Charges(tables, prices)
    sold, base = charges.proceeds(), objective_of(problem, Supplies.of(()))
    terms, doubts = [base, *sold.tolist()], [ROUNDING * base, *(4 * ROUNDING * sold).tolist()]
    if len(problem.pairs):
        answers = LoneAnswers(tables, charges)
        for first, last in _blocks(tables, answers):
            surplus, doubt = answers.of(first, last)
            gains = surplus + doubt > 0
            terms += surplus[gains].tolist()
            doubts += doubt[gains].tolist()
    bound = math.fsum(terms + doubts)
    if math.fsum([*terms, *doubts, -bound]) > 0:
        bound = math.nextafter(bound, math.inf)
    return bound


def _blocks(tables: Tables, answers: LoneAnswers) -> Iterator[tuple[int, int]]:
    """Yield ranges of needs that are small enough to be looked at together."""
    cells = (answers.first_pair[tables.first_part] + tables.first_part) * tables.slots
    first, needs = 0, len(tables.problem.needs)
    while first < needs:
        last = int(np.searchsorted(cells, cells[first] + BLOCK, side="right")) - 1
        last = min(needs, max(first + 1, last))
        yield first, last
        first = last


def _step(tables: Tables) -> float:
    """Return the step between the values that answers can have, a multiple of 1/16, or 0."""
    pairs = tables.problem.pairs
    sixteenths = 16 * tables.weight
    if not tables.whole.all() or (sixteenths % 1).any() or sixteenths.sum() > 2**53:
        return 0.0
    if pairs.value.any() or pairs.fixed.any() or any(o.setup_cost for o in tables.problem.offers):
        return 0.0
    return float(np.gcd.reduce(sixteenths.astype(np.int64))) / 16
