"""The best answer of every need by itself, when everything has a price and nothing a limit."""

from dataclasses import dataclass

import numpy as np

from binglian.engine.coupling.judge.aims import complete, kept_slots
from binglian.engine.coupling.judge.known_suppliers import KnownSuppliers
from binglian.engine.coupling.judge.tables import Counts, SlotTally, Tables, Tally, Truths, product
from binglian.engine.coupling.pairs import Floats, Ints, Supplies
from binglian.engine.coupling.slots import availability, suitability

from .best_times import least_cost
from .charges import Charges
from .cheapest_few import cheapest_few
from .few_organisations import PartAsked, least_by_few

#: Twice the relative error of one rounding.
ROUNDING = 2.0**-52
FEW = 3  # suppliers of one part that are counted exactly


@dataclass(frozen=True, eq=False)
class _Bids:
    """Supplies that could go into cells (part and slot, numbered from 0), one row each.

    A supply of x units, ``least`` to ``most``, costs ``begin`` + ``unit`` × x points; ``size``
    bounds the absolute amounts that its cost per unit was worked out from.
    """

    cell: Ints
    organisation: Ints
    least: Counts
    most: Counts
    unit: Floats
    begin: Floats
    size: Floats

    def kept_where(self, holds: Truths) -> "_Bids":
        return _Bids(*(column[holds] for column in vars(self).values()))


