"""Finds out why a need is not served in full."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from .candidates import Rule, why_not
from .openings import room_in
from .problem import CouplingProblem, weight_of
from .result import CouplingResult


class Cause(StrEnum):
    """Why a need, or one component of it, is not served in full; the hardest first."""

    NOBODY = "nobody"  # nobody offers the kind
    OWN_ONLY = "own_only"  # only the asking organisation itself offers it
    OTHER_UNIT = "other_unit"
    OTHER_TAGS = "other_tags"
    OTHER_TIME = "other_time"
    TOO_FAR = "too_far"
    CONDITION_REFUSED = "condition_refused"
    EXCLUDED = "excluded"  # by either side
    LOT_TOO_LARGE = "lot_too_large"
    TOO_LITTLE = "too_little"  # all fitting offers together are not enough
    SUPPLIER_LIMIT = "supplier_limit"
    GIVEN_TO_OTHERS = "given_to_others"
    BUNDLE_BLOCKED = "bundle_blocked"  # other components could be served, one lacks
    NOT_FOUND = "not_found"  # enough is left, but the run ended before finding how


_CAUSE_OF_RULE = {
    Rule.OWN: Cause.OWN_ONLY,
    Rule.UNIT: Cause.OTHER_UNIT,
    Rule.TAGS: Cause.OTHER_TAGS,
    Rule.TIME: Cause.OTHER_TIME,
    Rule.DISTANCE: Cause.TOO_FAR,
    Rule.CONDITION: Cause.CONDITION_REFUSED,
    Rule.EXCLUDED: Cause.EXCLUDED,
    Rule.RULED_OUT: Cause.EXCLUDED,
}
# Which near miss to name first when several offers break one rule each: the easiest to mend.
_EASIEST_FIRST = (
    Rule.TIME,
    Rule.DISTANCE,
    Rule.CONDITION,
    Rule.TAGS,
    Rule.UNIT,
    Rule.EXCLUDED,
    Rule.RULED_OUT,
    Rule.OWN,
)


@dataclass(frozen=True, slots=True)
class BestOffer:
    """The single further offer that would help most: so much for this component.

    ``alone``: only one more organisation may join, so it must bring all of it.
    """

    component: int
    quantity: int
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Unmet:
    """A need not served in full: why, and what it lacks.

    ``missing``: (component index, quantity short) counting what is left of fitting offers.
    ``cause``: for a blocked bundle, why ``component`` lacks; otherwise the same as ``code``.
    ``rivals``: needs that hold the fitting offers, the weightiest first.
    ``nearest``: (offer, rule) of an offer that only this rule keeps away.
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


def unmet_needs(problem: CouplingProblem, result: CouplingResult) -> tuple[Unmet, ...]:
    """Return every need not served in full, the weightiest first."""
    after = _AfterRun(problem, result)
    short = [n for n in range(len(problem.needs)) if any(after.short_of(n))]
    short.sort(key=lambda n: (-weight_of(problem.needs[n]), n))
    return tuple(after.diagnose(n) for n in short)


