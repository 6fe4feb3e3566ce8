"""The problem's rows as columns, for the judge and the certificate; the solver reads its own.

A **part** is one component of one need, numbered need by need. Sums are exact: columns turn into
Python's own integers where 64 bits might not do.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from binglian.engine.coupling.pairs import Floats, Ints, Supplies
from binglian.engine.coupling.problem import CouplingProblem, weight_of

Truths = npt.NDArray[np.bool_]
#: Whole numbers, 64 bits wide or, where that is too narrow, Python's own.
Counts = npt.NDArray[Any]
SAFE = 2.0**62


@dataclass(frozen=True, eq=False)
class Lines:
    """Supplies or commitments, one row each; slot -1 means in every slot.

    ``received`` counts the need's units, ``given`` the offer's, both for one time; a line without
    a slot counts ``times`` times, any other once.
    """

    offer: Ints
    need: Ints
    part: Ints
    slot: Ints
    received: Counts
    given: Counts
    times: Ints

    def __len__(self) -> int:
        return len(self.offer)


class Tally:
    """Sums by key, 0 for keys never seen."""

    def __init__(self, keys: Ints, amounts: Counts) -> None:
        self.keys, place = np.unique(keys, return_inverse=True)
        self.sums: Counts = np.zeros(len(self.keys), dtype=amounts.dtype)
        np.add.at(self.sums, place, amounts)

    def of(self, keys: Ints) -> Counts:
        """Return the sum of each key."""
        if not len(self.keys):
            return np.zeros(len(keys), dtype=np.int64)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[at] == keys, self.sums[at], 0)


class SlotTally:
    """Sums by key and slot; a line without a slot counts in each of the ``slots`` slots."""

    def __init__(self, slots: int, keys: Ints, slot: Ints, amounts: Counts) -> None:
        self._slots = slots
        fixed = slot >= 0
        self._once = Tally(keys[fixed] * slots + slot[fixed], amounts[fixed])
        self.always = Tally(keys[~fixed], amounts[~fixed])

    def of(self, keys: Ints, slot: Ints) -> Counts:
        """Return the sum of each key in the slot beside it."""
        return self._once.of(keys * self._slots + slot) + self.always.of(keys)


class Tables:
    """Columns of offers O, needs N, parts P and earlier commitments, made when first asked for."""

    def __init__(self, problem: CouplingProblem) -> None:
        self.problem = problem
        self.slots = problem.slot_count

    def offers(self, field: str) -> Ints:
        """Return a whole-number field of every offer."""
        return _whole([getattr(offer, field) for offer in self.problem.offers])

    def needs(self, field: str) -> Ints:
        """Return a whole-number field of every need."""
        return _whole([getattr(need, field) for need in self.problem.needs])

    @cached_property
    def organisation(self) -> Ints:
        """O: numbers the organisation of every offer, from 0."""
        numbers: dict[str, int] = {}
        names = [offer.organisation for offer in self.problem.offers]
        return _whole([numbers.setdefault(name, len(numbers)) for name in names])

    @cached_property
    def renews(self) -> Truths:
        """O."""
        return self.offers("renews").astype(np.bool_)

    @cached_property
    def limited(self) -> Ints:
        """O: the row of the organisation whose effort it takes, -1 if nobody counts."""
        rows = {limit.ref: g for g, limit in enumerate(self.problem.organisations)}
        return _whole([rows.get(offer.organisation, -1) for offer in self.problem.offers])

    @cached_property
    def payer(self) -> Ints:
        """N: the row of its budget, -1 if nobody counts."""
        rows = {budget.ref: b for b, budget in enumerate(self.problem.budgets)}
        return _whole([-1 if n.budget is None else rows[n.budget] for n in self.problem.needs])

    @cached_property
    def times(self) -> Ints:
        """N."""
        return self.needs("times")

    @cached_property
    def whole(self) -> Truths:
        """N: all or nothing."""
        return self.needs("all_or_nothing").astype(np.bool_)

    @cached_property
    def weight(self) -> Floats:
        """N: what serving it in full is worth."""
        return np.array([weight_of(need) for need in self.problem.needs], dtype=np.float64)

    @cached_property
    def first_part(self) -> Ints:
        """N + 1: its first part; the last entry counts all parts."""
        counts = _whole([len(need.components) for need in self.problem.needs])
        return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(counts)))

    @cached_property
    def part_need(self) -> Ints:
        """P."""
        return np.repeat(np.arange(len(self.problem.needs)), np.diff(self.first_part))

    @cached_property
    def asked(self) -> Ints:
        """P: units asked for at each time."""
        return _whole([part.quantity for n in self.problem.needs for part in n.components])

    @cached_property
    def part_limit(self) -> Ints:
        """P: organisations it may take in one slot, -1 if any number."""
        return _limits([part.max_suppliers for n in self.problem.needs for part in n.components])

    @cached_property
    def need_limit(self) -> Ints:
        """N: organisations it may take in all, -1 if any number."""
        return _limits([need.max_suppliers for need in self.problem.needs])

    @cached_property
    def full(self) -> Counts:
        """P: the units that make up the whole need, if every part were as large as this one."""
        components = np.diff(self.first_part)[self.part_need]
        return product(self.asked, self.times[self.part_need], components)

    @cached_property
    def kept(self) -> Lines:
        """Return the earlier commitments."""
        kept = self.problem.kept
        offer, need = _whole([k.offer for k in kept]), _whole([k.need for k in kept])
        part = self.first_part[need] + _whole([k.component for k in kept])
        slot = _whole([-1 if k.slot is None else k.slot for k in kept])
        quantity = _whole([k.quantity for k in kept])
        given = product(quantity, self._use_of(offer, part))
        times = np.where(slot < 0, self.times[need], 1)
        return Lines(offer, need, part, slot, quantity, given, times)

    def new(self, supplies: Supplies) -> Lines:
        """Return supplies, whose pairs and slots must exist, as lines."""
        pairs, p = self.problem.pairs, supplies.pair
        offer, need = pairs.offer[p].astype(np.int64), pairs.need[p].astype(np.int64)
        part = self.first_part[need] + pairs.component[p]
        slot = supplies.slot.astype(np.int64)
        given = product(supplies.quantity, pairs.use[p])
        return Lines(offer, need, part, slot, supplies.quantity, given, np.ones_like(offer))

    def _use_of(self, offer: Ints, part: Ints) -> Ints:
        """Return what each unit takes of the offer: by the pair if it is listed, else 1."""
        use = np.ones(len(offer), dtype=np.int64)
        if not len(offer):
            return use
        pairs, offers = self.problem.pairs, len(self.problem.offers)
        keys = part * offers + offer
        listed = (self.first_part[pairs.need] + pairs.component) * offers + pairs.offer
        found = np.flatnonzero(np.isin(listed, keys) & (pairs.use != 1))
        uses = dict(zip(listed[found].tolist(), pairs.use[found].tolist(), strict=True))
        return _whole([uses.get(key, 1) for key in keys.tolist()])


def product(*columns: Counts) -> Counts:
    """Return the exact products; Python's own integers if their sum might pass 62 bits."""
    rough = np.ones(len(columns[0]))
    for column in columns:
        rough = rough * column.astype(np.float64)
    wide = np.abs(rough).sum() > SAFE
    result: Counts = columns[0].astype(object) if wide else columns[0]
    for column in columns[1:]:
        result = result * column
    return result


def _whole(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def _limits(values: list[int | None]) -> Ints:
    return _whole([-1 if value is None else value for value in values])
