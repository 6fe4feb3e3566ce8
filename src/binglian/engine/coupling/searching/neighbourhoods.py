"""Clears neighbourhoods of needs that compete for the same resources, one after another."""

import random
from collections.abc import Callable, Sequence

import numpy as np

from binglian.engine.coupling.clock import Clock
from binglian.engine.coupling.kernel.compiled import State
from binglian.engine.coupling.market import Flags, Market
from binglian.engine.coupling.pairs import Floats, Ints
from binglian.engine.coupling.programmes.exact import clear
from binglian.engine.coupling.programmes.held import Held, taken_by
from binglian.engine.coupling.programmes.programme import Programme

FEWEST_FLOWS, FIRST_FLOWS, MOST_FLOWS = 100, 400, 6000  # of one neighbourhood
NODES, SECONDS = 60, 1.0  # of branch and bound on one neighbourhood
GIVE_UP_AFTER = 60  # neighbourhoods in a row that bring nothing
HUBS = 4  # resources followed from each need
RIVALS = 12  # needs looked at beside those who hold some of a resource


class Rivalry:
    """Which of some needs want which **hubs**: offers, organisations' effort, budgets."""

    def __init__(self, market: Market, needs: Ints) -> None:
        self.is_asked = np.zeros(len(market.need_row), dtype=bool)
        self.is_asked[needs] = True
        arc_need = market.part_need[market.arc_part]
        arc = np.flatnonzero(self.is_asked[arc_need])
        need, offer = arc_need[arc].astype(np.int64), market.arc_offer[arc].astype(np.int64)
        offers = len(market.organisation)
        effort = market.effort_resource[offer]
        limited = effort >= 0
        paying = needs[market.payer[needs] >= 0]
        hub = np.concatenate((offer, offers + effort[limited], offers + market.payer[paying]))
        need = np.concatenate((need, need[limited], paying))
        self.hubs = offers + len(market.capacity)
        ends = np.unique(need * self.hubs + hub)
        self._hub_of, owner = ends % self.hubs, ends // self.hubs
        self._first_hub = np.searchsorted(owner, np.arange(len(market.need_row) + 1))
        order = np.argsort(self._hub_of, kind="stable")
        self._need_of = owner[order]
        self._first_need = np.searchsorted(self._hub_of[order], np.arange(self.hubs + 1))

    def wanted_by(self, need: int) -> list[int]:
        """Return the hubs a need could use."""
        found: list[int] = self._hub_of[self._first_hub[need] : self._first_hub[need + 1]].tolist()
        return found

    def some_wanting(self, hub: int, most: int, pick: random.Random) -> list[int]:
        """Return up to ``most`` needs that could use a hub."""
        first, last = int(self._first_need[hub]), int(self._first_need[hub + 1])
        places = pick.sample(range(first, last), min(most, last - first))
        return [int(self._need_of[place]) for place in places]


class Holders:
    """Which needs hold some of an offer just now."""

    def __init__(self, state: State) -> None:
        market, supplies = state.market, state.supplies()
        pairs = market.problem.pairs
        offer = pairs.offer[supplies.pair]
        order = np.argsort(offer, kind="stable")
        row = pairs.need[supplies.pair[order]]
        self._need = np.searchsorted(market.need_row, row)
        self._first = np.searchsorted(offer[order], np.arange(len(market.organisation) + 1))

    @property
    def offers(self) -> int:
        """Return the number of offers; hubs from there on are efforts and budgets."""
        return len(self._first) - 1

    def of(self, hub: int) -> list[int]:
        """Return the needs that hold some of a hub, if it is an offer."""
        if hub >= self.offers:
            return []
        found: list[int] = np.unique(self._need[self._first[hub] : self._first[hub + 1]]).tolist()
        return found


def improve_by_neighbourhoods(
    state: State,
    needs: Sequence[int],
    *,
    clock: Clock,
    share: float,
    seed: int,
    tell: Callable[[], None],
    allowed: Flags | None = None,
) -> None:
    """Improve ``state`` until time is up or no neighbourhood brings anything.

    Only ``needs`` and, if given, ``allowed`` ones are touched: another thread may work on others
    with which they share no resource. Same seed, same answer, unless the clock cuts it short.
    """
    market, pick = state.market, random.Random(seed)
    mine = np.asarray(needs, dtype=np.int64)
    if allowed is not None:
        mine = mine[allowed[mine] > 0]
    if not len(mine):
        return
    rivalry = Rivalry(market, mine)
    best = _at_best(market)[mine]
    in_vain, sizes = 0, [FIRST_FLOWS] * len(GROWING)
    while in_vain < GIVE_UP_AFTER and not clock.is_over(share):
        lost = np.maximum(best - state.values[mine], 0.0)
        if lost.sum() <= 1e-9:
            return
        centre = int(pick.choices(mine.tolist(), weights=lost.tolist())[0])
        way = pick.randrange(len(GROWING))
        found = _Gathering(state, rivalry, pick, centre, sizes[way])
        GROWING[way](found)
        better, is_proven = _clear_again(state, sorted(found.chosen), found.open, clock, seed)
        in_vain = 0 if better else in_vain + 1
        larger, smaller = sizes[way] * 5 // 4, sizes[way] * 3 // 5
        sizes[way] = min(MOST_FLOWS, larger) if is_proven else max(FEWEST_FLOWS, smaller)
        tell()


