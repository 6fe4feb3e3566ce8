"""An independent judge of answers to the coupling problem. Imports no solver."""

from collections.abc import Iterator

import numpy as np

from binglian.engine.coupling.candidates.fitting import why_not
from binglian.engine.coupling.pairs import Ints, Supplies
from binglian.engine.coupling.problem import CouplingProblem
from binglian.engine.coupling.slots import availability, suitability

from .aims import (
    exact_tiers,
    objective_of,
    parts_of,
    received_at,
    share_served,
    shares_served,
    used_slots,
)
from .broken_rule import BrokenRule, Code
from .known_suppliers import KnownSuppliers
from .tables import Counts, Lines, SlotTally, Tables, Tally, Truths, product

__all__ = [
    "BrokenRule",
    "Code",
    "broken_rules",
    "exact_tiers",
    "objective_of",
    "share_served",
    "shares_served",
]


def broken_rules(problem: CouplingProblem, supplies: Supplies) -> list[BrokenRule]:
    """Return every broken rule; an empty list means the answer is sound.

    Earlier commitments are taken as given: they are counted, never blamed. Rows that are no
    proper supplies (unknown pair or slot, quantity below 1, listed twice) are judged alone.
    """
    if malformed := list(_malformed(problem, supplies)):
        return malformed
    if not len(supplies):
        return []
    judge = _Judge(problem, supplies)
    rules = (
        judge.offers,
        judge.efforts,
        judge.budgets,
        judge.lots,
        judge.slots_suit,
        judge.parts,
        judge.times,
        judge.bundles,
        judge.suppliers,
        judge.part_suppliers,
        judge.partners,
    )
    return [broken for rule in rules for broken in rule()]


def _malformed(problem: CouplingProblem, supplies: Supplies) -> Iterator[BrokenRule]:
    pair, slot, quantity = supplies.pair, supplies.slot, supplies.quantity
    for p in pair[(pair < 0) | (pair >= len(problem.pairs))].tolist():
        yield BrokenRule(Code.NO_PAIR, found=p)
    for t in slot[(slot < 0) | (slot >= problem.slot_count)].tolist():
        yield BrokenRule(Code.NO_SLOT, found=t)
    for i in np.flatnonzero(quantity <= 0).tolist():
        yield BrokenRule(Code.QUANTITY, row=int(pair[i]), found=int(quantity[i]))
    order = np.lexsort((slot, pair))
    pair, slot = pair[order], slot[order]
    for i in np.flatnonzero((pair[1:] == pair[:-1]) & (slot[1:] == slot[:-1])).tolist():
        yield BrokenRule(Code.TWICE, row=int(pair[i]), slot=int(slot[i]))


