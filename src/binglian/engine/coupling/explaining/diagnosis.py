"""Finds out why a need is not served in full, what it lacks, and what serving it would cost."""

from dataclasses import dataclass, field

from binglian.engine.coupling.candidates.finding import Rule
from binglian.engine.coupling.problem import CouplingProblem, weight_of
from binglian.engine.coupling.result import CouplingResult, Status

from .fill import Filled, fill, missing_by_slot
from .leftover import ANY_SLOT, Leftover
from .obstacles import LIMITS, Cause, NearMisses, limit_in_the_way, obstacle
from .trial import Limit, Terms

# Causes of the whole need rather than of one component.
_JOINT = (Cause.NO_COMMON_SLOT, Cause.TOO_FEW_SLOTS, Cause.BUDGET, Cause.EFFORT_LIMIT)


@dataclass(frozen=True, slots=True)
class BestOffer:
    """The single further offer that would help most: so much for this component.

    ``alone``: only one more organisation may join, so it must bring all of it. ``slots``: when
    (empty: whenever the need says); ``times``: in how many of them.
    """

    component: int
    quantity: int
    alone: bool = False
    slots: tuple[int, ...] = ()
    times: int = 1


@dataclass(frozen=True, slots=True)
class Unmet:
    """A need not served in full: why, and what it lacks.

    ``missing``: (component index, quantity short) counting what is left of fitting offers, at
    each of ``times_short`` times (of a partial need: over all times). ``cause``: for a blocked
    bundle, why ``component`` lacks; otherwise the same as ``code``. ``slot``: where least lacks.
    ``rivals``: needs that hold the fitting offers, the weightiest first. ``nearest``: (offer,
    rule) of an offer that only this rule keeps away. ``money``: (asked, left) of its budget.
    ``tired``: organisations at their effort limit. ``cost``: what serving it (or the rest of it)
    would cost the others at the current prices, in points, None if it cannot be served at all;
    ``worth``: what that would earn. ``is_proven``:
    the answer is, so serving it displaces at least ``worth``.
    """

    need: int
    served_share: float
    code: Cause
    cause: Cause
    component: int
    missing: tuple[tuple[int, int], ...]
    best_offer: BestOffer | None
    rivals: tuple[int, ...]
    nearest: tuple[int, Rule] | None
    problem: CouplingProblem = field(repr=False, compare=False)
    times_short: int = 1
    slot: int = 0
    money: tuple[int, int] | None = None
    tired: tuple[str, ...] = ()
    cost: float | None = None
    worth: float = 0.0
    is_proven: bool = False


def unmet_needs(
    problem: CouplingProblem, result: CouplingResult, *, most: int | None = None
) -> tuple[Unmet, ...]:
    """Return every need not served in full, or the ``most`` weighty of them; weightiest first."""
    after = _AfterRun(problem, result)
    short = [n for n in range(len(problem.needs)) if after.now.share(n) < 1]
    short.sort(key=lambda n: (-weight_of(problem.needs[n]), n))
    return tuple(after.diagnose(n) for n in short[:most])


