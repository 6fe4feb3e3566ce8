"""Tries supplies to one need against what is left, rule by rule."""

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum

from binglian.engine.coupling.problem import Need, weight_of
from binglian.engine.coupling.result import Prices

from .leftover import ANY_SLOT, Choice, Leftover

Row = tuple[Choice, int, int, int]  # choice, component, slot, quantity received


class Limit(StrEnum):
    """A rule that can be ignored, to learn whether it is the one that stands in the way."""

    BUDGET = "budget"
    EFFORT = "effort"
    SUPPLIERS = "suppliers"
    PART_SUPPLIERS = "part_suppliers"
    LOTS = "lots"


@dataclass(frozen=True, slots=True)
class Terms:
    """How to fill: at which prices, which limits to ignore, and what to look at.

    ``picky`` leaves out what costs more than it earns; ``through`` is a pair that must be used;
    ``only`` names the one component to look at.
    """

    prices: Prices | None = None
    ignoring: frozenset[Limit] = frozenset()
    picky: bool = False
    through: int | None = None
    only: int | None = None


PLAIN = Terms()


def gain_per_unit(need: Need, component: int) -> float:
    """Return what a partial need earns by each unit of a component."""
    asked = need.components[component].quantity * need.times * len(need.components)
    return weight_of(need) / asked


