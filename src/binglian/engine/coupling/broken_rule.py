"""What the judge says of a rule that an answer breaks."""

from dataclasses import dataclass
from enum import StrEnum

from .fitting import Rule


class Code(StrEnum):
    """A rule about an answer as a whole; ``fitting.Rule`` names those about one pair."""

    NO_PAIR = "no_pair"
    NO_SLOT = "no_slot"
    QUANTITY = "quantity"  # not above 0
    TWICE = "twice"  # the same pair and slot in two rows
    OFFER = "offer"  # gives more than it has
    EFFORT = "effort"
    BUDGET = "budget"
    LOT = "lot"
    OFFER_ABSENT = "offer_absent"
    NEED_ABSENT = "need_absent"
    TOO_MUCH = "too_much"
    TIMES = "times"  # met more often than asked
    IN_A_ROW = "in_a_row"
    LACKS = "lacks"  # all or nothing, and a part is short
    TOO_SELDOM = "too_seldom"  # all or nothing, and a time is missing
    SUPPLIERS = "suppliers"
    PART_SUPPLIERS = "part_suppliers"


_SAID = {
    Code.NO_PAIR: "There is no pair {found}.",
    Code.NO_SLOT: "There is no slot {found}.",
    Code.QUANTITY: "Pair {row} sends {found}.",
    Code.TWICE: "Pair {row} is listed twice in slot {slot}.",
    Code.OFFER: "Offer {offer} gives {found} of {allowed}{in_slot}.",
    Code.EFFORT: "Organisation {party} takes on {found} of {allowed} effort.",
    Code.BUDGET: "Budget {party} pays {found} of {allowed}.",
    Code.LOT: "Offer {offer} gives need {need} only {found}, less than its lot {allowed}.",
    Code.OFFER_ABSENT: "Offer {offer} is not there in slot {slot}.",
    Code.NEED_ABSENT: "Need {need} cannot be met in slot {slot}.",
    Code.TOO_MUCH: "Need {need} gets {found} of {allowed} in part {part}{in_slot}.",
    Code.TIMES: "Need {need} is met {found} times of {allowed}.",
    Code.IN_A_ROW: "Need {need} is met within {found} slots instead of {allowed} in a row.",
    Code.LACKS: "Need {need} is all or nothing but gets {found} of {allowed} in part {part}"
    "{in_slot}.",
    Code.TOO_SELDOM: "Need {need} is all or nothing but is met only {found} times of {allowed}.",
    Code.SUPPLIERS: "Need {need} has {found} suppliers of {allowed}.",
    Code.PART_SUPPLIERS: "Need {need} has {found} suppliers of {allowed} in part {part}{in_slot}.",
    Rule.KIND: "it is of another kind",
    Rule.OWN: "both are of one organisation",
    Rule.EXCLUDED: "the offer does not serve its organisation",
    Rule.RULED_OUT: "the need rules out the offer's organisation",
    Rule.CONDITION: "the need refuses a condition",
    Rule.UNIT: "the units differ",
    Rule.TAGS: "no tag is shared",
    Rule.TIME: "no time is shared",
    Rule.DISTANCE: "it is too far away",
}


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """One rule broken: by whom, and what was found where what was allowed.

    ``row`` is the pair of a malformed row; ``part`` counts components from 0; ``slot`` is given
    only where the problem has slots; ``party`` is the organisation or budget overdrawn.
    Quantities are whole units of the problem, ``1 / scale`` each.
    """

    code: Code | Rule
    offer: str = ""
    need: str = ""
    part: int | None = None
    slot: int | None = None
    party: str = ""
    row: int | None = None
    found: int = 0
    allowed: int = 0

    def __str__(self) -> str:
        said = _SAID.get(self.code, f"it breaks the rule {self.code}")
        if isinstance(self.code, Rule):
            return f"Offer {self.offer} serves need {self.need}, but {said}."
        facts = {name: getattr(self, name) for name in self.__slots__}
        in_slot = "" if self.slot is None else f" in slot {self.slot}"
        return said.format(**facts, in_slot=in_slot)
