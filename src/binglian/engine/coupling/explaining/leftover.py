"""What is left of everything, and who got what, once an answer is carried out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from binglian.engine.coupling.pairs import Supplies
from binglian.engine.coupling.problem import CouplingProblem, Need, Offer, Window
from binglian.engine.coupling.slots import slots_of_need, slots_of_offer

ANY_SLOT = -1


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to serve a component; ``pair`` is -1 for an offer that is only imagined."""

    pair: int
    offer: int
    use: int = 1
    value: float = 0.0
    fixed: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """So much received of an offer; ``slot`` is ``ANY_SLOT`` for a commitment without one."""

    offer: int
    component: int
    slot: int
    quantity: int
    use: int
    is_new: bool


class PairIndex:
    """Finds the pairs of a component without walking through all of them."""

    def __init__(self, problem: CouplingProblem) -> None:
        pairs = problem.pairs
        counts = np.array([len(need.components) for need in problem.needs], dtype=np.int64)
        self._first = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        part = self._first[pairs.need] + pairs.component
        is_sorted = bool((part[1:] >= part[:-1]).all())
        self._order = None if is_sorted else np.argsort(part, kind="stable")
        ordered = part if self._order is None else part[self._order]
        self._starts = np.searchsorted(ordered, np.arange(self._first[-1] + 1))
        self._pairs = pairs
        self._at_hand: tuple[int, dict[int, list[Choice]]] = -1, {}

    def count_of(self, need: int, component: int) -> int:
        """Return how many pairs the component has."""
        part = self._first[need] + component
        return int(self._starts[part + 1] - self._starts[part])

    def of(self, need: int, component: int) -> list[Choice]:
        """Return the choices of a component; those of the need last asked for are remembered."""
        if self._at_hand[0] != need:
            self._at_hand = need, {}
        found = self._at_hand[1]
        if component not in found:
            found[component] = self._look_up(need, component)
        return found[component]

    def _look_up(self, need: int, component: int) -> list[Choice]:
        part, pairs = self._first[need] + component, self._pairs
        rows = np.arange(self._starts[part], self._starts[part + 1])
        p = rows if self._order is None else self._order[rows]
        columns = (p, pairs.offer[p], pairs.use[p], pairs.value[p], pairs.fixed[p])
        return [Choice(*row) for row in zip(*(c.tolist() for c in columns), strict=True)]


