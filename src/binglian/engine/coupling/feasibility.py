"""An independent judge of answers to the coupling problem. Imports no solver."""

import math
from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from .openings import Opening, room_in
from .problem import CouplingProblem, weight_of

Supplies = dict[tuple[int, int, int], int]


def broken_rules(problem: CouplingProblem, quantities: Sequence[int]) -> list[str]:
    """Return one sentence per broken rule; an empty list means the answer is sound.

    Earlier commitments are taken as given: they are counted, never blamed.
    """
    if len(quantities) != len(problem.pairs):
        return [f"{len(quantities)} quantities for {len(problem.pairs)} pairs."]
    broken = [f"Pair {p} sends {q}." for p, q in enumerate(quantities) if q < 0 or q != int(q)]
    kept, new = _supplies(problem, quantities)
    broken += _too_much_given(problem, kept, new)
    broken += _too_small_lots(problem, kept, new)
    broken += _forbidden_partners(problem, new)
    kept_of, new_of = _by_need(kept), _by_need(new)
    for n, mine in sorted(new_of.items()):
        broken += _broken_by_need(problem, n, kept_of.get(n, {}), mine)
    return broken


def objective_of(problem: CouplingProblem, quantities: Sequence[int]) -> Fraction:
    """Return the first aim exactly: sum over needs of weight × share served."""
    return exact_tiers(problem, quantities)[0]


def exact_tiers(
    problem: CouplingProblem, quantities: Sequence[int]
) -> tuple[Fraction, Fraction, Fraction]:
    """Return (served, fit, crowding) exactly, as ``result.Tiers`` defines them."""
    received = [[0] * len(need.components) for need in problem.needs]
    loads: dict[str, Fraction] = defaultdict(Fraction)
    fit = Fraction(0)
    lines = [(kept.offer, kept.need, kept.component, kept.quantity, 0) for kept in problem.kept]
    lines += [
        (pair.offer, pair.need, pair.component, quantity, round(1000 * pair.fit))
        for pair, quantity in zip(problem.pairs, quantities, strict=True)
        if quantity
    ]
    for o, n, c, quantity, thousandths in lines:
        components = problem.needs[n].components
        share = Fraction(quantity, components[c].quantity * len(components))
        received[n][c] += quantity
        loads[problem.offers[o].organisation] += share
        fit += share * Fraction(thousandths, 1000)
    served = sum(
        (weight_of(problem.needs[n]) * _share(problem, n, row) for n, row in enumerate(received)),
        Fraction(0),
    )
    return served, fit, sum((_crowding(load) for load in loads.values()), Fraction(0))


def share_served(problem: CouplingProblem, quantities: Sequence[int], need: int) -> Fraction:
    """Return the share of one need that commitments and ``quantities`` serve, 0 to 1."""
    received = [0] * len(problem.needs[need].components)
    for kept in problem.kept:
        if kept.need == need:
            received[kept.component] += kept.quantity
    for pair, quantity in zip(problem.pairs, quantities, strict=True):
        if pair.need == need:
            received[pair.component] += quantity
    return _share(problem, need, received)


def upper_bound(problem: CouplingProblem, prices: Sequence[float]) -> float:
    """Return a value that no answer can exceed: the Lagrangian dual function at ``prices``.

    Charge every offer ``prices[o]`` per unit (negative counts as 0) instead of limiting it; then
    each need can be answered alone at its best. That best, plus what selling everything left
    would bring, bounds every sound answer, whatever the prices. Lots and supplier limits are
    relaxed. Computed exactly and rounded up.
    """
    room = room_in(problem)
    charged = [Fraction(max(0.0, price)) for price in prices]
    bound = room.base + sum(
        (price * left for price, left in zip(charged, room.offer_left, strict=True)), Fraction(0)
    )
    by_component: dict[tuple[int, int], list[Opening]] = defaultdict(list)
    for opening in room.openings:
        by_component[opening.need, opening.component].append(opening)
    for n in {n for n, _ in by_component}:
        bound += _best_answer(problem, n, room.component_left[n], by_component, charged)
    rounded = float(bound)
    return rounded if rounded >= bound else math.nextafter(rounded, math.inf)


def _best_answer(
    problem: CouplingProblem,
    n: int,
    left: tuple[int, ...],
    by_component: dict[tuple[int, int], list[Opening]],
    prices: list[Fraction],
) -> Fraction:
    need = problem.needs[n]
    surplus = weight_of(need) if need.all_or_nothing else Fraction(0)
    for c, component in enumerate(need.components):
        worth = weight_of(need) / (len(need.components) * component.quantity)
        wanted = left[c]
        for opening in sorted(by_component.get((n, c), ()), key=lambda o: prices[o.offer]):
            taken = min(wanted, opening.most)
            if need.all_or_nothing:
                surplus -= taken * prices[opening.offer]
            elif worth > prices[opening.offer]:
                surplus += taken * (worth - prices[opening.offer])
            wanted -= taken
    return max(Fraction(0), surplus)


