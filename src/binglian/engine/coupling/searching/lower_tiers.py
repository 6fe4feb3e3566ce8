"""Better fit, less crowding, little change since last time, without ever serving less."""

from collections.abc import Sequence

import numpy as np

from binglian.engine.coupling.clock import Clock
from binglian.engine.coupling.kernel.compiled import State
from binglian.engine.coupling.pairs import Floats, Ints, Supplies
from binglian.engine.coupling.programmes.exact import clear
from binglian.engine.coupling.programmes.held import Held, Line, keeps_rules
from binglian.engine.coupling.programmes.later_aims import Refinement

from .neighbourhoods import left_with
from .standing import Standing

MOST_FLOWS = 40_000  # above this no programme is set up for an island
FEW_FLOWS = 400  # up to here all tiers are exact over all answers that serve as much
PASSES = 5
NODES = 20


def improve_lower_tiers(
    state: State,
    islands: Sequence[Ints],
    clock: Clock,
    seed: int,
    earlier: Supplies | None = None,
) -> None:
    """Raise the fit of each island, lower crowding, then come closer to the ``earlier`` answer.

    Each while keeping the aims before; islands are needs that share no resource with others.
    """
    if clock.is_over(0.99):
        return
    standing = Standing(state, earlier)
    for island in islands:
        needs = [int(n) for n in island]
        if clock.is_over(0.99):
            return
        flows = int(state.market.flows[island].sum())
        if flows <= MOST_FLOWS:
            _raise_fit(standing, needs, flows <= FEW_FLOWS, clock, seed)
        if flows <= FEW_FLOWS:
            _lower_crowding(standing, needs, clock, seed)
            _come_closer(standing, needs, clock, seed)
        else:
            _even_out(standing, needs, clock)
            _go_back(standing, needs, clock)


def _refinement(standing: Standing, needs: list[int]) -> Refinement:
    held = {n: standing.state.held(n) for n in needs}
    return Refinement(standing.market, needs, left_with(standing.state, held))


def _served(standing: Standing, needs: list[int]) -> float:
    return float(sum(standing.worth(n, standing.state.held(n)) for n in needs))


def _fit(standing: Standing, needs: list[int]) -> float:
    return float(sum(standing.fit(standing.state.held(n)) for n in needs))


def _raise_fit(
    standing: Standing, needs: list[int], is_small: bool, clock: Clock, seed: int
) -> None:
    programme = _refinement(standing, needs)
    if is_small:
        programme.hold(programme.served, _served(standing, needs))
        programme.demand_whole_units()
    elif (programme.own_points != 0).any():
        programme.hold(programme.served, _served(standing, needs))
    else:
        programme.serve_as({n: standing.state.held(n) for n in needs})
    _clear(standing, programme, programme.fit, clock, seed)


def _lower_crowding(standing: Standing, needs: list[int], clock: Clock, seed: int) -> None:
    programme = _refinement(standing, needs)
    programme.hold(programme.served, _served(standing, needs))
    programme.hold(programme.fit, _fit(standing, needs))
    costs = programme.count_crowding(standing.loads_without(needs))
    if costs.any():
        programme.demand_whole_units()
        _clear(standing, programme, -costs, clock, seed)


def _come_closer(standing: Standing, needs: list[int], clock: Clock, seed: int) -> None:
    if all(_is_as_before(standing, n) for n in needs):
        return
    programme = _refinement(standing, needs)
    programme.hold(programme.served, _served(standing, needs))
    programme.hold(programme.fit, _fit(standing, needs))
    costs = programme.count_crowding(standing.loads_without(needs))
    if costs.any():
        values = programme.start_from({n: standing.state.held(n) for n in needs})
        if values is None:
            return
        programme.hold(-costs, -float(costs @ values))
    stays = programme.count_kept(standing.earlier)
    programme.demand_whole_units()
    _clear(standing, programme, stays, clock, seed)


def _is_as_before(standing: Standing, n: int) -> bool:
    """Tell whether everything the need held before it holds still."""
    held = {(arc, slot): quantity for arc, slot, quantity in standing.state.held(n)}
    before = standing.held_before.get(n, ())
    return all(held.get((arc, slot), 0) >= quantity for arc, slot, quantity in before)


def _clear(standing: Standing, programme: Refinement, aim: Floats, clock: Clock, seed: int) -> None:
    cleared = clear(
        programme,
        aim,
        start={n: standing.state.held(n) for n in programme.needs},
        seconds=0.2 * clock.seconds,
        clock=clock,
        max_nodes=NODES,
        seed=seed,
        quiet=True,
    )
    if cleared.held is not None:
        standing.replace_if_better(cleared.held)


def _go_back(standing: Standing, needs: list[int], clock: Clock) -> None:
    """Let single needs hold again what they held before, where that costs nothing."""
    for n in needs:
        before = standing.held_before.get(n)
        if before and not _is_as_before(standing, n) and not clock.is_over(0.99):
            found: Held = {n: before}
            left = left_with(standing.state, {n: standing.state.held(n)})
            if keeps_rules(standing.market, left, found):
                standing.replace_if_better(found)


def _even_out(standing: Standing, needs: list[int], clock: Clock) -> None:
    """Move single supplies to offers that fit better, or as well and are less crowded."""
    for _ in range(PASSES):
        moved = False
        for n in needs:
            if clock.is_over(0.99):
                return
            for line in standing.state.held(n):
                moved |= _move(standing, n, line)
        if not moved:
            return


def _move(standing: Standing, n: int, line: Line) -> bool:
    market, lines = standing.market, standing.state.held(n)
    _, slot, quantity = line
    if line not in lines:
        return False
    taken = {(arc, at) for arc, at, _ in lines}
    for other in _alternatives(standing, line):
        if (other, slot) in taken:
            continue
        found = [*(kept for kept in lines if kept != line), (other, slot, quantity)]
        left = left_with(standing.state, {n: lines})
        if keeps_rules(market, left, {n: found}) and standing.replace_if_better({n: found}):
            return True
    return False


def _alternatives(standing: Standing, line: Line) -> list[int]:
    """Return arcs of the same part that could carry the line and might do so better."""
    market, (arc, slot, quantity) = standing.market, line
    part = market.arc_part[arc]
    arcs = np.arange(market.arc_start[part], market.arc_start[part + 1])
    offer = market.arc_offer[arcs]
    fit = market.problem.pairs.fit[market.arc_pair[arcs]]
    mine = arcs == arc
    loads = standing.loads[market.organisation[offer]]
    room = standing.state.left[market.offer_resource[offer] + market.renews[offer] * slot]
    can = (
        ~mine
        & (market.least[arcs] <= quantity)
        & (quantity <= market.most[arcs])
        & (market.use[arcs] * quantity <= room)
        & (market.value[arcs] == market.value[arc])
        & (market.fixed[arcs] == market.fixed[arc])
        & ((fit > fit[mine]) | ((fit == fit[mine]) & (loads < loads[mine])))
    )
    able = np.flatnonzero(can)
    order = np.lexsort((arcs[able], loads[able], -fit[able]))
    found: list[int] = arcs[able[order]].tolist()
    return found