class Leftover:
    """Units, effort and money left, and the lines every need received.

    At first only the earlier commitments are set aside. ``units`` has one number per offer, or
    one per slot if the offer renews: see ``resource``.
    """

    def __init__(self, problem: CouplingProblem) -> None:
        self.problem = problem
        self.offers: list[Offer] = list(problem.offers)
        self.slot_count = problem.slot_count
        self.effort = [organisation.effort_limit for organisation in problem.organisations]
        self.money = [budget.amount for budget in problem.budgets]
        self._effort_row = {row.ref: g for g, row in enumerate(problem.organisations)}
        self._budget_row = {row.ref: b for b, row in enumerate(problem.budgets)}
        self.pairs = PairIndex(problem)
        self._guests: dict[tuple[int, int], list[Choice]] = {}
        self._slots: dict[tuple[tuple[Window, ...], int | None], tuple[int, ...]] = {}
        self._lines: dict[int, tuple[Line, ...]] = {}
        self._start: list[int] = []
        self.units: list[int] = []
        for offer in self.offers:
            self._start.append(len(self.units))
            self.units += [offer.quantity] * (self.slot_count if offer.renews else 1)
        self._set_kept_aside()

    def after(self, supplies: Supplies) -> "Leftover":
        """Return what is left once these supplies are carried out too."""
        other, pairs, p = self.fork(), self.problem.pairs, supplies.pair
        needs, offers = pairs.need[p].tolist(), pairs.offer[p].tolist()
        parts, uses = pairs.component[p].tolist(), pairs.use[p].tolist()
        rows = zip(needs, offers, parts, uses, supplies, strict=True)
        for n, o, c, use, (_, t, quantity) in rows:
            other._receive(n, Line(o, c, t, quantity, use, is_new=True))
        return other

    def with_lines_of(self, need: int, other: "Leftover") -> "Leftover":
        """Return this, with all that ``need`` newly received in ``other``."""
        mine = self.fork()
        for line in other.lines(need):
            if line.is_new:
                mine._receive(need, line)
        return mine

    def fork(self) -> "Leftover":
        """Return a copy that can be changed without changing this one."""
        other = object.__new__(Leftover)
        vars(other).update(vars(self))
        for name in ("offers", "effort", "money", "_start", "units"):
            setattr(other, name, list(getattr(self, name)))
        other._lines, other._guests = dict(self._lines), dict(self._guests)
        return other

    def invite(self, offer: Offer, ends: Iterable[tuple[int, int]]) -> int:
        """Add an imagined offer for these (need, component); return its index."""
        o = len(self.offers)
        self.offers.append(offer)
        self._start.append(len(self.units))
        self.units += [offer.quantity] * (self.slot_count if offer.renews else 1)
        for end in ends:
            self._guests[end] = [*self._guests.get(end, ()), Choice(-1, o)]
        return o

    def give(self, need: int, rows: Iterable[tuple[Choice, int, int, int]]) -> None:
        """Carry out (choice, component, slot, quantity) rows for a need."""
        for choice, c, t, quantity in rows:
            self._receive(need, Line(choice.offer, c, t, quantity, choice.use, is_new=True))

    def choices(self, need: int, component: int) -> list[Choice]:
        """Return every way to serve a component, whether or not anything is left of it."""
        found = self.pairs.of(need, component)
        guests = self._guests.get((need, component))
        return [*found, *guests] if guests else found

    def lines(self, need: int) -> tuple[Line, ...]:
        """Return what a need received: commitments first."""
        return self._lines.get(need, ())

    def resource(self, offer: int, slot: int) -> int:
        """Return the index in ``units`` of an offer in a slot."""
        return self._start[offer] + (slot if self.offers[offer].renews else 0)

    def effort_row(self, offer: Offer) -> int | None:
        """Return the organisation row whose effort the offer takes, if it takes any."""
        return self._effort_row.get(offer.organisation) if offer.effort else None

    def payer(self, need: Need) -> int | None:
        """Return the budget row that pays for the need."""
        return None if need.budget is None else self._budget_row[need.budget]

    def slots_of_offer(self, offer: int) -> tuple[int, ...]:
        """Return the slots in which an offer is there."""
        windows = self.offers[offer].windows
        if (windows, None) not in self._slots:
            found = slots_of_offer(self.offers[offer], self.problem.slots)
            self._slots[windows, None] = tuple(found)
        return self._slots[windows, None]

    def slots_of_need(self, need: int) -> tuple[int, ...]:
        """Return the slots in which a need may be met."""
        row = self.problem.needs[need]
        key = row.windows, row.deadline
        if key not in self._slots:
            self._slots[key] = tuple(slots_of_need(row, self.problem.slots))
        return self._slots[key]

    def slots_used(self, need: int) -> tuple[int, ...]:
        """Return the slots that a need takes already."""
        return tuple(sorted({line.slot for line in self.lines(need)} - {ANY_SLOT}))

    def wanted(self, need: int, slot: int) -> list[int]:
        """Return per component what a need still wants in a slot."""
        wanted = [part.quantity for part in self.problem.needs[need].components]
        for line in self.lines(need):
            if line.slot in (slot, ANY_SLOT):
                wanted[line.component] -= line.quantity
        return [max(0, quantity) for quantity in wanted]

    def short(self, need: int) -> list[int]:
        """Return what each component lacks over all times; no more than asked counts at each."""
        row, used = self.problem.needs[need], self.slots_used(need)
        otherwise = self.wanted(need, ANY_SLOT)
        short = [max(0, row.times - len(used)) * quantity for quantity in otherwise]
        for t in used:
            short = [ever + now for ever, now in zip(short, self.wanted(need, t), strict=True)]
        # Commitments may have been made for more times than are asked now.
        spare = [max(0, len(used) - row.times) * part.quantity for part in row.components]
        return [max(0, ever - more) for ever, more in zip(short, spare, strict=True)]

    def times_met(self, need: int) -> int:
        """Return in how many of its ``times`` a need gets all its components in full."""
        row = self.problem.needs[need]
        if not any(self.wanted(need, ANY_SLOT)):
            return row.times
        full = sum(not any(self.wanted(need, t)) for t in self.slots_used(need))
        return min(row.times, full)

    def share(self, need: int) -> float:
        """Return the share of a need that is served, 0 to 1."""
        row = self.problem.needs[need]
        if row.all_or_nothing:
            return float(self.times_met(need) == row.times)
        shares = [
            1 - short / (part.quantity * row.times)
            for short, part in zip(self.short(need), row.components, strict=True)
        ]
        return 1.0 if min(shares) == 1.0 else sum(shares) / len(shares)

    def holders(self) -> dict[int, set[int]]:
        """Return the needs that hold something of each offer."""
        held: dict[int, set[int]] = defaultdict(set)
        for n, lines in self._lines.items():
            for line in lines:
                held[line.offer].add(n)
        return held

    def _set_kept_aside(self) -> None:
        for kept in self.problem.kept:
            slot = ANY_SLOT if kept.slot is None else kept.slot
            same = (c for c in self.pairs.of(kept.need, kept.component) if c.offer == kept.offer)
            use = next((choice.use for choice in same), 1)
            line = Line(kept.offer, kept.component, slot, kept.quantity, use, is_new=False)
            self._receive(kept.need, line)
        for stock in (self.units, self.effort, self.money):
            stock[:] = [max(0, left) for left in stock]

    def _receive(self, n: int, line: Line) -> None:
        need, offer = self.problem.needs[n], self.offers[line.offer]
        units = line.use * line.quantity
        times = need.times if line.slot == ANY_SLOT else 1
        start = self._start[line.offer]
        if not offer.renews:
            self.units[start] -= units * times
        elif line.slot == ANY_SLOT:
            for r in range(start, start + self.slot_count):
                self.units[r] -= units
        else:
            self.units[start + line.slot] -= units
        g, b = self.effort_row(offer), self.payer(need)
        if g is not None:
            self.effort[g] -= offer.effort * units * times
        if b is not None:
            begun = line.is_new and not any(_same_place(line, old) for old in self.lines(n))
            self.money[b] -= offer.price * units * times + (offer.setup_price if begun else 0)
        self._lines[n] = (*self.lines(n), line)


def _same_place(line: Line, old: Line) -> bool:
    """Tell whether a new line adds to a supply begun before."""
    ends = old.offer, old.component, old.slot
    return old.is_new and ends == (line.offer, line.component, line.slot)
