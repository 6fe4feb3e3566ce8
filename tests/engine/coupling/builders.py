"""Offers, needs and problems in as few words as a claim allows."""

from typing import Any

from binglian.engine.coupling.candidates.finding import find_pairs
from binglian.engine.coupling.problem import (
    Component,
    CouplingProblem,
    Kept,
    Need,
    Offer,
    Window,
)

TUESDAY_AFTERNOON = Window(weekdays=0b0000010, start_minute=840, end_minute=1020)
WEEKEND = Window(weekdays=0b1100000)


def an_offer(organisation: str = "供方", quantity: int = 10, **facts: Any) -> Offer:
    """Ten seats of one organisation, unless told otherwise."""
    facts = {"ref": organisation, "title": "资源", "kind": "seats", **facts}
    return Offer(**{"organisation": organisation, "quantity": quantity, **facts})


def a_need(organisation: str = "需方", *quantities: int, **facts: Any) -> Need:
    """A need for seats: one component per quantity (ten if none is given)."""
    components = tuple(Component("seats", quantity) for quantity in quantities or (10,))
    facts = {"ref": organisation, "title": "需求", "components": components, **facts}
    return Need(**{"organisation": organisation, **facts})


def a_problem(offers: list[Offer], needs: list[Need], *kept: Kept, **facts: Any) -> CouplingProblem:
    """A problem with every pair that fits."""
    pairs = find_pairs(offers, needs, slots=facts.get("slots", ()))
    return CouplingProblem(tuple(offers), tuple(needs), pairs, kept, **facts)