class _Judge:
    """One answer before the rules; each method yields what it finds broken, row by row."""

    def __init__(self, problem: CouplingProblem, supplies: Supplies) -> None:
        self.problem = problem
        self.supplies = supplies
        self.tables = Tables(problem)
        self.new: Lines = self.tables.new(supplies)
        self.kept: Lines = self.tables.kept
        self.known = KnownSuppliers(self.tables)

    def offers(self) -> Iterator[BrokenRule]:
        """What renews gives no more than it has in any slot; the rest no more in all."""
        new, kept, slots = self.new, self.kept, self.tables.slots
        renews = self.tables.renews
        quantity = self.tables.offers("quantity")
        used_up = product(kept.given, kept.times)
        before = SlotTally(slots, kept.offer, kept.slot, kept.given)
        before_in_all = Tally(kept.offer, used_up)
        added = Tally(
            np.where(renews[new.offer], new.offer * slots + new.slot, new.offer * slots), new.given
        )
        offer, slot = added.keys // slots, added.keys % slots
        given = added.sums + np.where(
            renews[offer], before.of(offer, slot), before_in_all.of(offer)
        )
        for i in np.flatnonzero(given > quantity[offer]).tolist():
            o = int(offer[i])
            yield BrokenRule(
                Code.OFFER,
                offer=self.problem.offers[o].ref,
                slot=self._slot(int(slot[i])) if renews[o] else None,
                found=int(given[i]),
                allowed=int(quantity[o]),
            )

    def efforts(self) -> Iterator[BrokenRule]:
        """No organisation takes on more effort than its limit."""
        effort, limited = self.tables.offers("effort"), self.tables.limited
        spent, before = (
            Tally(limited[lines.offer], product(effort[lines.offer], lines.given, lines.times))
            for lines in (self.new, self.kept)
        )
        for g, organisation in enumerate(self.problem.organisations):
            row = np.array([g])
            added, already = int(spent.of(row)[0]), int(before.of(row)[0])
            if added and added + already > organisation.effort_limit:
                yield BrokenRule(
                    Code.EFFORT,
                    party=organisation.ref,
                    found=added + already,
                    allowed=organisation.effort_limit,
                )

    def budgets(self) -> Iterator[BrokenRule]:
        """No budget pays more than it has: prices, and setting up what is begun."""
        price, setup = self.tables.offers("price"), self.tables.offers("setup_price")
        new, kept, payer = self.new, self.kept, self.tables.payer
        bills = product(price[new.offer], new.given) + setup[new.offer]
        spent = Tally(payer[new.need], bills)
        before = Tally(payer[kept.need], product(price[kept.offer], kept.given, kept.times))
        for b, budget in enumerate(self.problem.budgets):
            row = np.array([b])
            added, already = int(spent.of(row)[0]), int(before.of(row)[0])
            if added and added + already > budget.amount:
                yield BrokenRule(
                    Code.BUDGET, party=budget.ref, found=added + already, allowed=budget.amount
                )

    def lots(self) -> Iterator[BrokenRule]:
        """Every supply, with all that is kept between the same ends, is a useful lot."""
        new, kept = self.new, self.kept
        offers = len(self.problem.offers)
        before = Tally(kept.part * offers + kept.offer, kept.given)
        given = new.given + before.of(new.part * offers + new.offer)
        lot = self.tables.offers("lot")[new.offer]
        for i in np.flatnonzero(given < lot).tolist():
            found, allowed = int(given[i]), int(lot[i])
            yield self._between(i, Code.LOT, found=found, allowed=allowed)

    def slots_suit(self) -> Iterator[BrokenRule]:
        """Offers are there and needs may be met whenever something is supplied."""
        new = self.new
        for i in np.flatnonzero(~availability(self.problem)[new.offer, new.slot]).tolist():
            yield self._between(i, Code.OFFER_ABSENT, slot=int(new.slot[i]))
        for i in np.flatnonzero(~suitability(self.problem)[new.need, new.slot]).tolist():
            yield self._between(i, Code.NEED_ABSENT, slot=int(new.slot[i]))

    def parts(self) -> Iterator[BrokenRule]:
        """No part receives more than it asked for at one time."""
        slots = self.tables.slots
        keys = np.unique(self.new.part * slots + self.new.slot)
        part, slot = keys // slots, keys % slots
        received = received_at(self.tables, self.new).of(part, slot)
        asked = self.tables.asked[part]
        over = received > asked
        yield from self._in_parts(Code.TOO_MUCH, part, slot, received, asked, over)

    def times(self) -> Iterator[BrokenRule]:
        """No need given anything new is met more often than it asked, or out of its row."""
        tables, slots = self.tables, self.tables.slots
        used = self._used_slots()
        need, first, count = np.unique(used // slots, return_index=True, return_counts=True)
        span = used[first + count - 1] - used[first] + 1
        asked = tables.times[need]
        in_a_row = tables.needs("consecutive")[need] > 0
        for i in np.flatnonzero(count > asked).tolist():
            yield self._of_need(int(need[i]), Code.TIMES, int(count[i]), int(asked[i]))
        for i in np.flatnonzero(in_a_row & (count <= asked) & (span > asked)).tolist():
            yield self._of_need(int(need[i]), Code.IN_A_ROW, int(span[i]), int(asked[i]))

    def bundles(self) -> Iterator[BrokenRule]:
        """What is all or nothing comes at all its times, each with every part in full."""
        tables, slots = self.tables, self.tables.slots
        used = self._used_slots()
        used = used[tables.whole[used // slots]]
        need, count = np.unique(used // slots, return_counts=True)
        for i in np.flatnonzero(count < tables.times[need]).tolist():
            asked = int(tables.times[need[i]])
            yield self._of_need(int(need[i]), Code.TOO_SELDOM, int(count[i]), asked)
        part, row = parts_of(tables, used // slots)
        slot = (used % slots)[row]
        received, asked_of = received_at(tables, self.new).of(part, slot), tables.asked[part]
        yield from self._in_parts(Code.LACKS, part, slot, received, asked_of, received < asked_of)

    def suppliers(self) -> Iterator[BrokenRule]:
        """No need has more suppliers than it wants, all its parts and times together."""
        names = len(self.problem.offers)
        ends = np.unique(self.new.need * names + self.tables.organisation[self.new.offer])
        joining = ends[~self.known.serve_need(ends // names, ends % names)]
        need, added = np.unique(joining // names, return_counts=True)
        count, limit = added + self.known.count_of_need(need), self.tables.need_limit[need]
        for i in np.flatnonzero((limit >= 0) & (count > limit)).tolist():
            yield self._of_need(int(need[i]), Code.SUPPLIERS, int(count[i]), int(limit[i]))

    def part_suppliers(self) -> Iterator[BrokenRule]:
        """No part has more suppliers at one time than it wants."""
        slots, names, new = self.tables.slots, len(self.problem.offers), self.new
        at = new.part * slots + new.slot
        ends = np.unique(at * names + self.tables.organisation[new.offer])
        at = ends // names
        joining = at[~self.known.serve_part(at // slots, ends % names)]
        at, added = np.unique(joining, return_counts=True)
        part, slot = at // slots, at % slots
        count, limit = added + self.known.count_in_part(part), self.tables.part_limit[part]
        over = (limit >= 0) & (count > limit)
        yield from self._in_parts(Code.PART_SUPPLIERS, part, slot, count, limit, over)

    def partners(self) -> Iterator[BrokenRule]:
        """No pair breaks what either side said; pairs may have been made by hand."""
        pairs = self.problem.pairs
        _, first = np.unique(self.supplies.pair, return_index=True)
        for i in first.tolist():
            p = self.supplies.pair[i]
            need = self.problem.needs[pairs.need[p]]
            offer = self.problem.offers[pairs.offer[p]]
            for rule in why_not(offer, need, need.components[pairs.component[p]]):
                yield BrokenRule(rule, offer=offer.ref, need=need.ref)

    def _used_slots(self) -> Ints:
        """Return need × slots + slot, sorted, of every need that is given something new."""
        begun = np.zeros(len(self.problem.needs), dtype=np.bool_)
        begun[self.new.need] = True
        used = used_slots(self.tables, self.new)
        return used[begun[used // self.tables.slots]]

    def _slot(self, slot: int) -> int | None:
        return slot if self.problem.slots else None

    def _between(
        self, i: int, code: Code, *, slot: int | None = None, found: int = 0, allowed: int = 0
    ) -> BrokenRule:
        return BrokenRule(
            code,
            offer=self.problem.offers[self.new.offer[i]].ref,
            need=self.problem.needs[self.new.need[i]].ref,
            slot=slot,
            found=found,
            allowed=allowed,
        )

    def _of_need(self, n: int, code: Code, found: int, allowed: int) -> BrokenRule:
        return BrokenRule(code, need=self.problem.needs[n].ref, found=found, allowed=allowed)

    def _in_parts(
        self, code: Code, part: Ints, slot: Ints, found: Counts, allowed: Ints, broken: Truths
    ) -> Iterator[BrokenRule]:
        for i in np.flatnonzero(broken).tolist():
            n = int(self.tables.part_need[part[i]])
            yield BrokenRule(
                code,
                need=self.problem.needs[n].ref,
                part=int(part[i] - self.tables.first_part[n]),
                slot=self._slot(int(slot[i])),
                found=int(found[i]),
                allowed=int(allowed[i]),
            )
