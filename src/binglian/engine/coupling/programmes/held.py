"""What open needs hold: rows of (arc, slot, quantity received), and whether they may."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from binglian.engine.coupling.market import Market
from binglian.engine.coupling.pairs import Floats, Ints

Line = tuple[int, int, int]  # arc, slot, quantity received
Held = dict[int, list[Line]]  # by open need


def unit_shares(market: Market, parts: Ints) -> Floats:
    """Return the share of its need that one unit of each of these parts carries."""
    distinct, which = np.unique(parts, return_inverse=True)
    shares = []
    for part in distinct.tolist():
        need = market.problem.needs[market.need_row[market.part_need[part]]]
        asked = need.components[market.part_component[part]].quantity
        shares.append(1.0 / (asked * need.times * len(need.components)))
    return np.array(shares, dtype=float)[which] if shares else np.zeros(0)


def points_of(market: Market, n: int, lines: Sequence[Line]) -> float:
    """Return what these supplies earn of the first aim for open need ``n``."""
    points = float(market.worth[n]) if lines else 0.0
    for arc, _, quantity in lines:
        per_unit = market.gain[market.arc_part[arc]] + market.value[arc]
        points += quantity * float(per_unit) + float(market.fixed[arc])
    return points


def taken_by(market: Market, held: Held) -> dict[int, int]:
    """Return the units of every resource that these supplies take."""
    taken: dict[int, int] = defaultdict(int)
    for n, lines in held.items():
        payer = int(market.payer[n])
        for arc, slot, quantity in lines:
            o = int(market.arc_offer[arc])
            units = int(market.use[arc]) * quantity
            taken[int(market.offer_resource[o]) + (slot if market.renews[o] else 0)] += units
            if market.effort_resource[o] >= 0:
                taken[int(market.effort_resource[o])] += int(market.effort[o]) * units
            if payer >= 0:
                taken[payer] += int(market.price[o]) * units + int(market.setup_price[o])
    return taken


def keeps_rules(market: Market, left: Ints, held: Held) -> bool:
    """Tell whether every need holds what it may, and all together no more than ``left``."""
    return all(_may_hold(market, n, lines) for n, lines in held.items() if lines) and all(
        units <= left[resource] for resource, units in taken_by(market, held).items()
    )


def _may_hold(market: Market, n: int, lines: list[Line]) -> bool:
    listed = [int(t) for t in market.slot[market.slot_start[n] : market.slot_start[n + 1]]]
    forced = set(listed[: int(market.forced[n])])
    received: dict[tuple[int, int], int] = defaultdict(int)
    for arc, slot, quantity in lines:
        o = int(market.arc_offer[arc])
        there = int(market.available[o, slot >> 6]) >> (slot & 63) & 1
        if slot not in listed or not there or quantity < market.least[arc]:
            return False
        received[int(market.arc_part[arc]), slot] += quantity
    if len({(arc, slot) for arc, slot, _ in lines}) < len(lines):
        return False
    used = forced | {slot for _, slot, _ in lines}
    whole, times = bool(market.whole[n]), int(market.times[n])
    if len(used - forced) > times or (whole and len(used - forced) < times):
        return False
    if market.consecutive[n] and times and max(used) - min(used) >= times + len(forced):
        return False
    return _is_filled(market, n, used, received, whole) and _suppliers_allow(market, n, lines)


def _is_filled(
    market: Market, n: int, used: set[int], received: dict[tuple[int, int], int], whole: bool
) -> bool:
    wanted = {
        (part, slot): int(market.wanted[part])
        for part in range(market.part_start[n], market.part_start[n + 1])
        for slot in used
    }
    for row in range(market.override_start[n], market.override_start[n + 1]):
        end = int(market.override_part[row]), int(market.override_slot[row])
        wanted[end] = int(market.override_wanted[row])
    if whole:
        return all(received[end] == units for end, units in wanted.items() if end[1] in used)
    return all(units <= wanted[end] for end, units in received.items())


def _suppliers_allow(market: Market, n: int, lines: list[Line]) -> bool:
    joining: set[int] = set()
    at: dict[tuple[int, int], set[int]] = defaultdict(set)
    for arc, slot, _ in lines:
        organisation = int(market.organisation[market.arc_offer[arc]])
        if not market.known[arc] & 1:
            joining.add(organisation)
        if not market.known[arc] & 2:
            at[int(market.arc_part[arc]), slot].add(organisation)
    if 0 <= market.suppliers_left[n] < len(joining):
        return False
    limit = market.part_suppliers_left
    return all(not 0 <= limit[part] < len(joined) for (part, _), joined in at.items())
