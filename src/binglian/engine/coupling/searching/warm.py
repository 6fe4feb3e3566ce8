"""Starting from an earlier answer, as far as it is still sound."""

from collections import defaultdict

import numpy as np

from binglian.engine.coupling.kernel.compiled import Held, State
from binglian.engine.coupling.market import Market
from binglian.engine.coupling.pairs import Ints, Supplies


def adopt(state: State, supplies: Supplies) -> Ints:
    """Let each need of an empty state hold what ``supplies`` say, wherever that is possible.

    Pairs are those of the state's own problem; a line that no longer fits frees its whole need.
    Returns the open needs whose supplies could not stay.
    """
    market = state.market
    arc_of = np.full(len(market.problem.pairs), -1, dtype=np.int64)
    arc_of[market.arc_pair] = np.arange(len(market.arc_pair))
    inside = supplies.pair < len(arc_of)
    arcs = arc_of[supplies.pair[inside]]
    need_of_arc = market.part_need[market.arc_part]
    rows: Held = defaultdict(list)
    broken = set()
    for arc, pair, slot, quantity in zip(
        arcs.tolist(),
        supplies.pair[inside].tolist(),
        supplies.slot[inside].tolist(),
        supplies.quantity[inside].tolist(),
        strict=True,
    ):
        if arc >= 0:
            rows[int(need_of_arc[arc])].append((arc, slot, quantity))
        else:
            broken.add(int(market.problem.pairs.need[pair]))
    lost = set(np.flatnonzero(np.isin(market.need_row, sorted(broken))).tolist())
    for n in sorted(rows):
        lost.add(n)
        if int(market.need_row[n]) not in broken and _is_sound(market, n, rows[n]):
            state.give(n, rows[n])
            if (state.left[_touched(market, n, rows[n])] < 0).any():
                state.take(n)
            else:
                lost.discard(n)
    return np.array(sorted(lost), dtype=np.int64)


def _is_sound(market: Market, n: int, rows: list[tuple[int, int, int]]) -> bool:
    """Tell whether a need may hold these rows if all resources suffice."""
    received: dict[tuple[int, int], int] = defaultdict(int)
    joining: dict[tuple[int, int], set[int]] = defaultdict(set)
    new_to_need = set()
    for arc, slot, quantity in rows:
        part, offer = int(market.arc_part[arc]), int(market.arc_offer[arc])
        there = slot < market.slots and market.available[offer, slot >> 6] >> np.uint64(slot & 63)
        if not int(there) & 1 or not market.least[arc] <= quantity <= market.most[arc]:
            return False
        received[part, slot] += quantity
        if not market.known[arc] & 2:
            joining[part, slot].add(int(market.organisation[offer]))
        if not market.known[arc] & 1:
            new_to_need.add(int(market.organisation[offer]))
    limit = int(market.suppliers_left[n])
    if 0 <= limit < len(new_to_need):
        return False
    for (part, _), organisations in joining.items():
        limit = int(market.part_suppliers_left[part])
        if 0 <= limit < len(organisations):
            return False
    return _slots_are_right(market, n, {slot for _, _, slot in _flat(received)}) and all(
        quantity == _wanted(market, n, part, slot)
        if market.whole[n]
        else quantity <= _wanted(market, n, part, slot)
        for part, slot, quantity in _all_parts(market, n, received)
    )


def _flat(received: dict[tuple[int, int], int]) -> list[tuple[int, int, int]]:
    return [(quantity, part, slot) for (part, slot), quantity in received.items()]


def _all_parts(
    market: Market, n: int, received: dict[tuple[int, int], int]
) -> list[tuple[int, int, int]]:
    parts = range(int(market.part_start[n]), int(market.part_start[n + 1]))
    slots = {slot for _, slot in received} | set(_forced(market, n))
    return [(part, slot, received.get((part, slot), 0)) for part in parts for slot in slots]


def _forced(market: Market, n: int) -> list[int]:
    first = int(market.slot_start[n])
    return [int(t) for t in market.slot[first : first + int(market.forced[n])]]


def _slots_are_right(market: Market, n: int, taken: set[int]) -> bool:
    forced = set(_forced(market, n))
    allowed = set(market.slot[market.slot_start[n] : market.slot_start[n + 1]].tolist())
    fresh, times = taken - forced, int(market.times[n])
    if not taken <= allowed or len(fresh) > times or (market.whole[n] and len(fresh) < times):
        # A whole need may be complete in slots that need nothing more; start it afresh then.
        return False
    every = taken | forced
    span = times + len(forced)
    return not market.consecutive[n] or max(every) - min(every) < span


def _wanted(market: Market, n: int, part: int, slot: int) -> int:
    for i in range(int(market.override_start[n]), int(market.override_start[n + 1])):
        if market.override_part[i] == part and market.override_slot[i] == slot:
            return int(market.override_wanted[i])
    return int(market.wanted[part])


def _touched(market: Market, n: int, rows: list[tuple[int, int, int]]) -> list[int]:
    touched = [int(market.payer[n])]
    for arc, slot, _ in rows:
        offer = int(market.arc_offer[arc])
        first = int(market.offer_resource[offer])
        touched += [first + (slot if market.renews[offer] else 0)]
        touched += [int(market.effort_resource[offer])]
    return [resource for resource in touched if resource >= 0]
