"""The problem as plain arrays: what is still open once earlier commitments are set aside.

This is what the solvers see. A **part** is an open component, an **arc** a pair that can carry
something, a **resource** anything that runs out: an offer (in each slot, if it renews), an
organisation's effort, a budget. Arcs are sorted by part, parts by need.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from .pairs import Floats, Indexes, Ints
from .problem import CouplingProblem, weight_of
from .slots import availability, suitability

Flags = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class Market:
    """Open needs N, parts P, arcs A, resources R, offers O, all numbered from 0.

    ``wanted`` of a part holds at each time, except where an ``override`` says otherwise (a slot
    in which a commitment is kept already). A need takes all its forced slots, which come first
    in its list, and ``times`` of the others. ``base`` is what commitments serve already.
    """

    problem: CouplingProblem
    base: float

    capacity: Ints  # R: units left
    offer_resource: Ints  # O: first resource of the offer; + slot if it renews
    renews: Flags  # O
    available: Words  # O × words: bit t % 64 of word t // 64 says the offer is there in slot t
    effort: Ints  # O: effort per unit
    effort_resource: Ints  # O: resource of its organisation's effort, -1 if unlimited
    price: Ints  # O: money per unit
    setup_price: Ints  # O: money per supply begun
    organisation: Indexes  # O: numbers its organisation

    need_row: Indexes  # N: index into problem.needs
    worth: Floats  # N: earned by a whole need served fully
    whole: Flags  # N: all or nothing
    times: Indexes  # N: slots still to take beside the forced ones
    consecutive: Flags  # N
    suppliers_left: Indexes  # N: further organisations it may take, -1 if any number
    few_organisations: Flags  # N: 1 or 2 if a whole need takes so many in all, none known; else 0
    payer: Ints  # N: resource of its budget, -1 if nobody counts
    part_start: Ints  # N + 1
    slot_start: Ints  # N + 1
    slot: Indexes  # slots in which the need may be met
    forced: Indexes  # N: how many of them it must take
    override_start: Ints  # N + 1
    override_part: Indexes
    override_slot: Indexes
    override_wanted: Ints

    part_need: Indexes  # P
    part_component: Indexes  # P
    wanted: Ints  # P: units received per time
    gain: Floats  # P: earned by each unit of a partial need; 0 for whole needs
    part_suppliers_left: Indexes  # P: -1 if any number
    few: Flags  # P: 1 to 3 organisations at most, none of them known yet; else 0
    arc_start: Ints  # P + 1

    arc_part: Indexes  # A
    arc_pair: Ints  # A: index into problem.pairs
    arc_offer: Indexes  # A
    least: Ints  # A: smallest supply received, in one slot
    most: Ints  # A: largest; at least ``least``
    use: Ints  # A: units of the offer per unit received
    value: Floats  # A: points per unit received, beside worth and gain
    fixed: Floats  # A: points per supply begun (a set-up cost is negative)
    lean: Floats  # A: points of the later aims per unit received, far below any of the first
    known: Flags  # A: bit 0 its organisation serves the need already, bit 1 this part

    @classmethod
    def of(cls, problem: CouplingProblem) -> Market:
        """Set commitments aside and lay out what is left."""
        return _Builder(problem).build()

    @property
    def slots(self) -> int:
        """Return the number of slots, at least 1."""
        return self.problem.slot_count

    @cached_property
    def flows(self) -> Ints:
        """Return per open need its arcs times the slots it may be met in."""
        return np.diff(self.arc_start[self.part_start]) * np.diff(self.slot_start)

    def arcs_of(self, need: int) -> range:
        """Return the arcs of one open need."""
        first, last = self.part_start[need], self.part_start[need + 1]
        return range(int(self.arc_start[first]), int(self.arc_start[last]))


LEAN = 1e-5  # points that a perfect fit of a whole need weighs, beside the first aim

FEW = 3  # suppliers of one part that the dual function counts exactly


class _Kept:
    """What earlier commitments hold, by the ends they concern."""

    def __init__(self, problem: CouplingProblem) -> None:
        use = _use_of_pairs(problem)
        self.always: dict[tuple[int, int], int] = defaultdict(int)
        self.in_slot: dict[tuple[int, int, int], int] = defaultdict(int)
        self.slots: dict[int, set[int]] = defaultdict(set)
        self.taken: dict[tuple[int, int, int], int] = defaultdict(int)
        self.suppliers: dict[int, set[int]] = defaultdict(set)
        self.part_suppliers: dict[tuple[int, int], set[int]] = defaultdict(set)
        self.lines: list[tuple[int, int, int | None, int]] = []  # offer, need, slot, units of it
        number = _numbered([offer.organisation for offer in problem.offers])
        for kept in problem.kept:
            o, n, c = kept.offer, kept.need, kept.component
            units = use.get((o, n, c), 1) * kept.quantity
            if kept.slot is None:
                self.always[n, c] += kept.quantity
            else:
                self.in_slot[n, c, kept.slot] += kept.quantity
                self.slots[n].add(kept.slot)
            self.taken[o, n, c] += units
            self.suppliers[n].add(number[o])
            self.part_suppliers[n, c].add(number[o])
            self.lines.append((o, n, kept.slot, units))


class _Builder:
    """Lays out the arrays: first rows that stand by themselves, then what pairs make of them."""

    def __init__(self, problem: CouplingProblem) -> None:
        self.problem = problem
        self.kept = _Kept(problem)
        self.available = availability(problem)
        self.suits = suitability(problem)
        self.organisation = np.array(
            _numbered([offer.organisation for offer in problem.offers]), dtype=np.int32
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


def _use_of_pairs(problem: CouplingProblem) -> dict[tuple[int, int, int], int]:
    if not problem.kept:
        return {}
    kept_needs = np.unique([kept.need for kept in problem.kept])
    chosen = np.flatnonzero(np.isin(problem.pairs.need, kept_needs))
    listed = (problem.pairs[p] for p in chosen.tolist())
    return {(pair.offer, pair.need, pair.component): pair.use for pair in listed}


def _numbered(names: list[str]) -> list[int]:
    number: dict[str, int] = {}
    return [number.setdefault(name, len(number)) for name in names]


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
