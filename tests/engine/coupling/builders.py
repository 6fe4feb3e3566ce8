"""Offers, needs and problems in as few words as a claim allows."""

from itertools import product
from typing import Any

from binglian.engine.coupling.candidates import find_pairs
from binglian.engine.coupling.feasibility import broken_rules, exact_tiers
from binglian.engine.coupling.problem import (
    Component,
    CouplingProblem,
    Kept,
    Need,
    Offer,
    Window,
)
from binglian.engine.coupling.result import CouplingResult
from binglian.engine.coupling.solve import solve_coupling

TUESDAY_AFTERNOON = Window(weekdays=0b0000010, start_minute=840, end_minute=1020)
WEEKEND = Window(weekdays=0b1100000)


def an_offer(organisation: str = "供方", quantity: int = 10, **facts: Any) -> Offer:
    """Ten seats of one organisation, unless told otherwise."""
    facts = {"ref": organisation, "title": "资源", "kind": "seats", **facts}
    return Offer(organisation=organisation, quantity=quantity, **facts)


def a_need(organisation: str = "需方", *quantities: int, **facts: Any) -> Need:
    """A need for seats: one component per quantity (ten if none is given)."""
    components = tuple(Component("seats", quantity) for quantity in quantities or (10,))
    facts = {"ref": organisation, "title": "需求", "components": components, **facts}
    return Need(organisation=organisation, **facts)


def a_problem(offers: list[Offer], needs: list[Need], *kept: Kept, **facts: Any) -> CouplingProblem:
    """A problem with every pair that fits."""
    return CouplingProblem(tuple(offers), tuple(needs), find_pairs(offers, needs), kept, **facts)


def solved(problem: CouplingProblem, **settings: Any) -> CouplingResult:
    """Solve, and insist on a sound answer."""
    result = solve_coupling(problem, **{"seconds": 20, **settings})
    assert broken_rules(problem, result.quantities) == []
    return result


def best_by_trying_everything(problem: CouplingProblem) -> tuple[float, float]:
    """Return the best (served, fit) over all sound answers."""
    ranges = [range(_most(problem, p) + 1) for p in range(len(problem.pairs))]
    sound = (q for q in product(*ranges) if not broken_rules(problem, q))
    served, fit = max(exact_tiers(problem, quantities)[:2] for quantities in sound)
    return float(served), float(fit)


def _most(problem: CouplingProblem, p: int) -> int:
    pair = problem.pairs[p]
    asked = problem.needs[pair.need].components[pair.component].quantity
    return min(problem.offers[pair.offer].quantity, asked)
