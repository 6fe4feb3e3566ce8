"""Which pairs can carry something, and how much at least and at most."""

import numpy as np
import numpy.typing as npt

from binglian.engine.coupling.pairs import Ints

from .arrays import ints, packed
from .rows import Rows
from .suppliers import Suppliers


def usable_pairs(
    rows: Rows, suppliers: Suppliers, part: Ints
) -> tuple[npt.NDArray[np.bool_], Ints, Ints]:
    """Say which pairs can carry something; their smallest and largest supplies.

    ``part`` (pairs) numbers the parts that pairs serve.
    """
    pairs = rows.problem.pairs
    least, most = _reach(rows, part)
    usable = (most >= least) & _may_join(rows, suppliers, part)
    there, wanted = packed(rows.available), packed(rows.suits)
    usable &= ((there[pairs.offer] & wanted[pairs.need]) != 0).any(axis=1)
    usable &= _can_be_met(rows, part, np.where(usable, most, 0))
    return usable, least, most


def _reach(rows: Rows, part: Ints) -> tuple[Ints, Ints]:
    """Return the smallest and the largest supply of every pair, units received in a slot."""
    pairs = rows.problem.pairs
    lot = ints(rows.problem.offers, "lot")[pairs.offer]
    room = rows.capacity[rows.offer_resource[pairs.offer]]
    if rows.renews.any():
        at_best = np.array(
            [
                rows.capacity[first : first + rows.problem.slot_count].max() if renews else 0
                for first, renews in zip(rows.offer_resource, rows.renews, strict=True)
            ],
            dtype=np.int64,
        )
        room = np.maximum(room, at_best[pairs.offer])
    if rows.kept.taken:
        before = np.array(
            [
                rows.kept.taken.get(ends, 0)
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
    return least, np.minimum(room // pairs.use, rows.wanted[part])


def _may_join(rows: Rows, suppliers: Suppliers, part: Ints) -> npt.NDArray[np.bool_]:
    """Tell which pairs bring a known organisation or one that may still be added."""
    pairs = rows.problem.pairs
    limit, part_limit = suppliers.limit, suppliers.part_limit
    may: npt.NDArray[np.bool_] = (limit[pairs.need] != 0) & (part_limit[part] != 0)
    closed = np.array([n for n in rows.kept.slots if _is_closed(rows, n)], dtype=np.int64)
    doubtful = np.flatnonzero(~may)
    if len(doubtful):
        known = suppliers.known(doubtful)
        may[doubtful] = ((known & 1 > 0) | (limit[pairs.need[doubtful]] != 0)) & (
            (known & 2 > 0) | (part_limit[part[doubtful]] != 0)
        )
    if len(closed):
        may &= ~np.isin(pairs.need, closed)
    return may


def _is_closed(rows: Rows, n: int) -> bool:
    """Tell whether commitments in slots leave no way to add to a need."""
    need, slots = rows.problem.needs[n], rows.kept.slots[n]
    parts = range(len(need.components))
    stuck = (rows.left_in_slot(n, c, t) for t in slots if not rows.suits[n, t] for c in parts)
    return len(slots) > need.times or (need.all_or_nothing and any(stuck))


def _can_be_met(rows: Rows, part: Ints, most: Ints) -> npt.NDArray[np.bool_]:
    """Tell which pairs belong to a need that all pairs together could still meet."""
    reach = np.bincount(part, weights=most, minlength=len(rows.asked))
    required = rows.wanted.copy()
    for n, asked in rows.overrides.items():
        if not rows.times[n]:  # only what is left in the forced slots
            required[rows.component_start[n] : rows.component_start[n + 1]] = 0
            for c, _, left in asked:
                at = rows.component_start[n] + c
                required[at] = max(left, required[at])
    short = (reach < required) & (rows.whole[rows.part_need] > 0)
    hopeless = np.zeros(len(rows.problem.needs), dtype=bool)
    hopeless[rows.part_need[short]] = True
    return ~hopeless[rows.problem.pairs.need]
