"""The problem as plain arrays: what is still open once earlier commitments are set aside.

This is what the solvers see. A **part** is an open component, an **arc** a pair that can carry
something, a **resource** anything that runs out: an offer (in each slot, if it renews), an
organisation's effort, a budget. Arcs are sorted by part, parts by need.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from .pairs import Floats, Indexes, Ints
from .problem import CouplingProblem

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
