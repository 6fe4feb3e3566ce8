"""Two orders that offices use: first come, first served; and by priority."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from binglian.engine.coupling.pairs import Supplies
from binglian.engine.coupling.problem import CouplingProblem, weight_of

from .stock import Arc, Stock


def first_come(problem: CouplingProblem) -> Supplies:
    """Serve the needs in the order of the list, each from the offers that fit it best."""
    return serve_in_order(Stock(problem), range(len(problem.needs)))


def by_priority(problem: CouplingProblem) -> Supplies:
    """Serve the needs by weight, the heaviest first, each from the offers that fit it best."""
    weights = [weight_of(need) for need in problem.needs]
    order = sorted(range(len(weights)), key=lambda n: -weights[n])
    return serve_in_order(Stock(problem), order)


def serve_in_order(
    stock: Stock, order: Iterable[int], liked: Sequence[float] | None = None
) -> Supplies:
    """Serve needs one after another, never taking anything back.

    Offers are tried by ``liked[pair]`` if given, else by fit; where few suppliers are allowed,
    those that can give most come first.
    """
    sent: list[tuple[int, int, int]] = []
    for n in order:
        sent += _serve(stock, n, liked)
    return Supplies.of(sent)


@dataclass
class _Plan:
    """What one need would take: rows of (arc, quantity), and what that uses."""

    rows: list[tuple[Arc, int]]
    used: dict[int, int]
    suppliers: set[int]
    points: float = 0.0

    def copy(self) -> "_Plan":
        return _Plan(list(self.rows), dict(self.used), set(self.suppliers), self.points)


def _serve(
    stock: Stock, n: int, liked: Sequence[float] | None
) -> list[tuple[int, int, int]]:
    need = stock.problem.needs[n]
    wanted = stock.wanted(n)
    arcs = stock.arcs(n, wanted)
    if not arcs:
        return []
    forced = stock.forced(n)
    slots = sorted({t for t, _ in arcs} | forced)
    for first in slots if need.consecutive else slots[:1]:
        run = range(first, first + need.times)
        allowed = [t for t in slots if not need.consecutive or t in run]
        if not forced <= set(allowed):
            continue
        plan = _plan(stock, n, wanted, arcs, sorted(allowed, key=lambda t: t not in forced), liked)
        if plan is not None and plan.points > 0:
            for resource, amount in plan.used.items():
                stock.left[resource] -= amount
            return [(arc.pair, arc.slot, quantity) for arc, quantity in plan.rows]
    return []


def _plan(
    stock: Stock,
    n: int,
    wanted: list[list[int]],
    arcs: dict[tuple[int, int], list[Arc]],
    slots: list[int],
    liked: Sequence[float] | None,
) -> _Plan | None:
    """Fill the first ``times`` slots that can be filled; None if the need must go unmet."""
    need = stock.problem.needs[n]
    plan, taken = _Plan([], {}, stock.known(n)), 0
    forced = len(stock.forced(n))
    for place, t in enumerate(slots):
        if taken == need.times:
            break
        tried = _fill(stock, n, wanted[t], arcs, t, plan.copy(), liked)
        if tried is None:
            if place < forced:
                return None
            continue
        plan, taken = tried, taken + 1
    if need.all_or_nothing:
        if taken < need.times:
            return None
        plan.points += weight_of(need)
    return plan if plan.rows else None


def _fill(
    stock: Stock,
    n: int,
    wanted: list[int],
    arcs: dict[tuple[int, int], list[Arc]],
    t: int,
    plan: _Plan,
    liked: Sequence[float] | None,
) -> _Plan | None:
    """Cover every component in slot ``t``, or as much as can be if parts are welcome."""
    need, before = stock.problem.needs[n], len(plan.rows)
    for c, component in enumerate(need.components):
        missing, here = wanted[c], stock.known(n, c, t)
        options = arcs.get((t, c), [])
        if liked is not None:
            options = sorted(options, key=lambda arc: -liked[arc.pair])
        elif component.max_suppliers is not None or need.max_suppliers is not None:
            options = sorted(options, key=lambda arc: -_room(stock, plan, arc, missing))
        for arc in options:
            if not missing:
                break
            if _one_too_many(arc, here, component.max_suppliers):
                continue
            if _one_too_many(arc, plan.suppliers, need.max_suppliers):
                continue
            amount = _room(stock, plan, arc, missing)
            worth = amount * (stock.gain(n, c) + arc.value) + arc.fixed
            if amount < arc.least or (not need.all_or_nothing and worth <= 0):
                continue
            _add(plan, arc, amount, worth)
            here.add(arc.organisation)
            missing -= amount
        if missing and need.all_or_nothing:
            return None
    return plan if need.all_or_nothing or len(plan.rows) > before else None


def _one_too_many(arc: Arc, suppliers: set[int], limit: int | None) -> bool:
    return limit is not None and arc.organisation not in suppliers and len(suppliers) >= limit


def _room(stock: Stock, plan: _Plan, arc: Arc, missing: int) -> int:
    """Return how much the arc could carry now, resources and set-up money considered."""
    spare = {
        resource: stock.left[resource] - plan.used.get(resource, 0)
        for resource, _ in arc.takes + arc.begun
    }
    for resource, amount in arc.begun:
        spare[resource] -= amount
    if any(amount < 0 for amount in spare.values()):
        return 0
    return min(arc.most, missing, *(spare[resource] // each for resource, each in arc.takes))


def _add(plan: _Plan, arc: Arc, amount: int, worth: float) -> None:
    plan.rows.append((arc, amount))
    plan.suppliers.add(arc.organisation)
    plan.points += worth
    for resource, each in arc.takes:
        plan.used[resource] = plan.used.get(resource, 0) + each * amount
    for resource, once in arc.begun:
        plan.used[resource] = plan.used.get(resource, 0) + once
