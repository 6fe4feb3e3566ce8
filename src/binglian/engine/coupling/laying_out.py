"""Lays out a problem as a market: commitments set aside, what cannot work left out."""

from typing import Any

import numpy as np
import numpy.typing as npt

from .market import Flags, Market, Words
from .pairs import Indexes, Ints
from .problem import CouplingProblem, weight_of
from .setting_aside import KeptSupplies, numbered
from .slots import availability, suitability

LEAN = 1e-5  # points that a perfect fit of a whole need weighs, beside the first aim

FEW = 3  # suppliers of one part that the dual function counts exactly


def market_of(problem: CouplingProblem) -> Market:
    """Set commitments aside and lay out what is left."""
    return _Builder(problem).build()


class _Builder:
    """Lays out the arrays: first rows that stand by themselves, then what pairs make of them."""

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
        self.offer_resource = _starts(sizes)[:-1]
        self.efforts_at = int(sizes.sum())
        self.budgets_at = self.efforts_at + len(problem.organisations)
        number = {row.ref: self.efforts_at + g for g, row in enumerate(problem.organisations)}
        self.effort = _ints(offers, "effort")
        self.effort_resource = np.array(
            [number.get(o.organisation, -1) if o.effort else -1 for o in offers], dtype=np.int64
        )
        self.price, self.setup_price = _ints(offers, "price"), _ints(offers, "setup_price")
        self.payers = {row.ref: self.budgets_at + b for b, row in enumerate(problem.budgets)}
        self.capacity = np.concatenate(
            (
                np.repeat(_ints(offers, "quantity"), sizes),
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
                (c, t, self._left_in_slot(n, c, t) if self.suits[n, t] else 0)
                for c in range(len(needs[n].components))
                for t in sorted(slots)
            ]
            for n, slots in self.kept.slots.items()
        }
        counts = np.diff(self.component_start)
        times = np.array([need.times for need in needs], dtype=np.int64)
        self.unit_share = 1.0 / (self.asked * np.repeat(counts * times, counts))
        self.base = sum(self._served_already(n) for n in self._touched())

    def _left_in_slot(self, n: int, c: int, t: int) -> int:
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

    def build(self) -> Market:
        """Match parts with the pairs that can carry something, and keep what can be met."""
        problem, pairs = self.problem, self.problem.pairs
        part = self.component_start[pairs.need] + pairs.component
        least, most = self._reach(part)
        usable = (most >= least) & self._may_join(part)
        there, wanted = _packed(self.available), _packed(self.suits)
        usable &= ((there[pairs.offer] & wanted[pairs.need]) != 0).any(axis=1)
        usable &= self._can_be_met(part, np.where(usable, most, 0))
        arc_pair = np.flatnonzero(usable)
        arc_pair = arc_pair[np.argsort(part[arc_pair], kind="stable")]
        part = part[arc_pair]
        open_part = np.zeros(len(self.asked), dtype=bool)
        open_part[part] = True
        open_need = np.zeros(len(problem.needs), dtype=bool)
        open_need[self.part_need[open_part]] = True
        need_row = np.flatnonzero(open_need).astype(np.int32)
        need_number = np.cumsum(open_need) - 1
        part_number = np.cumsum(open_part) - 1
        part_row = np.flatnonzero(open_part)
        offer = pairs.offer[arc_pair]
        whole = self.whole[need_row]
        limit, part_limit = self._supplier_limits()
        slot_start, slot, forced = self._slot_lists(need_row, arc_pair)
        return Market(
            problem=problem,
            base=float(self.base),
            capacity=self.capacity,
            offer_resource=self.offer_resource,
            renews=self.renews,
            available=_packed(self.available),
            effort=self.effort,
            effort_resource=self.effort_resource,
            price=self.price,
            setup_price=self.setup_price,
            organisation=self.organisation,
            need_row=need_row,
            worth=self.weight[need_row] * whole,
            whole=whole,
            times=self.times[need_row],
            consecutive=np.array(
                [problem.needs[n].consecutive for n in need_row.tolist()], dtype=np.uint8
            ),
            suppliers_left=limit[need_row],
            few_organisations=self._few_organisations(limit)[need_row],
            payer=np.array(
                [self.payers.get(problem.needs[n].budget or "", -1) for n in need_row.tolist()],
                dtype=np.int64,
            ),
            part_start=_starts(np.bincount(need_number[self.part_need[part_row]])),
            slot_start=slot_start,
            slot=slot,
            forced=forced,
            **self._overrides(need_row, part_number, open_part),
            part_need=need_number[self.part_need[part_row]].astype(np.int32),
            part_component=(part_row - self.component_start[self.part_need[part_row]]).astype(
                np.int32
            ),
            wanted=self.wanted[part_row],
            gain=np.where(
                self.whole[self.part_need[part_row]],
                0.0,
                self.weight[self.part_need[part_row]] * self.unit_share[part_row],
            ),
            part_suppliers_left=part_limit[part_row],
            few=self._few(part_limit)[part_row],
            arc_start=_starts(np.bincount(part_number[part])),
            arc_part=part_number[part].astype(np.int32),
            arc_pair=arc_pair,
            arc_offer=offer,
            least=least[arc_pair],
            most=most[arc_pair],
            use=pairs.use[arc_pair],
            value=pairs.value[arc_pair],
            fixed=pairs.fixed[arc_pair]
            - np.array([o.setup_cost for o in problem.offers], dtype=float)[offer],
            lean=LEAN * pairs.fit[arc_pair].astype(float) * self.unit_share[part],
            known=self._known(arc_pair),
        )

    def _reach(self, part: Ints) -> tuple[Ints, Ints]:
        """Return the smallest and the largest supply of every pair, units received in a slot."""
        pairs = self.problem.pairs
        lot = _ints(self.problem.offers, "lot")[pairs.offer]
        room = self.capacity[self.offer_resource[pairs.offer]]
        if self.renews.any():
            at_best = np.array(
                [
                    self.capacity[first : first + self.problem.slot_count].max() if renews else 0
                    for first, renews in zip(self.offer_resource, self.renews, strict=True)
                ],
                dtype=np.int64,
            )
            room = np.maximum(room, at_best[pairs.offer])
        if self.kept.taken:
            before = np.array(
                [
                    self.kept.taken.get(ends, 0)
                    for ends in zip(
                        pairs.offer.tolist(),
                        pairs.need.tolist(),
                        pairs.component.tolist(),
                        strict=True,
                    )
                ],
                dtype=np.int64,
            )
            lot = lot - before
        least = np.maximum(1, -(-lot // pairs.use))
        return least, np.minimum(room // pairs.use, self.wanted[part])

    def _may_join(self, part: Ints) -> npt.NDArray[np.bool_]:
        """Tell which pairs bring a known organisation or one that may still be added."""
        pairs = self.problem.pairs
        limit, part_limit = self._supplier_limits()
        may: npt.NDArray[np.bool_] = (limit[pairs.need] != 0) & (part_limit[part] != 0)
        closed = np.array([n for n in self.kept.slots if self._is_closed(n)], dtype=np.int64)
        doubtful = np.flatnonzero(~may)
        if len(doubtful):
            known = self._known(doubtful)
            may[doubtful] = ((known & 1 > 0) | (limit[pairs.need[doubtful]] != 0)) & (
                (known & 2 > 0) | (part_limit[part[doubtful]] != 0)
            )
        if len(closed):
            may &= ~np.isin(pairs.need, closed)
        return may

    def _is_closed(self, n: int) -> bool:
        """Tell whether commitments in slots leave no way to add to a need."""
        need, slots = self.problem.needs[n], self.kept.slots[n]
        parts = range(len(need.components))
        stuck = (self._left_in_slot(n, c, t) for t in slots if not self.suits[n, t] for c in parts)
        return len(slots) > need.times or (need.all_or_nothing and any(stuck))

    def _supplier_limits(self) -> tuple[Indexes, Indexes]:
        """Return how many more organisations each need, and each part, may take (-1: any)."""
        needs = self.problem.needs
        limit = np.array([_or_none(need.max_suppliers) for need in needs], dtype=np.int32)
        part_limit = np.array(
            [
                _or_none(_smaller(component.max_suppliers, need.max_suppliers))
                for need in needs
                for component in need.components
            ],
            dtype=np.int32,
        )
        for n, known in self.kept.suppliers.items():
            if limit[n] >= 0:
                limit[n] = max(0, limit[n] - len(known))
        for (n, c), known in self.kept.part_suppliers.items():
            part = self.component_start[n] + c
            if part_limit[part] >= 0:
                part_limit[part] = max(0, part_limit[part] - len(known))
        return limit, part_limit

    def _few_organisations(self, limit: Indexes) -> Flags:
        few = np.where((limit == 1) | (limit == 2), limit, 0).astype(np.uint8) * self.whole
        few[list(self.kept.suppliers)] = 0
        return few

    def _few(self, part_limit: Indexes) -> Flags:
        few = np.where((part_limit >= 1) & (part_limit <= FEW), part_limit, 0).astype(np.uint8)
        for n, c in self.kept.part_suppliers:
            few[self.component_start[n] + c] = 0
        return few

    def _known(self, chosen: Ints) -> Flags:
        """Return for these pairs whether their organisation serves the need, and the part."""
        flags = np.zeros(len(chosen), dtype=np.uint8)
        if not self.kept.suppliers:
            return flags
        pairs = self.problem.pairs
        for i, p in enumerate(chosen.tolist()):
            n, c = int(pairs.need[p]), int(pairs.component[p])
            organisation = int(self.organisation[pairs.offer[p]])
            flags[i] = (organisation in self.kept.suppliers.get(n, ())) + 2 * (
                organisation in self.kept.part_suppliers.get((n, c), ())
            )
        return flags

    def _can_be_met(self, part: Ints, most: Ints) -> npt.NDArray[np.bool_]:
        """Tell which pairs belong to a need that all pairs together could still meet."""
        reach = np.bincount(part, weights=most, minlength=len(self.asked))
        required = self.wanted.copy()
        for n, rows in self.overrides.items():
            if not self.times[n]:  # only what is left in the forced slots
                required[self.component_start[n] : self.component_start[n + 1]] = 0
                for c, _, left in rows:
                    at = self.component_start[n] + c
                    required[at] = max(left, required[at])
        short = (reach < required) & (self.whole[self.part_need] > 0)
        hopeless = np.zeros(len(self.problem.needs), dtype=bool)
        hopeless[self.part_need[short]] = True
        return ~hopeless[self.problem.pairs.need]

    def _slot_lists(self, need_row: Indexes, arc_pair: Ints) -> tuple[Ints, Indexes, Indexes]:
        """Return the slots of each open need, forced ones first, without pointless ones."""
        forced = np.zeros(len(need_row), dtype=np.int32)
        if self.problem.slot_count == 1:
            slots = np.zeros(len(need_row), dtype=np.int32)
            if self.kept.slots:
                forced[:] = [int(n in self.kept.slots) for n in need_row.tolist()]
            return np.arange(len(need_row) + 1, dtype=np.int64), slots, forced
        lists = []
        pairs = self.problem.pairs
        owner = pairs.need[arc_pair]
        bounds = np.searchsorted(owner, need_row), np.searchsorted(owner, need_row, side="right")
        for i, n in enumerate(need_row.tolist()):
            kept = sorted(self.kept.slots.get(n, ()))
            offers = pairs.offer[arc_pair[bounds[0][i] : bounds[1][i]]]
            there = self.available[offers] & self.suits[n]
            free = [t for t in np.flatnonzero(there.any(axis=0)).tolist() if t not in kept]
            if not kept and self.times[n] == 1 and not self.renews[offers].any():
                free = _undominated(there, free)
            forced[i] = len(kept)
            lists.append(kept + free)
        flat = np.array([t for row in lists for t in row], dtype=np.int32)
        return _starts(np.array([len(row) for row in lists], dtype=np.int64)), flat, forced

    def _overrides(
        self, need_row: Indexes, part_number: Ints, open_part: npt.NDArray[np.bool_]
    ) -> dict[str, Any]:
        counts, parts, slots, wanted = [], [], [], []
        for n in need_row.tolist():
            rows = [
                (int(part_number[self.component_start[n] + c]), t, left)
                for c, t, left in self.overrides.get(n, ())
                if open_part[self.component_start[n] + c]
            ]
            counts.append(len(rows))
            for part, t, left in rows:
                parts.append(part)
                slots.append(t)
                wanted.append(left)
        return {
            "override_start": _starts(np.array(counts, dtype=np.int64)),
            "override_part": np.array(parts, dtype=np.int32),
            "override_slot": np.array(slots, dtype=np.int32),
            "override_wanted": np.array(wanted, dtype=np.int64),
        }


def _undominated(there: npt.NDArray[np.bool_], slots: list[int]) -> list[int]:
    """Drop slots in which nothing more is there than in another one."""
    patterns = {there[:, t].tobytes(): t for t in reversed(slots)}
    columns = {t: there[:, t] for t in sorted(patterns.values())}
    return [
        t
        for t, mine in columns.items()
        if not any(u != t and (mine <= other).all() for u, other in columns.items())
    ]


def _ints(rows: tuple[Any, ...], field: str) -> Ints:
    return np.array([getattr(row, field) for row in rows], dtype=np.int64)


def _starts(sizes: npt.NDArray[Any]) -> Ints:
    return np.concatenate(([0], np.cumsum(sizes, dtype=np.int64))).astype(np.int64)


def _smaller(one: int | None, other: int | None) -> int | None:
    return min((limit for limit in (one, other) if limit is not None), default=None)


def _or_none(limit: int | None) -> int:
    return -1 if limit is None else limit


def _packed(available: npt.NDArray[np.bool_]) -> Words:
    """Pack the slots of every offer into words of 64 bits."""
    offers, slots = available.shape
    words = -(-slots // 64)
    padded = np.zeros((offers, 64 * words), dtype=np.uint8)
    padded[:, :slots] = available
    packed = np.packbits(padded, axis=1, bitorder="little")
    return np.ascontiguousarray(packed).view("<u8").astype(np.uint64)