def _at_best(market: Market) -> Floats:
    """Return what every need would earn if it were met in full, apart from values of pairs."""
    earned = np.bincount(
        market.part_need, weights=market.gain * market.wanted, minlength=len(market.need_row)
    )
    return market.worth + earned * np.maximum(1, market.times)


class _Gathering:
    """A neighbourhood as it grows: needs to clear again, and how many flows that takes."""

    def __init__(
        self, state: State, rivalry: Rivalry, pick: random.Random, centre: int, size: int
    ) -> None:
        self.state, self.market, self.rivalry = state, state.market, rivalry
        self.holders, self.pick, self.centre, self.size = Holders(state), pick, centre, size
        self.chosen, self.flows = {centre: None}, int(self.market.flows[centre])
        self.open: Flags | None = None  # offers that may be used; None: all

    def add(self, need: int) -> bool:
        """Take a need in with what it holds, if there is room; tell whether it was taken."""
        if self.flows >= self.size or need in self.chosen or not self.rivalry.is_asked[need]:
            return False
        self.chosen[need] = None
        self._open_held(need)
        self.flows += self._flows_of(need)
        return True

    def who_wants(self, hub: int) -> list[int]:
        """Return who holds some of a hub, and some others who could use it."""
        return [*self.holders.of(hub), *self.rivalry.some_wanting(hub, RIVALS, self.pick)]

    def open_only(self, offers: list[int]) -> None:
        """Close all offers but these, and what the needs taken in hold."""
        self.open = np.zeros(len(self.market.organisation), dtype=bool)
        self.open[offers] = True
        for need in self.chosen:
            self._open_held(need)
        self.flows = sum(map(self._flows_of, self.chosen))

    def _open_held(self, need: int) -> None:
        if self.open is not None:
            for arc, _, _ in self.state.held(need):
                self.open[self.market.arc_offer[arc]] = True

    def _flows_of(self, need: int) -> int:
        market = self.market
        if self.open is None:
            return int(market.flows[need])
        arcs = market.arcs_of(need)
        slots = int(market.slot_start[need + 1] - market.slot_start[need])
        return int(self.open[market.arc_offer[arcs.start : arcs.stop]].sum()) * slots


def _around_hubs(found: _Gathering) -> None:
    """Take everyone who holds some of the few hubs that one need competes for."""
    hubs = found.rivalry.wanted_by(found.centre)
    for hub in found.pick.sample(hubs, min(1 + found.pick.randrange(HUBS + 1), len(hubs))):
        for need in found.who_wants(hub):
            found.add(need)


def _among_hubs(found: _Gathering) -> None:
    """Let those who hold some of a few offers share these offers anew, and no others."""
    offers = [hub for hub in found.rivalry.wanted_by(found.centre) if hub < found.holders.offers]
    some = found.pick.sample(offers, min(2 + found.pick.randrange(3 * HUBS), len(offers)))
    found.open_only(some)
    for hub in some:
        for need in found.who_wants(hub):
            found.add(need)


def _through_rivals(found: _Gathering) -> None:
    """Grow from one need through the hubs it competes for."""
    frontier, pick = [found.centre], found.pick
    while frontier and found.flows < found.size:
        n = frontier.pop(pick.randrange(len(frontier)))
        hubs = found.rivalry.wanted_by(n)
        for hub in pick.sample(hubs, min(HUBS, len(hubs))):
            holding = [m for m in found.holders.of(hub) if m not in found.chosen]
            others = found.rivalry.some_wanting(hub, min(RIVALS, 1 + len(holding)), pick)
            frontier += [need for need in [*holding, *others] if found.add(need)]


GROWING = (_around_hubs, _among_hubs, _through_rivals)


def _clear_again(
    state: State, needs: list[int], offers: Flags | None, clock: Clock, seed: int
) -> tuple[bool, bool]:
    """Clear these needs exactly; tell whether that was better, and whether it was proven."""
    market = state.market
    before: Held = {n: state.held(n) for n in needs}
    left = left_with(state, before)
    if offers is not None:
        stocks = np.repeat(offers, np.where(market.renews, market.slots, 1))
        left[: len(stocks)][~stocks] = 0
    programme = Programme(market, needs, left)
    cleared = clear(
        programme,
        programme.blended,
        start=before,
        seconds=SECONDS,
        clock=clock,
        max_nodes=NODES,
        seed=seed,
        quiet=True,
    )
    if cleared.held is None:
        return False, False
    gain = programme.points(cleared.held) - programme.points(before)
    if gain <= 1e-9:
        return False, cleared.is_proven
    state.replace(cleared.held)
    return True, cleared.is_proven


def left_with(state: State, held: Held) -> Ints:
    """Return what is left of every resource if ``held`` is put back."""
    left = state.left.copy()
    for resource, units in taken_by(state.market, held).items():
        left[resource] += units
    return left
