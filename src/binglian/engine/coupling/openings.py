"""What is still open once earlier commitments are set aside, and which pairs can be used at all."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from .problem import CouplingProblem, weight_of


@dataclass(frozen=True, slots=True)
class Opening:
    """A pair that can carry between ``least`` and ``most`` more (or nothing)."""

    pair: int
    offer: int
    need: int
    component: int
    least: int
    most: int
    counts_as_new: bool  # its organisation would be one more supplier of the need


@dataclass(frozen=True, slots=True)
class Room:
    """What is left of offers and components, and the openings between them.

    ``suppliers_left[n]`` is how many further organisations need ``n`` may take (None: any).
    ``base`` is the value that earlier commitments serve already.
    """

    offer_left: tuple[int, ...]
    component_left: tuple[tuple[int, ...], ...]
    suppliers_left: tuple[int | None, ...]
    openings: tuple[Opening, ...]
    base: Fraction


def room_in(problem: CouplingProblem) -> Room:
    """Set earlier commitments aside and drop pairs that no sound answer can use."""
    offer_left = [offer.quantity for offer in problem.offers]
    asked = [[part.quantity for part in need.components] for need in problem.needs]
    left = [list(row) for row in asked]
    suppliers: list[set[str]] = [set() for _ in problem.needs]
    already: dict[tuple[int, int, int], int] = defaultdict(int)
    for kept in problem.kept:
        offer_left[kept.offer] -= kept.quantity
        left[kept.need][kept.component] -= kept.quantity
        suppliers[kept.need].add(problem.offers[kept.offer].organisation)
        already[kept.offer, kept.need, kept.component] += kept.quantity
    offer_left = [max(0, quantity) for quantity in offer_left]
    left = [[max(0, quantity) for quantity in row] for row in left]

    suppliers_left = [
        None if need.max_suppliers is None else max(0, need.max_suppliers - len(suppliers[n]))
        for n, need in enumerate(problem.needs)
    ]
    openings = []
    for p, pair in enumerate(problem.pairs):
        offer = problem.offers[pair.offer]
        before = already.get((pair.offer, pair.need, pair.component), 0)
        least = max(1, offer.lot - before)
        most = min(offer_left[pair.offer], left[pair.need][pair.component])
        is_new = offer.organisation not in suppliers[pair.need]
        if most >= least and not (is_new and suppliers_left[pair.need] == 0):
            openings.append(Opening(p, pair.offer, pair.need, pair.component, least, most, is_new))
    return Room(
        tuple(offer_left),
        tuple(tuple(row) for row in left),
        tuple(suppliers_left),
        tuple(_without_dead_ends(problem, openings, left, suppliers_left)),
        _served_already(problem, left),
    )


def _served_already(problem: CouplingProblem, left: list[list[int]]) -> Fraction:
    served = Fraction(0)
    for need, row in zip(problem.needs, left, strict=True):
        if need.all_or_nothing:
            share = Fraction(not any(row))
        else:
            done = (
                1 - Fraction(short, part.quantity)
                for short, part in zip(row, need.components, strict=True)
            )
            share = sum(done, Fraction(0)) / len(row)
        served += weight_of(need) * share
    return served


def _without_dead_ends(
    problem: CouplingProblem,
    openings: list[Opening],
    left: list[list[int]],
    suppliers_left: list[int | None],
) -> list[Opening]:
    """Drop openings of all-or-nothing needs that cannot be completed through them."""
    by_need: dict[int, list[Opening]] = defaultdict(list)
    for opening in openings:
        by_need[opening.need].append(opening)
    alive = []
    for n, mine in by_need.items():
        if problem.needs[n].all_or_nothing:
            if suppliers_left[n] == 1:
                mine = _of_sole_suppliers(problem, mine, left[n])
            if not _covers(mine, left[n]):
                continue
        alive += mine
    return alive


def _covers(openings: list[Opening], left: list[int]) -> bool:
    most = [0] * len(left)
    for opening in openings:
        most[opening.component] += opening.most
    return all(can >= short for can, short in zip(most, left, strict=True))


def _of_sole_suppliers(
    problem: CouplingProblem, openings: list[Opening], left: list[int]
) -> list[Opening]:
    """With one further supplier allowed, keep organisations able to complete the need alone."""
    known = [opening for opening in openings if not opening.counts_as_new]
    new: dict[str, list[Opening]] = defaultdict(list)
    for opening in openings:
        if opening.counts_as_new:
            new[problem.offers[opening.offer].organisation].append(opening)
    able = [mine for mine in new.values() if _covers(known + mine, left)]
    return known + [opening for mine in able for opening in mine]
