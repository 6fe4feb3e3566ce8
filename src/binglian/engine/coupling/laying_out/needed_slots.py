"""In which slots each need may be met, and what promises leave open in theirs."""

from typing import Any

import numpy as np
import numpy.typing as npt

from binglian.engine.coupling.pairs import Indexes, Ints

from .arrays import starts
from .rows import Rows


def slot_lists(rows: Rows, need_row: Indexes, arc_pair: Ints) -> tuple[Ints, Indexes, Indexes]:
    """Return the slots of each open need, forced ones first, without pointless ones."""
    forced = np.zeros(len(need_row), dtype=np.int32)
    if rows.problem.slot_count == 1:
        slots = np.zeros(len(need_row), dtype=np.int32)
        if rows.kept.slots:
            forced[:] = [int(n in rows.kept.slots) for n in need_row.tolist()]
        return np.arange(len(need_row) + 1, dtype=np.int64), slots, forced
    lists = []
    pairs = rows.problem.pairs
    owner = pairs.need[arc_pair]
    bounds = np.searchsorted(owner, need_row), np.searchsorted(owner, need_row, side="right")
    for i, n in enumerate(need_row.tolist()):
        kept = sorted(rows.kept.slots.get(n, ()))
        offers = pairs.offer[arc_pair[bounds[0][i] : bounds[1][i]]]
        there = rows.available[offers] & rows.suits[n]
        free = [t for t in np.flatnonzero(there.any(axis=0)).tolist() if t not in kept]
        if not kept and rows.times[n] == 1 and not rows.renews[offers].any():
            free = _undominated(there, free)
        forced[i] = len(kept)
        lists.append(kept + free)
    flat = np.array([t for one in lists for t in one], dtype=np.int32)
    return starts(np.array([len(one) for one in lists], dtype=np.int64)), flat, forced


def overrides(
    rows: Rows, need_row: Indexes, part_number: Ints, open_part: npt.NDArray[np.bool_]
) -> dict[str, Any]:
    """Return what is asked otherwise in slots that hold promises, as the market lists it."""
    counts, parts, slots, wanted = [], [], [], []
    for n in need_row.tolist():
        own = [
            (int(part_number[rows.component_start[n] + c]), t, left)
            for c, t, left in rows.overrides.get(n, ())
            if open_part[rows.component_start[n] + c]
        ]
        counts.append(len(own))
        for part, t, left in own:
            parts.append(part)
            slots.append(t)
            wanted.append(left)
    return {
        "override_start": starts(np.array(counts, dtype=np.int64)),
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