def _supplies(problem: CouplingProblem, quantities: Sequence[int]) -> tuple[Supplies, Supplies]:
    kept: Supplies = defaultdict(int)
    for earlier in problem.kept:
        kept[earlier.offer, earlier.need, earlier.component] += earlier.quantity
    new: Supplies = {
        (pair.offer, pair.need, pair.component): quantity
        for pair, quantity in zip(problem.pairs, quantities, strict=True)
        if quantity > 0
    }
    return kept, new


def _by_need(supplies: Supplies) -> dict[int, Supplies]:
    mine: dict[int, Supplies] = defaultdict(dict)
    for ends, quantity in supplies.items():
        mine[ends[1]][ends] = quantity
    return mine


def _too_much_given(problem: CouplingProblem, kept: Supplies, new: Supplies) -> list[str]:
    before, added = [0] * len(problem.offers), [0] * len(problem.offers)
    for (o, _, _), quantity in kept.items():
        before[o] += quantity
    for (o, _, _), quantity in new.items():
        added[o] += quantity
    return [
        f"Offer {offer.ref} gives {before[o] + added[o]} of {offer.quantity}."
        for o, offer in enumerate(problem.offers)
        if added[o] and before[o] + added[o] > offer.quantity
    ]


def _too_small_lots(problem: CouplingProblem, kept: Supplies, new: Supplies) -> list[str]:
    return [
        f"Offer {problem.offers[o].ref} gives need {problem.needs[n].ref} only {quantity},"
        f" less than its lot {problem.offers[o].lot}."
        for (o, n, c), quantity in new.items()
        if quantity + kept.get((o, n, c), 0) < problem.offers[o].lot
    ]


def _forbidden_partners(problem: CouplingProblem, new: Supplies) -> list[str]:
    broken = []
    for o, n, c in new:
        offer, need = problem.offers[o], problem.needs[n]
        said = f"Offer {offer.ref} serves need {need.ref}, but"
        if offer.organisation == need.organisation:
            broken.append(f"{said} both are of {need.organisation}.")
        if need.organisation in offer.excludes:
            broken.append(f"{said} it does not serve {need.organisation}.")
        if offer.organisation in need.rules_out:
            broken.append(f"{said} the need rules out {offer.organisation}.")
        if refused := offer.conditions & need.refuses:
            broken.append(f"{said} the need refuses {', '.join(sorted(refused))}.")
        if offer.kind != need.components[c].kind:
            broken.append(f"{said} {offer.kind} is not {need.components[c].kind}.")
    return broken


def _broken_by_need(problem: CouplingProblem, n: int, kept: Supplies, new: Supplies) -> list[str]:
    need, broken = problem.needs[n], []
    before, added = [0] * len(need.components), [0] * len(need.components)
    for (_, _, c), quantity in kept.items():
        before[c] += quantity
    for (_, _, c), quantity in new.items():
        added[c] += quantity
    for c, component in enumerate(need.components):
        gets = before[c] + added[c]
        if added[c] and gets > component.quantity:
            broken.append(f"Need {need.ref} gets {gets} of {component.quantity} in part {c}.")
        if need.all_or_nothing and gets < component.quantity:
            short = component.quantity - gets
            broken.append(f"Need {need.ref} is all or nothing but lacks {short} in part {c}.")
    known = {problem.offers[o].organisation for o, _, _ in kept}
    joining = {problem.offers[o].organisation for o, _, _ in new} - known
    if need.max_suppliers is not None and joining:
        suppliers = len(known) + len(joining)
        if suppliers > need.max_suppliers:
            broken.append(f"Need {need.ref} has {suppliers} suppliers of {need.max_suppliers}.")
    return broken


def _share(problem: CouplingProblem, n: int, received: Sequence[int]) -> Fraction:
    need = problem.needs[n]
    parts = [
        min(Fraction(1), Fraction(gets, component.quantity))
        for gets, component in zip(received, need.components, strict=True)
    ]
    if need.all_or_nothing:
        return Fraction(min(parts) == 1)
    return sum(parts, Fraction(0)) / len(parts)


def _crowding(load: Fraction) -> Fraction:
    whole = int(load)
    return Fraction(whole * (whole - 1), 2) + (load - whole) * whole
