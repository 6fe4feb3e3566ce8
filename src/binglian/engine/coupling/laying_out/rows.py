"""What stands by itself: resources less what is promised, and the parts of all needs."""

import numpy as np

from binglian.engine.coupling.problem import CouplingProblem, weight_of
from binglian.engine.coupling.setting_aside import KeptSupplies, numbered
from binglian.engine.coupling.slots import availability, suitability

from .arrays import ints, starts


class Rows:
    """Offers, organisations and budgets as resources, components as parts; promises set aside."""

    def __init__(self, problem: CouplingProblem) -> None:
        self.problem = problem
        self.kept = KeptSupplies(problem)
        self.available = availability(problem)
        self.suits = suitability(problem)
        self.organisation = np.array(
            numbered([offer.organisation for offer in problem.offers]), dtype=np.int32
        )
        self.component_start = np.concatenate(
            ([0], np.cumsum([len(need.components) for need in problem.needs], dtype=np.int64))
        ).astype(np.int64)
        self._lay_out_resources()
        self._lay_out_parts()

    def _lay_out_resources(self) -> None:
        problem, slots = self.problem, self.problem.slot_count
        offers = problem.offers
        self.renews = np.array([o.renews and slots > 1 for o in offers], dtype=np.uint8)
        sizes = np.where(self.renews, slots, 1)
        self.offer_resource = starts(sizes)[:-1]
        self.efforts_at = int(sizes.sum())
        self.budgets_at = self.efforts_at + len(problem.organisations)
        number = {row.ref: self.efforts_at + g for g, row in enumerate(problem.organisations)}
        self.effort = ints(offers, "effort")
        self.effort_resource = np.array(
            [number.get(o.organisation, -1) if o.effort else -1 for o in offers], dtype=np.int64
        )
        self.price, self.setup_price = ints(offers, "price"), ints(offers, "setup_price")
        self.payers = {row.ref: self.budgets_at + b for b, row in enumerate(problem.budgets)}
        self.capacity = np.concatenate(
            (
                np.repeat(ints(offers, "quantity"), sizes),
                np.array([row.effort_limit for row in problem.organisations], dtype=np.int64),
                np.array([row.amount for row in problem.budgets], dtype=np.int64),
            )
        )
        for o, n, slot, units in self.kept.lines:
            self._set_aside(o, n, slot, units)
        np.maximum(self.capacity, 0, out=self.capacity)

    def _set_aside(self, o: int, n: int, slot: int | None, units: int) -> None:
        need = self.problem.needs[n]
        first = self.offer_resource[o]
        total = units if slot is not None else units * need.times
        if not self.problem.offers[o].renews:
            self.capacity[first] -= total
        elif not self.renews[o]:  # it renews, but there is only one slot
            self.capacity[first] -= units
        elif slot is None:
            self.capacity[first : first + self.problem.slot_count] -= units
        else:
            self.capacity[first + slot] -= units
        if self.effort_resource[o] >= 0:
            self.capacity[self.effort_resource[o]] -= self.effort[o] * total
        if need.budget is not None:
            self.capacity[self.payers[need.budget]] -= self.price[o] * total

    def _lay_out_parts(self) -> None:
        """One part per component of any need; those that cannot be met drop out later."""
        needs = self.problem.needs
        self.weight = np.array([weight_of(need) for need in needs], dtype=float)
        self.whole = np.array([need.all_or_nothing for need in needs], dtype=np.uint8)
        self.times = np.array([need.times for need in needs], dtype=np.int32)
        self.asked = np.array([c.quantity for n in needs for c in n.components], dtype=np.int64)
        self.wanted = self.asked.copy()
        for (n, c), quantity in self.kept.always.items():
            part = self.component_start[n] + c
            self.wanted[part] = max(0, self.wanted[part] - quantity)
        for n, slots in self.kept.slots.items():
            self.times[n] = needs[n].times - len(slots)
        self.part_need = np.repeat(
            np.arange(len(needs), dtype=np.int32), np.diff(self.component_start)
        )
        self.overrides = {
            n: [
                (c, t, self.left_in_slot(n, c, t) if self.suits[n, t] else 0)
                for c in range(len(needs[n].components))
                for t in sorted(slots)
            ]
            for n, slots in self.kept.slots.items()
        }
        counts = np.diff(self.component_start)
        times = np.array([need.times for need in needs], dtype=np.int64)
        self.unit_share = 1.0 / (self.asked * np.repeat(counts * times, counts))
        self.base = sum(self._served_already(n) for n in self._touched())

    def left_in_slot(self, n: int, c: int, t: int) -> int:
        """Return what is still asked in a slot with commitments."""
        held = self.kept.in_slot.get((n, c, t), 0)
        return max(0, int(self.wanted[self.component_start[n] + c]) - held)

    def _touched(self) -> list[int]:
        return sorted(set(self.kept.slots) | {n for n, _ in self.kept.always})

    def _served_already(self, n: int) -> float:
        """Return what commitments alone serve of need ``n``, in points."""
        need, times = self.problem.needs[n], self.problem.needs[n].times
        slots = sorted(self.kept.slots.get(n, ()))
        shares, complete = [], 0
        for c, component in enumerate(need.components):
            always = self.kept.always.get((n, c), 0)
            at = [always + self.kept.in_slot.get((n, c, t), 0) for t in slots]
            at += [always] * (times - len(slots))
            shares.append([min(1.0, got / component.quantity) for got in at])
        if need.all_or_nothing:
            complete = sum(all(share >= 1 for share in row) for row in zip(*shares, strict=True))
            return float(self.weight[n]) if complete >= times else 0.0
        parts = [min(1.0, sum(row) / times) for row in shares]
        return float(self.weight[n]) * sum(parts) / len(parts)