class _AfterRun:
    """What is left, and who holds what, once a result is carried out."""

    def __init__(self, problem: CouplingProblem, result: CouplingResult) -> None:
        self.problem, self.prices = problem, result.prices
        self.is_proven = result.status is Status.OPTIMAL
        self.before = Leftover(problem)
        self.now = self.before.after(result.supplies)
        self.holders = self.now.holders()
        self.near_misses = NearMisses(self.now)

    def diagnose(self, n: int) -> Unmet:
        """Explain one need."""
        need, share = self.problem.needs[n], self.now.share(n)
        is_begun = any(line.is_new for line in self.now.lines(n))
        before = self.before.with_lines_of(n, self.now) if is_begun else self.before
        filled = fill(self.now, n)
        lacking = fill(self.now, n, Terms(ignoring=LIMITS))
        component, cause = self._cause(n, before, filled, lacking)
        is_blocked = need.all_or_nothing and 0 < len(lacking.missing) < len(need.components)
        is_shared = cause not in _JOINT and component in lacking.missing
        choices = [choice.offer for choice in self.now.choices(n, component)]
        priced = fill(before, n, Terms(prices=self.prices))
        return Unmet(
            need=n,
            served_share=share,
            code=Cause.BUNDLE_BLOCKED if is_blocked and is_shared else cause,
            cause=cause,
            component=component,
            missing=tuple(sorted(lacking.missing.items())),
            best_offer=self._best_offer(n, component, cause, filled),
            rivals=self._rivals(n, choices) if cause is Cause.GIVEN_TO_OTHERS else (),
            nearest=self.near_misses.nearest(n, component)
            if not choices or cause is Cause.TOO_LITTLE
            else None,
            problem=self.problem,
            times_short=max(1, lacking.times_short),
            slot=lacking.slot,
            money=self._money(n) if cause is Cause.BUDGET else None,
            tired=self._tired(n) if cause is Cause.EFFORT_LIMIT else (),
            cost=priced.cost if priced.is_complete else None,
            worth=weight_of(need) * (1 - share),
            is_proven=self.is_proven,
        )

    def _cause(
        self, n: int, before: Leftover, filled: Filled, lacking: Filled
    ) -> tuple[int, Cause]:
        need = self.problem.needs[n]
        if filled.is_complete:
            first = next((c for c, short in enumerate(self._short(n)) if short), 0)
            return first, Cause.COSTS_MORE if filled.cost >= filled.worth else Cause.NOT_FOUND
        if not fill(before, n).is_complete:
            causes = {}
            for c in range(len(need.components)):
                cause = (
                    obstacle(before, n, c)
                    if before.choices(n, c) or not self._short(n)[c]
                    else self.near_misses.cause(n, c)
                )
                if cause is not None:
                    causes[c] = cause
            if causes:
                component = min(causes, key=lambda c: (list(Cause).index(causes[c]), c))
                return component, causes[component]
            joint = obstacle(before, n)
        else:
            joint = limit_in_the_way(self.now, n)
        component = min(lacking.missing or filled.missing, default=0)
        return component, joint or Cause.GIVEN_TO_OTHERS

    def _short(self, n: int) -> list[int]:
        """Return what each component lacks, over all times if the need may be met in parts."""
        need = self.problem.needs[n]
        if need.all_or_nothing:
            return self.now.wanted(n, ANY_SLOT)
        return self.now.short(n)

    def _best_offer(self, n: int, c: int, cause: Cause, filled: Filled) -> BestOffer | None:
        if cause in (Cause.NOT_FOUND, Cause.COSTS_MORE):
            return None
        need = self.problem.needs[n]
        joined = {self.now.offers[line.offer].organisation for line in self.now.lines(n)}
        limits = [(need.max_suppliers, len(joined)), (need.components[c].max_suppliers, 0)]
        one_more = any(most is not None and most - met == 1 for most, met in limits)
        alone = cause in (Cause.SUPPLIER_LIMIT, Cause.PART_SUPPLIER_LIMIT) or one_more
        by_slot = missing_by_slot(self.now, n) if self.problem.slots else {}
        slots = tuple(t for t, missing in by_slot.items() if set(missing) == {c})
        quantity = self._short(n)[c]
        if not alone:
            quantity = min(quantity, filled.missing.get(c, quantity))
        times = max(1, filled.times_short) if need.all_or_nothing else 1
        return BestOffer(c, quantity, alone, slots, times)

    def _rivals(self, n: int, offers: list[int]) -> tuple[int, ...]:
        rivals = {m for o in offers for m in self.holders.get(o, ()) if m != n}
        return tuple(sorted(rivals, key=lambda m: (-weight_of(self.problem.needs[m]), m)))

    def _money(self, n: int) -> tuple[int, int]:
        rows = fill(self.now, n, Terms(ignoring=frozenset({Limit.BUDGET}))).rows
        if not rows:
            rows = fill(self.before, n, Terms(ignoring=frozenset({Limit.BUDGET}))).rows
        asked = 0
        for choice, _, _, quantity in rows:
            offer = self.now.offers[choice.offer]
            asked += offer.price * choice.use * quantity + offer.setup_price
        payer = self.now.payer(self.problem.needs[n])
        return asked, 0 if payer is None else self.now.money[payer]

    def _tired(self, n: int) -> tuple[str, ...]:
        terms = Terms(ignoring=frozenset({Limit.EFFORT}))
        rows = fill(self.now, n, terms).rows or fill(self.before, n, terms).rows
        asked: dict[str, int] = {}
        for choice, _, _, quantity in rows:
            offer = self.now.offers[choice.offer]
            g = self.now.effort_row(offer)
            if g is not None:
                spent = asked.get(offer.organisation, 0)
                asked[offer.organisation] = spent + offer.effort * choice.use * quantity
        return tuple(
            sorted(ref for ref, effort in asked.items() if effort > self._effort_left(ref))
        )

    def _effort_left(self, organisation: str) -> int:
        rows = [o.ref for o in self.problem.organisations]
        return self.now.effort[rows.index(organisation)]