class LoneAnswers:
    """Answers needs in blocks, so that any number of them fits into memory."""

    def __init__(self, tables: Tables, charges: Charges) -> None:
        problem, pairs = tables.problem, tables.problem.pairs
        self._tables, self._charges = tables, charges
        self._available, self._suits = availability(problem), suitability(problem)
        part = tables.first_part[pairs.need] + pairs.component
        self._order = np.argsort(part, kind="stable")
        parts = len(tables.asked)
        self.first_pair: Ints = np.concatenate(
            (np.zeros(1, dtype=np.int64), np.cumsum(np.bincount(part, minlength=parts)))
        )
        self._most_parts = int(np.diff(tables.first_part).max(initial=0))
        self._lot = tables.offers("lot")
        self._price, self._setup_price = tables.offers("price"), tables.offers("setup_price")
        self._setup_cost = np.array([o.setup_cost for o in problem.offers], dtype=np.float64)
        self._in_a_row = tables.needs("consecutive").astype(np.bool_)
        self._worth = np.where(
            tables.whole & ~complete(tables, tables.new(Supplies.of(()))), tables.weight, 0.0
        )
        self._held = kept_slots(tables)
        kept = tables.kept
        self._received = SlotTally(tables.slots, kept.part, kept.slot, kept.received)
        ends = kept.part * len(problem.offers) + kept.offer
        self._given = Tally(ends, kept.given)
        self._known = KnownSuppliers(tables)

    def of(self, first: int, last: int) -> tuple[Floats, Floats]:
        """Return what needs ``first`` to ``last`` would gain, and how wrong that may be."""
        tables, slots = self._tables, self._tables.slots
        parts = slice(int(tables.first_part[first]), int(tables.first_part[last]))
        whole = tables.whole[first:last]
        cost, doubt, offered = self._costs(parts)
        starts = tables.first_part[first:last] - parts.start
        in_slot = np.add.reduceat(cost, starts, axis=0)
        self._count_organisations(first, in_slot, parts.start, offered)
        doubts = np.add.reduceat(doubt, starts, axis=0).sum(axis=1)
        held = np.zeros((last - first) * slots, dtype=np.bool_)
        low, high = np.searchsorted(self._held, (first * slots, last * slots))
        held[self._held[low:high] - first * slots] = True
        is_held = held.reshape(last - first, slots)
        barred = ~self._suits[first:last] & ~is_held & whole[:, None]
        total = least_cost(
            np.where(barred, np.inf, in_slot),
            is_held,
            whole,
            tables.times[first:last],
            self._in_a_row[first:last],
        )
        met = total < np.inf
        surplus = np.where(met, self._worth[first:last] - total, 0.0)
        return surplus, np.where(met & (doubts > 0), doubts + ROUNDING * np.abs(surplus), 0.0)

    def _count_organisations(
        self, first: int, in_slot: Floats, first_part: int, offered: "_Offered | None"
    ) -> None:
        """Raise costs (needs × slots) of whole needs that take one or two organisations in all."""
        tables, slots = self._tables, self._tables.slots
        limit = tables.need_limit[first : first + len(in_slot)]
        numbers = np.arange(first, first + len(in_slot))
        few = tables.whole[numbers] & (limit >= 1) & (limit <= 2)
        few &= self._known.count_of_need(numbers) == 0
        for i in np.flatnonzero(few).tolist():
            parts = range(*(tables.first_part[first + i : first + i + 2] - first_part).tolist())
            for t in np.flatnonzero(in_slot[i] < self._worth[first + i]).tolist():
                asked = [offered.part(part * slots + t) for part in parts] if offered else []
                in_slot[i, t] = max(in_slot[i, t], least_by_few(asked, int(limit[i])))

    def _costs(self, parts: slice) -> "tuple[Floats, Floats, _Offered | None]":
        """Return (parts × slots) the least cost of covering each part, its doubt, what is offered.

        For needs that may be met partly it is the best gain instead, counted negative.
        """
        tables, slots = self._tables, self._tables.slots
        numbers = np.arange(parts.start, parts.stop)
        cells = np.repeat(numbers, slots), np.tile(np.arange(slots), len(numbers))
        wanted = np.maximum(0, tables.asked[cells[0]] - self._received.of(*cells))
        need = tables.part_need[cells[0]]
        whole = tables.whole[need]
        cost = np.where(whole & (wanted > 0), np.inf, 0.0)
        doubt = np.zeros(len(cost))
        bids = self._bids(parts, wanted)
        offered = None
        if len(bids.cell):
            gain = np.where(whole, 0.0, tables.weight[need] / tables.full[cells[0]].astype(float))
            most = self._most_suppliers(cells[0])
            offered = _offered(bids, wanted, whole, gain, most)
            found, best, error = _cover(offered)
            cost[found], doubt[found] = best, error
            longest = int(np.bincount(bids.cell).max())
            doubt *= ROUNDING * (32 + 2 * longest + slots + self._most_parts)
        return cost.reshape(-1, slots), doubt.reshape(-1, slots), offered

    def _bids(self, parts: slice, wanted: Counts) -> _Bids:
        tables, charges, slots = self._tables, self._charges, self._tables.slots
        pairs = tables.problem.pairs
        p = self._order[self.first_pair[parts.start] : self.first_pair[parts.stop]]
        arc, slot = np.nonzero(self._available[pairs.offer[p]] & self._suits[pairs.need[p]])
        p = p[arc]
        offer, need, use = (
            pairs.offer[p].astype(np.int64),
            pairs.need[p].astype(np.int64),
            pairs.use[p],
        )
        part = tables.first_part[need] + pairs.component[p]
        cell = (part - parts.start) * slots + slot
        lot = self._lot[offer] - self._given.of(part * len(self._lot) + offer)
        money = charges.money[need]
        charged = use * (charges.per_unit[offer, slot] + self._price[offer] * money)
        setting_up = self._setup_price[offer] * money + self._setup_cost[offer]
        begin = setting_up - pairs.fixed[p]
        least = np.maximum(1, -(-lot // use))
        most = np.minimum(wanted[cell], charges.left[offer, slot] // use)
        usable = (most >= least) & self._may_join(part, need, tables.organisation[offer])
        over = np.maximum(1, np.where(begin < 0, least, most)).astype(np.float64)
        return _Bids(
            cell=cell,
            organisation=tables.organisation[offer],
            least=least,
            most=most,
            unit=charged - pairs.value[p],
            begin=begin,
            size=charged + np.abs(pairs.value[p]) + (setting_up + np.abs(pairs.fixed[p])) / over,
        ).kept_where(usable)

    def _may_join(self, part: Ints, need: Ints, organisation: Ints) -> Truths:
        """Tell which organisations serve already, or are allowed as one more."""
        known, tables = self._known, self._tables
        if not len(tables.kept):
            return np.ones(len(part), dtype=np.bool_)
        limit, part_limit = tables.need_limit[need], tables.part_limit[part]
        room = (limit < 0) | (known.count_of_need(need) < limit)
        room_in_part = (part_limit < 0) | (known.count_in_part(part) < part_limit)
        return (room | known.serve_need(need, organisation)) & (
            room_in_part | known.serve_part(part, organisation)
        )

    def _most_suppliers(self, part: Ints) -> Ints:
        """Return how many organisations may serve a part at one time; 0 where none is counted.

        Nothing is counted beyond ``FEW``, nor where an organisation serves the part already.
        """
        tables = self._tables
        limits = tables.part_limit[part], tables.need_limit[tables.part_need[part]]
        most = np.minimum(*(np.where(limit < 0, FEW + 1, limit) for limit in limits))
        counted = (most <= FEW) & (self._known.count_in_part(part) == 0)
        return np.where(counted, most, 0)


@dataclass(frozen=True, eq=False)
class _Offered:
    """The segments of all bids in order: by cell, by organisation where one must do it, by slope.

    A bid offers its convex hull: one segment or two, the cheaper first.
    """

    wanted: Counts  # per cell, as are the next two
    whole: Truths
    suppliers: Ints
    cell: Ints  # per segment, as are all that follow
    group: Ints
    organisation: Ints
    length: Counts
    slope: Floats
    size: Floats

    def part(self, cell: int) -> PartAsked:
        """Return one cell as a part to be covered by few organisations."""
        first, last = np.searchsorted(self.cell, (cell, cell + 1))
        columns = self.slope[first:last], self.length[first:last], self.organisation[first:last]
        segments = sorted(zip(*(column.tolist() for column in columns), strict=True))
        return PartAsked(int(self.wanted[cell]), segments, bool(self.suppliers[cell] == 1))


def _offered(bids: _Bids, wanted: Counts, whole: Truths, gain: Floats, suppliers: Ints) -> _Offered:
    bonus = bids.begin < 0
    length = np.where(bonus, bids.least, bids.most)
    slope = bids.unit + bids.begin / length.astype(np.float64)
    more = np.flatnonzero(bonus & (bids.most > bids.least))
    rest = bids.most[more] - bids.least[more]
    row = np.concatenate((np.arange(len(bids.cell)), more))
    length, slope = np.concatenate((length, rest)), np.concatenate((slope, bids.unit[more]))
    cell = bids.cell[row]
    slope, size = slope - gain[cell], bids.size[row] + gain[cell]
    length = np.where(whole[cell] | (slope < 0), length, 0)
    names = int(bids.organisation.max()) + 2
    group = cell * names + np.where(suppliers[cell] == 1, bids.organisation[row] + 1, 0)
    order = np.lexsort((slope, group))
    return _Offered(
        wanted,
        whole,
        suppliers,
        cell[order],
        group[order],
        bids.organisation[row[order]],
        product(length)[order],
        slope[order],
        size[order],
    )


def _cover(offered: _Offered) -> tuple[Ints, Floats, Floats]:
    """Return cells with bids, the least cost of covering each, and what its doubt grows with.

    Taking the cheapest segments of a cell (or of one organisation, where only one may serve it)
    is best; where two or three may, and each has one segment, the cheapest such few are looked
    for.
    """
    wanted, whole, suppliers = offered.wanted, offered.whole, offered.suppliers
    group, length, slope = offered.group, offered.length, offered.slope
    cell = offered.cell
    first = _starts(group)
    before = np.cumsum(length) - length
    before = before - np.repeat(before[first], np.diff(np.append(first, len(group))))
    taken = np.maximum(0, np.minimum(length, wanted[cell] - before))
    cost = np.add.reduceat(taken.astype(np.float64) * slope, first)
    at = cell[first]
    reached = np.add.reduceat(length, first) >= wanted[at]
    cost = np.where(whole[at] & ~reached, np.inf, cost)
    count = np.add.reduceat((taken > 0).astype(np.int64), first)
    doubtful = whole[at] & reached & (suppliers[at] > 1) & (count > suppliers[at])
    last = np.append(first[1:], len(group))
    for i in np.flatnonzero(doubtful).tolist():
        mine = slice(int(first[i]), int(last[i]))
        if len(np.unique(offered.organisation[mine])) == mine.stop - mine.start:
            few = int(suppliers[at[i]])
            cost[i] = cheapest_few(length[mine], slope[mine], int(wanted[at[i]]), few)
    doubt = np.maximum.reduceat(offered.size, first) * wanted[at].astype(np.float64)
    starts = _starts(at)
    return at[starts], np.minimum.reduceat(cost, starts), np.maximum.reduceat(doubt, starts)


def _starts(keys: Ints) -> Ints:
    """Return where each run of equal keys starts."""
    return np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