class Trial:
    """Supplies to one need, tried against what is left."""

    def __init__(self, left: Leftover, n: int, terms: Terms) -> None:
        self.left, self.n, self.terms = left, n, terms
        self.need = left.problem.needs[n]
        self.rows: list[Row] = []
        self.cost = 0.0
        self.came_through = False
        self._payer = left.payer(self.need)
        self._units: dict[int, int] = defaultdict(int)
        self._effort: dict[int, int] = defaultdict(int)
        self._money = 0
        self._joined = {left.offers[line.offer].organisation for line in left.lines(n)}

    def cover(self, t: int, wanted: list[int]) -> dict[int, int]:
        """Send what every component wants in slot ``t``; return what stays short."""
        missing = {}
        for c, quantity in enumerate(wanted):
            if quantity and self.terms.only in (None, c):
                short = self._cover_part(c, t, quantity)
                if short:
                    missing[c] = short
        return missing

    def partial_worth(self) -> float:
        """Return what the rows earn if the need may be met in parts."""
        return sum(gain_per_unit(self.need, c) * quantity for _, c, _, quantity in self.rows)

    def _cover_part(self, c: int, t: int, short: int) -> int:
        ranked = self._ranked(c, t, short)
        here = self._suppliers_here(c, t)
        for choice, least, unit, begin in ranked:
            if not short:
                break
            organisation = self.left.offers[choice.offer].organisation
            if not self._may_join(organisation, c, here):
                continue
            most = self._room(choice, t, short + (least if short < least else 0))
            quantity = max(min(short, most), least)
            if quantity > most:
                continue
            if self._is_dear(c, unit + begin / quantity) and choice.pair != self.terms.through:
                continue
            if short < least and not self._shift(c, t, least - short):
                continue
            self._send(choice, c, t, quantity, unit * quantity + begin)
            here.add(organisation)
            short -= min(short, quantity)
        return short

    def _is_dear(self, c: int, per_unit: float) -> bool:
        if not self.terms.picky or self.need.all_or_nothing:
            return False
        return per_unit >= gain_per_unit(self.need, c)

    def _shift(self, c: int, t: int, excess: int) -> bool:
        """Make room for a smallest lot by sending ``excess`` less from an earlier choice."""
        for i, (choice, part, slot, quantity) in enumerate(self.rows):
            rest = quantity - excess
            if (part, slot) == (c, t) and rest >= max(1, self._least(choice, c, t)):
                self._take(choice, t, -excess)
                self.cost -= self._unit_cost(choice, t) * excess
                self.rows[i] = choice, part, slot, rest
                return True
        return False

    def _ranked(self, c: int, t: int, short: int) -> list[tuple[Choice, int, float, float]]:
        """Return (choice, least, cost per unit, cost to begin), what to take first first."""
        found = []
        by_organisation: dict[str, int] = defaultdict(int)
        for choice in self.left.choices(self.n, c):
            is_gone = self.left.units[self.left.resource(choice.offer, t)] < choice.use
            if is_gone or t not in self.left.slots_of_offer(choice.offer):
                continue
            least = self._least(choice, c, t)
            room = self._room(choice, t, max(short, least))
            if room >= least and room > 0:
                found.append((choice, least, room))
                by_organisation[self.left.offers[choice.offer].organisation] += room
        is_limited = self._is_limited(c)
        ranked = []
        for choice, least, room in found:
            unit, begin = self._unit_cost(choice, t), self._begin_cost(choice, c, t)
            offer = self.left.offers[choice.offer]
            crowd = (
                (offer.organisation not in self._joined, -by_organisation[offer.organisation])
                if is_limited
                else ()
            )
            order = (
                choice.pair != self.terms.through or choice.pair < 0,
                *crowd,
                unit + begin / min(room, max(short, least)),
                choice.pair < 0,  # what is there goes before what is only imagined
                -room,
                choice.offer,
            )
            ranked.append((order, (choice, least, unit, begin)))
        ranked.sort(key=lambda one: one[0])
        return [row for _, row in ranked]

    def _is_limited(self, c: int) -> bool:
        for limit, of in (
            (self.need.max_suppliers, Limit.SUPPLIERS),
            (self.need.components[c].max_suppliers, Limit.PART_SUPPLIERS),
        ):
            if limit is not None and of not in self.terms.ignoring:
                return True
        return False

    def _suppliers_here(self, c: int, t: int) -> set[str]:
        offers = [
            line.offer
            for line in self.left.lines(self.n)
            if line.component == c and line.slot in (t, ANY_SLOT)
        ]
        return {self.left.offers[o].organisation for o in offers}

    def _may_join(self, organisation: str, c: int, here: set[str]) -> bool:
        most, ignoring = self.need.max_suppliers, self.terms.ignoring
        is_new = organisation not in self._joined
        is_full = most is not None and len(self._joined) >= most
        if is_new and is_full and Limit.SUPPLIERS not in ignoring:
            return False
        most = self.need.components[c].max_suppliers
        if most is None or Limit.PART_SUPPLIERS in ignoring:
            return True
        return organisation in here or len(here) < most

    def _least(self, choice: Choice, c: int, t: int) -> int:
        if Limit.LOTS in self.terms.ignoring:
            return 1
        lot = self.left.offers[choice.offer].lot
        if lot > 1:
            for line in self.left.lines(self.n):
                if (line.offer, line.component) == (choice.offer, c) and line.slot in (t, ANY_SLOT):
                    lot -= line.use * line.quantity
        return max(1, -(-lot // choice.use))

    def _room(self, choice: Choice, t: int, most: int) -> int:
        left, offer, use = self.left, self.left.offers[choice.offer], choice.use
        r = left.resource(choice.offer, t)
        most = min(most, (left.units[r] - self._units[r]) // use)
        g = left.effort_row(offer)
        if g is not None and Limit.EFFORT not in self.terms.ignoring:
            most = min(most, (left.effort[g] - self._effort[g]) // (offer.effort * use))
        if self._payer is not None and Limit.BUDGET not in self.terms.ignoring:
            money = left.money[self._payer] - self._money - offer.setup_price
            if money < 0:
                return 0
            if offer.price:
                most = min(most, money // (offer.price * use))
        return most

    def _unit_cost(self, choice: Choice, t: int) -> float:
        offer, prices = self.left.offers[choice.offer], self.terms.prices
        if prices is None:
            return -choice.value
        # An offer that is only imagined has no price yet.
        price = float(prices.offer[choice.offer, t]) if choice.pair >= 0 else 0.0
        g = self.left.effort_row(offer)
        if g is not None:
            price += offer.effort * float(prices.effort[g])
        if self._payer is not None:
            price += offer.price * float(prices.budget[self._payer])
        return choice.use * price - choice.value

    def _begin_cost(self, choice: Choice, c: int, t: int) -> float:
        for line in self.left.lines(self.n):
            if line.is_new and (line.offer, line.component, line.slot) == (choice.offer, c, t):
                return 0.0
        offer = self.left.offers[choice.offer]
        cost = offer.setup_cost - choice.fixed
        if self.terms.prices is not None and self._payer is not None:
            cost += offer.setup_price * float(self.terms.prices.budget[self._payer])
        return cost

    def _take(self, choice: Choice, t: int, quantity: int) -> None:
        offer = self.left.offers[choice.offer]
        units = quantity * choice.use
        self._units[self.left.resource(choice.offer, t)] += units
        g = self.left.effort_row(offer)
        if g is not None:
            self._effort[g] += offer.effort * units
        self._money += offer.price * units

    def _send(self, choice: Choice, c: int, t: int, quantity: int, cost: float) -> None:
        self._take(choice, t, quantity)
        self._money += self.left.offers[choice.offer].setup_price
        self._joined.add(self.left.offers[choice.offer].organisation)
        self.came_through |= choice.pair == self.terms.through and choice.pair >= 0
        self.rows.append((choice, c, t, quantity))
        self.cost += cost
