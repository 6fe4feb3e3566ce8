"""What is left to give and to ask once commitments are set aside; for the peers, written anew.

Nothing here or in the peers is taken from the engine's own market, so that both may err only
alone.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from binglian.engine.coupling.problem import CouplingProblem, Need, weight_of
from binglian.engine.coupling.slots import availability, suitability


class Arc(NamedTuple):
    """One way to supply a component in one slot: ``least`` to ``most`` units received.

    Each unit takes ``takes[i][1]`` of resource ``takes[i][0]``, each supply begun ``begun[i][1]``
    of ``begun[i][0]``; ``value`` and ``fixed`` are points per unit and per supply begun.
    """

    pair: int
    slot: int
    organisation: int
    fit: float
    least: int
    most: int
    takes: tuple[tuple[int, int], ...]
    begun: tuple[tuple[int, int], ...]
    value: float
    fixed: float


class Stock:
    """Resources with what is left of them, and the open part of every need.

    Resource numbers: offers first (one per slot if they renew), then efforts, then budgets.
    """

    def __init__(self, problem: CouplingProblem) -> None:
        self.problem = problem
        self.slots = problem.slot_count
        offers = problem.offers
        sizes = [self.slots if offer.renews else 1 for offer in offers]
        starts = np.concatenate(([0], np.cumsum(sizes))).tolist()
        self.first = starts[:-1]
        self.left = [
            offer.quantity for offer, size in zip(offers, sizes, strict=True) for _ in range(size)
        ]
        self.effort_of = self._append([row.effort_limit for row in problem.organisations])
        self.money_of = self._append([row.amount for row in problem.budgets])
        self.efforts = {row.ref: g for g, row in enumerate(problem.organisations)}
        self.payers = {row.ref: b for b, row in enumerate(problem.budgets)}
        names = {name: g for g, name in enumerate(dict.fromkeys(o.organisation for o in offers))}
        self.organisation = [names[offer.organisation] for offer in offers]
        self.there = availability(problem)
        self.suits = suitability(problem)
        self.kept_in: dict[int, list[tuple[int, int, int | None, int]]] = defaultdict(list)
        self._sort_pairs()
        self._set_kept_aside()

    def _append(self, amounts: list[int]) -> int:
        start = len(self.left)
        self.left += amounts
        return start

    def _sort_pairs(self) -> None:
        pairs = self.problem.pairs
        order = np.lexsort((pairs.offer, -pairs.fit, pairs.component, pairs.need))
        self.order = order
        self.ends = np.searchsorted(pairs.need[order], np.arange(len(self.problem.needs) + 1))

    def _set_kept_aside(self) -> None:
        problem, pairs = self.problem, self.problem.pairs
        use = {}
        if problem.kept:
            ends = zip(pairs.offer.tolist(), pairs.need.tolist(), pairs.component.tolist())
            use = dict(zip(ends, pairs.use.tolist(), strict=True))
        for kept in problem.kept:
            offer, need = problem.offers[kept.offer], problem.needs[kept.need]
            taken = kept.quantity * use.get((kept.offer, kept.need, kept.component), 1)
            every_time = taken * (need.times if kept.slot is None else 1)
            first = self.first[kept.offer]
            if not offer.renews:
                self._take(first, every_time)
            elif kept.slot is None:
                for t in range(self.slots):
                    self._take(first + t, taken)
            else:
                self._take(first + kept.slot, taken)
            if offer.organisation in self.efforts:
                effort = self.effort_of + self.efforts[offer.organisation]
                self._take(effort, offer.effort * every_time)
            if need.budget is not None:
                self._take(self.money_of + self.payers[need.budget], offer.price * every_time)
            self.kept_in[kept.need].append((kept.offer, kept.component, kept.slot, kept.quantity))
        self.left = [max(0, amount) for amount in self.left]

    def _take(self, resource: int, amount: int) -> None:
        self.left[resource] -= amount

    def wanted(self, n: int) -> list[list[int]]:
        """Return ``wanted[t][c]``: units of component c still missing in slot t."""
        components = self.problem.needs[n].components
        table = [[component.quantity for component in components] for _ in range(self.slots)]
        for _, c, slot, quantity in self.kept_in.get(n, ()):
            for t in range(self.slots) if slot is None else (slot,):
                table[t][c] = max(0, table[t][c] - quantity)
        return table

    def forced(self, n: int) -> set[int]:
        """Return the slots in which a commitment stands already."""
        return {slot for _, _, slot, _ in self.kept_in.get(n, ()) if slot is not None}

    def known(self, n: int, c: int | None = None, t: int | None = None) -> set[int]:
        """Return the organisations that serve the need, or one component in one slot, already."""
        return {
            self.organisation[o]
            for o, component, slot, _ in self.kept_in.get(n, ())
            if (c is None or c == component) and (t is None or slot is None or slot == t)
        }

    def gain(self, n: int, c: int) -> float:
        """Return the points that one unit brings to a need that may be met in part."""
        need = self.problem.needs[n]
        if need.all_or_nothing:
            return 0.0
        asked = need.components[c].quantity * need.times * len(need.components)
        return weight_of(need) / asked

    def arcs(self, n: int, wanted: list[list[int]]) -> dict[tuple[int, int], list[Arc]]:
        """Return the ways to supply need ``n``, best fit first, by (slot, component)."""
        need = self.problem.needs[n]
        found: dict[tuple[int, int], list[Arc]] = defaultdict(list)
        slots = [t for t in range(self.slots) if self.suits[n, t]]
        for row in self._pairs_of(n):
            for t in slots:
                if self.there[row[1], t] and (arc := self._arc(n, need, row, t, wanted)):
                    found[t, row[2]].append(arc)
        return found

    def _pairs_of(self, n: int) -> Iterator[tuple[int, int, int, float, int, float, float]]:
        pairs = self.problem.pairs
        mine = self.order[self.ends[n] : self.ends[n + 1]]
        return zip(
            mine.tolist(),
            pairs.offer[mine].tolist(),
            pairs.component[mine].tolist(),
            pairs.fit[mine].tolist(),
            pairs.use[mine].tolist(),
            pairs.value[mine].tolist(),
            pairs.fixed[mine].tolist(),
            strict=True,
        )

    def _arc(
        self,
        n: int,
        need: Need,
        row: tuple[int, int, int, float, int, float, float],
        t: int,
        wanted: list[list[int]],
    ) -> Arc | None:
        p, o, c, fit, use, value, fixed = row
        offer = self.problem.offers[o]
        resource = self.first[o] + (t if offer.renews else 0)
        already = sum(
            use * quantity
            for other, component, slot, quantity in self.kept_in.get(n, ())
            if other == o and component == c and slot in (None, t)
        )
        least = max(1, -(-(offer.lot - already) // use))
        most = min(wanted[t][c], self.left[resource] // use)
        if most < least:
            return None
        takes = [(resource, use)]
        if offer.effort and offer.organisation in self.efforts:
            takes.append((self.effort_of + self.efforts[offer.organisation], use * offer.effort))
        begun: tuple[tuple[int, int], ...] = ()
        if need.budget is not None:
            money = self.money_of + self.payers[need.budget]
            if offer.setup_price:
                begun = ((money, offer.setup_price),)
            if offer.price:
                takes.append((money, use * offer.price))
        return Arc(
            p,
            t,
            self.organisation[o],
            fit,
            least,
            most,
            tuple(takes),
            begun,
            value,
            fixed - offer.setup_cost,
        )