class _AfterRun:
    """What is left, and who holds what, once a result is carried out."""

    def __init__(self, problem: CouplingProblem, result: CouplingResult) -> None:
        self.problem = problem
        self.room = room_in(problem)
        self.left = list(self.room.offer_left)
        self.given: dict[tuple[int, int], int] = defaultdict(int)
        self.holders: dict[int, set[int]] = defaultdict(set)
        self.pairs_of: dict[tuple[int, int], list[int]] = defaultdict(list)
        for kept in problem.kept:
            self.holders[kept.offer].add(kept.need)
        for pair, quantity in zip(problem.pairs, result.quantities, strict=True):
            self.pairs_of[pair.need, pair.component].append(pair.offer)
            if quantity:
                self.left[pair.offer] -= quantity
                self.given[pair.need, pair.component] += quantity
                self.holders[pair.offer].add(pair.need)

    def short_of(self, n: int) -> list[int]:
        """Return per component what earlier commitments and the run leave short."""
        return [left - self.given[n, c] for c, left in enumerate(self.room.component_left[n])]

    def diagnose(self, n: int) -> Unmet:
        """Explain one need."""
        need, missing = self.problem.needs[n], self._missing(n)
        causes = {c: self._cause(n, c, quantity) for c, quantity in missing.items()}
        if causes:
            component = min(causes, key=lambda c: (list(Cause).index(causes[c]), c))
            code = cause = causes[component]
            if need.all_or_nothing and len(missing) < len(need.components):
                code = Cause.BUNDLE_BLOCKED
        else:
            component, code = self._blocked_without_shortage(n)
            cause = code
        offers = self.pairs_of[n, component]
        return Unmet(
            need=n,
            served_share=self._share(n),
            code=code,
            cause=cause,
            component=component,
            missing=tuple(sorted(missing.items())),
            best_offer=self._best_offer(n, component, cause, missing),
            rivals=self._rivals(n, offers) if cause is Cause.GIVEN_TO_OTHERS else (),
            nearest=self._nearest(n, component)
            if not offers or cause is Cause.TOO_LITTLE
            else None,
            problem=self.problem,
        )

    def _best_offer(
        self, n: int, c: int, cause: Cause, missing: dict[int, int]
    ) -> BestOffer | None:
        if cause is Cause.NOT_FOUND:
            return None
        alone = cause is Cause.SUPPLIER_LIMIT or self.room.suppliers_left[n] == 1
        if alone or c not in missing:
            return BestOffer(c, self.short_of(n)[c], alone)
        return BestOffer(c, missing[c])

    def _share(self, n: int) -> float:
        need = self.problem.needs[n]
        if need.all_or_nothing:
            return 0.0
        shares = [
            1 - short / part.quantity
            for short, part in zip(self.short_of(n), need.components, strict=True)
        ]
        return sum(shares) / len(shares)

    def _missing(self, n: int) -> dict[int, int]:
        """Return what would still be short if all that is left went to this need."""
        left, missing = dict[int, int](), dict[int, int]()
        for c, short in enumerate(self.short_of(n)):
            offers = sorted(set(self.pairs_of[n, c]), key=lambda o: -self.left[o])
            for o in offers:
                room = left.get(o, self.left[o])
                quantity = min(room, short)
                if quantity and quantity >= self.problem.offers[o].lot:
                    left[o] = room - quantity
                    short -= quantity
            if short > 0:
                missing[c] = short
        return missing

    def _cause(self, n: int, c: int, short: int) -> Cause:
        offers = self.pairs_of[n, c]
        if not offers:
            return self._why_no_offer(n, c)
        wanted = self.room.component_left[n][c]
        usable = [o for o in offers if self.problem.offers[o].lot <= wanted]
        if not usable:
            return Cause.LOT_TOO_LARGE
        if self._supply(usable, wanted) < wanted:
            lots = self._supply(offers, wanted) >= wanted
            return Cause.LOT_TOO_LARGE if lots else Cause.TOO_LITTLE
        if not self._few_suppliers_suffice(n, usable, wanted):
            return Cause.SUPPLIER_LIMIT
        if any(self.left[o] > short and self.problem.offers[o].lot > short for o in usable):
            return Cause.LOT_TOO_LARGE
        return Cause.GIVEN_TO_OTHERS

    def _supply(self, offers: Iterable[int], wanted: int) -> int:
        return sum(min(wanted, self.room.offer_left[o]) for o in set(offers))

    def _few_suppliers_suffice(self, n: int, offers: list[int], wanted: int) -> bool:
        limit = self.problem.needs[n].max_suppliers
        if limit is None:
            return True
        by_organisation: dict[str, int] = defaultdict(int)
        for o in set(offers):
            by_organisation[self.problem.offers[o].organisation] += self.room.offer_left[o]
        return sum(sorted(by_organisation.values(), reverse=True)[:limit]) >= wanted

    def _blocked_without_shortage(self, n: int) -> tuple[int, Cause]:
        need = self.problem.needs[n]
        wanted = self.room.component_left[n]
        component = max(range(len(wanted)), key=lambda c: (self.short_of(n)[c], -c))
        if need.max_suppliers is not None:
            return component, Cause.SUPPLIER_LIMIT
        for c in range(len(wanted)):
            if any(self.problem.offers[o].lot > 1 for o in self.pairs_of[n, c]):
                return c, Cause.LOT_TOO_LARGE
        return component, Cause.NOT_FOUND

    def _why_no_offer(self, n: int, c: int) -> Cause:
        closest = self._closest(n, c)
        if not closest:
            return Cause.NOBODY
        rules = closest[0][1]
        return _CAUSE_OF_RULE[min(rules, key=_EASIEST_FIRST.index)] if rules else Cause.NOT_FOUND

    def _nearest(self, n: int, c: int) -> tuple[int, Rule] | None:
        for offer, rules in self._closest(n, c):
            if len(rules) == 1 and rules[0] is not Rule.OWN:
                return offer, rules[0]
        return None

    def _closest(self, n: int, c: int) -> list[tuple[int, tuple[Rule, ...]]]:
        """Return offers of the kind that do not fit, those breaking fewest rules first."""
        need, paired = self.problem.needs[n], set(self.pairs_of[n, c])
        found = [
            (o, why_not(offer, need, need.components[c]))
            for o, offer in enumerate(self.problem.offers)
            if offer.kind == need.components[c].kind and o not in paired and self.left[o] > 0
        ]
        found = found or [
            (o, why_not(offer, need, need.components[c]))
            for o, offer in enumerate(self.problem.offers)
            if offer.kind == need.components[c].kind and o not in paired
        ]
        return sorted(
            found,
            key=lambda one: (
                len(one[1]),
                Rule.OWN in one[1],
                min((_EASIEST_FIRST.index(rule) for rule in one[1]), default=0),
                one[0],
            ),
        )

    def _rivals(self, n: int, offers: list[int]) -> tuple[int, ...]:
        rivals = {m for o in offers for m in self.holders[o] if m != n}
        return tuple(sorted(rivals, key=lambda m: (-weight_of(self.problem.needs[m]), m)))
