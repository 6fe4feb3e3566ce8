"""The aims of what needs hold, compared in their order; loads of organisations kept up to date."""

from collections import defaultdict
from fractions import Fraction

import numpy as np

from binglian.engine.coupling.kernel.compiled import State
from binglian.engine.coupling.market import Market
from binglian.engine.coupling.pairs import Floats, Supplies
from binglian.engine.coupling.problem import weight_of
from binglian.engine.coupling.programmes.held import Held, Line

DIGITS = 9  # aims that agree so far after the point are the same
Aims = tuple[float, float, float, float]


class Standing:
    """Judges exchanges within ``state``: served, fit, crowding, then closeness to ``earlier``.

    ``earlier`` is {(arc, slot): quantity} of the answer before; ``loads`` has one load per
    organisation, earlier commitments included.
    """

    def __init__(self, state: State, earlier: Supplies | None) -> None:
        self.state, self.market = state, state.market
        self.loads = _loads_kept(self.market)
        self.earlier = _by_arc(self.market, earlier)
        self.held_before: Held = defaultdict(list)
        for (arc, slot), quantity in self.earlier.items():
            n = int(self.market.part_need[self.market.arc_part[arc]])
            self.held_before[n].append((arc, slot, quantity))
        everyone = range(len(self.market.need_row))
        self._add_loads(self.loads, {n: state.held(n) for n in everyone}, 1)

    def replace_if_better(self, found: Held) -> bool:
        """Take ``found`` over if it is better by the aims in order."""
        before = {n: self.state.held(n) for n in found}
        if self.aims(found) <= self.aims(before):
            return False
        self.state.replace(found)
        self._add_loads(self.loads, before, -1)
        self._add_loads(self.loads, found, 1)
        return True

    def loads_without(self, needs: list[int]) -> Floats:
        """Return the loads that remain when these needs hold nothing."""
        loads = self.loads.copy()
        self._add_loads(loads, {n: self.state.held(n) for n in needs}, -1)
        return loads

    def aims(self, held: Held) -> Aims:
        """Return the aims if these needs held ``held`` and others what they hold."""
        loads = self.loads_without(list(held))
        self._add_loads(loads, held, 1)
        stays = Fraction(0)
        for lines in held.values():
            for arc, slot, quantity in lines:
                stays += self._share(arc, min(quantity, self.earlier.get((arc, slot), 0)))
        served = sum((self.worth(n, lines) for n, lines in held.items()), Fraction(0))
        fit = sum((self.fit(lines) for lines in held.values()), Fraction(0))
        return (
            round(float(served), DIGITS),
            round(float(fit), DIGITS),
            -round(crowding_of(loads), DIGITS),
            round(float(stays), DIGITS),
        )

    def worth(self, n: int, lines: list[Line]) -> Fraction:
        """Return exactly what need ``n`` earns of the first aim by these supplies."""
        market = self.market
        need = market.problem.needs[market.need_row[n]]
        weight, total = Fraction(weight_of(need)), Fraction(0)
        if need.all_or_nothing:
            total += weight if lines else 0
        for arc, _, quantity in lines:
            if not need.all_or_nothing:
                total += weight * self._share(arc, quantity)
            total += quantity * Fraction(float(market.value[arc]))
            total += Fraction(float(market.fixed[arc]))
        return total

    def fit(self, lines: list[Line]) -> Fraction:
        """Return exactly the second aim of these supplies."""
        market, total = self.market, Fraction(0)
        for arc, _, quantity in lines:
            fit = float(market.problem.pairs.fit[market.arc_pair[arc]])
            total += self._share(arc, quantity) * Fraction(round(1000 * fit), 1000)
        return total

    def _share(self, arc: int, quantity: int) -> Fraction:
        market = self.market
        part = market.arc_part[arc]
        need = market.problem.needs[market.need_row[market.part_need[part]]]
        asked = need.components[market.part_component[part]].quantity
        return Fraction(quantity, asked * need.times * len(need.components))

    def _add_loads(self, loads: Floats, held: Held, sign: int) -> None:
        for lines in held.values():
            for arc, _, quantity in lines:
                organisation = int(self.market.organisation[self.market.arc_offer[arc]])
                loads[organisation] += sign * float(self._share(arc, quantity))


def crowding_of(loads: Floats) -> float:
    """Return the third aim: the first need costs 0, the second 1, the third 2."""
    whole = np.floor(loads + 1e-9)
    return float((whole * (loads - (whole + 1) / 2)).sum())


def _loads_kept(market: Market) -> Floats:
    problem = market.problem
    loads = np.zeros(1 + int(market.organisation.max(initial=-1)))
    for kept in problem.kept:
        need = problem.needs[kept.need]
        times = need.times if kept.slot is None else 1
        asked = need.components[kept.component].quantity * need.times * len(need.components)
        loads[market.organisation[kept.offer]] += kept.quantity * times / asked
    return loads


def _by_arc(market: Market, supplies: Supplies | None) -> dict[tuple[int, int], int]:
    earlier: dict[tuple[int, int], int] = defaultdict(int)
    if supplies is None:
        return earlier
    arc_of = np.full(len(market.problem.pairs), -1, dtype=np.int64)
    arc_of[market.arc_pair] = np.arange(len(market.arc_pair))
    for pair, slot, quantity in supplies:
        if 0 <= pair < len(arc_of) and arc_of[pair] >= 0:
            earlier[int(arc_of[pair]), slot] = quantity
    return earlier
