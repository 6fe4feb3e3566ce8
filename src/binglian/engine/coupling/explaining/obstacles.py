"""Which rule stands in the way of a need."""

from collections import defaultdict
from enum import StrEnum

from binglian.engine.coupling.candidates.finding import Rule, why_not

from .fill import Filled, fill
from .leftover import Leftover
from .trial import Limit, Terms

#: Beyond so many offers of a kind, near misses are looked for among the first of them only.
_MOST_COMPARED = 2000


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
    PART_SUPPLIER_LIMIT = "part_supplier_limit"
    SUPPLIER_LIMIT = "supplier_limit"
    NO_COMMON_SLOT = "no_common_slot"  # each component can be had, but never all at one time
    TOO_FEW_SLOTS = "too_few_slots"  # fewer times than asked, or not in a row
    EFFORT_LIMIT = "effort_limit"
    BUDGET = "budget"
    GIVEN_TO_OTHERS = "given_to_others"
    COSTS_MORE = "costs_more"  # serving it costs more points than it earns
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
#: Limits that are no shortage of what is asked for.
LIMITS = frozenset({Limit.BUDGET, Limit.EFFORT, Limit.SUPPLIERS, Limit.PART_SUPPLIERS})
_CAUSE_OF_LIMIT = {
    Limit.LOTS: Cause.LOT_TOO_LARGE,
    Limit.PART_SUPPLIERS: Cause.PART_SUPPLIER_LIMIT,
    Limit.SUPPLIERS: Cause.SUPPLIER_LIMIT,
    Limit.EFFORT: Cause.EFFORT_LIMIT,
    Limit.BUDGET: Cause.BUDGET,
}


def obstacle(left: Leftover, n: int, only: int | None = None) -> Cause | None:
    """Return what keeps a need, or ``only`` one component of it, from being served from ``left``.

    None if nothing does. Rules are given back one after another until the need can be served.
    """
    if fill(left, n, Terms(only=only)).is_complete:
        return None
    ignored = LIMITS | {Limit.LOTS}
    freely = fill(left, n, Terms(ignoring=ignored, only=only))
    if not freely.is_complete:
        return _shortage(left, n, freely, only)
    for limit, cause in _CAUSE_OF_LIMIT.items():
        ignored -= {limit}
        if (
            limit in limits_on(left, n)
            and not fill(left, n, Terms(ignoring=ignored, only=only)).is_complete
        ):
            return cause
    return None


def limit_in_the_way(left: Leftover, n: int) -> Cause | None:
    """Return the one limit without which the need could be served from ``left``."""
    for limit, cause in _CAUSE_OF_LIMIT.items():
        if (
            limit in limits_on(left, n)
            and fill(left, n, Terms(ignoring=frozenset({limit}))).is_complete
        ):
            return cause
    return None


def limits_on(left: Leftover, n: int) -> set[Limit]:
    """Return the limits that can matter to a need."""
    need, found = left.problem.needs[n], {Limit.LOTS}
    if need.budget is not None:
        found.add(Limit.BUDGET)
    if left.effort:
        found.add(Limit.EFFORT)
    if need.max_suppliers is not None:
        found.add(Limit.SUPPLIERS)
    if any(part.max_suppliers is not None for part in need.components):
        found.add(Limit.PART_SUPPLIERS)
    return found


def _shortage(left: Leftover, n: int, freely: Filled, only: int | None) -> Cause:
    need = left.problem.needs[n]
    if not need.all_or_nothing:
        return Cause.TOO_LITTLE
    if only is None and not freely.open_slots and left.slot_count > 1:
        return Cause.NO_COMMON_SLOT
    found, asked = len(freely.open_slots), need.times
    if found and (found < asked or (need.consecutive and not _longest_run(freely, asked))):
        return Cause.TOO_FEW_SLOTS
    return Cause.TOO_LITTLE


def _longest_run(freely: Filled, times: int) -> bool:
    slots = set(freely.open_slots)
    return any(slots.issuperset(range(first, first + times)) for first in slots)


class NearMisses:
    """Offers of the right kind that break a rule, those breaking fewest first."""

    def __init__(self, left: Leftover) -> None:
        self.left = left
        self._of_kind: dict[str, list[int]] = defaultdict(list)
        for o, offer in enumerate(left.offers):
            self._of_kind[offer.kind].append(o)

    def cause(self, n: int, c: int) -> Cause:
        """Return why a component has no offer that fits."""
        closest = self._closest(n, c)
        if not closest:
            return Cause.NOBODY
        rules = closest[0][1]
        if not rules:
            return Cause.NOT_FOUND
        return _CAUSE_OF_RULE.get(min(rules, key=_ease), Cause.EXCLUDED)

    def nearest(self, n: int, c: int) -> tuple[int, Rule] | None:
        """Return an offer that only one rule keeps away, and that rule."""
        for offer, rules in self._closest(n, c):
            if len(rules) == 1 and rules[0] is not Rule.OWN:
                return offer, rules[0]
        return None

    def _closest(self, n: int, c: int) -> list[tuple[int, tuple[Rule, ...]]]:
        need = self.left.problem.needs[n]
        part, paired = need.components[c], {ch.offer for ch in self.left.choices(n, c)}
        of_kind = [o for o in self._of_kind[part.kind][:_MOST_COMPARED] if o not in paired]
        found = [o for o in of_kind if self._has_some(o)] or of_kind
        ruled = [(o, why_not(self.left.offers[o], need, part)) for o in found]
        return sorted(ruled, key=_closeness)

    def _has_some(self, o: int) -> bool:
        slots = range(self.left.slot_count) if self.left.offers[o].renews else (0,)
        return any(self.left.units[self.left.resource(o, t)] > 0 for t in slots)


def _ease(rule: Rule) -> int:
    return _EASIEST_FIRST.index(rule) if rule in _EASIEST_FIRST else len(_EASIEST_FIRST)


def _closeness(one: tuple[int, tuple[Rule, ...]]) -> tuple[int, bool, int, int]:
    offer, rules = one
    return len(rules), Rule.OWN in rules, min(map(_ease, rules), default=0), offer
