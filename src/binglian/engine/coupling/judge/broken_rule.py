"""What the judge says of a rule that an answer breaks, in Chinese and English."""

from dataclasses import dataclass
from enum import StrEnum

from binglian.engine.coupling.candidates.fitting import Rule
from binglian.engine.coupling.explaining.wording import (
    Language,
    amount,
    part_in_words,
    quoted,
    window_in_words,
)
from binglian.engine.coupling.problem import CouplingProblem, Window


class Code(StrEnum):
    """A rule about an answer as a whole; ``fitting.Rule`` names those about one pair."""

    NO_PAIR = "no_pair"
    GONE = "gone"  # the offer or the need is no longer listed
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


_SAID: dict[str, dict[Code, str]] = {
    "zh": {
        Code.NO_PAIR: "没有第 {found} 个配对。",
        Code.GONE: "资源或需求已不在清单上。",
        Code.NO_SLOT: "没有第 {found} 个时段。",
        Code.QUANTITY: "配对 {row} 的数量是 {found}。",
        Code.TWICE: "配对 {row}{in_slot}列了两次。",
        Code.OFFER: "资源 {offer} 只有 {allowed}，{in_slot}安排了 {found}。",
        Code.EFFORT: "单位{party}能承担的工作量是 {allowed}，安排了 {found}。",
        Code.BUDGET: "预算{party}只有 {allowed}，安排了 {found}。",
        Code.LOT: "资源 {offer} 的最小批量是 {allowed}，给需求 {need} 的只有 {found}。",
        Code.OFFER_ABSENT: "资源 {offer} 在所排时段{at}不可用。",
        Code.NEED_ABSENT: "需求 {need} 不能排在所排时段{at}。",
        Code.TOO_MUCH: "需求 {need} 的{part}只要 {allowed}，{in_slot}安排了 {found}。",
        Code.TIMES: "需求 {need} 只要 {allowed} 次，安排了 {found} 次。",
        Code.IN_A_ROW: "需求 {need} 须在连续 {allowed} 个时段内，却跨了 {found} 个。",
        Code.LACKS: "需求 {need} 须全部满足，{part}应为 {allowed}，{in_slot}只安排了 {found}；"
        "请一并安排，或全部不安排。",
        Code.TOO_SELDOM: "需求 {need} 须满足 {allowed} 次，只安排了 {found} 次。",
        Code.SUPPLIERS: "需求 {need} 最多 {allowed} 家供方，安排了 {found} 家。",
        Code.PART_SUPPLIERS: "需求 {need} 的{part}最多 {allowed} 家供方，"
        "{in_slot}安排了 {found} 家。",
    },
    "en": {
        Code.NO_PAIR: "There is no pair {found}.",
        Code.GONE: "The offer or the need is no longer listed.",
        Code.NO_SLOT: "There is no slot {found}.",
        Code.QUANTITY: "Pair {row} sends {found}.",
        Code.TWICE: "Pair {row} is listed twice{in_slot}.",
        Code.OFFER: "Offer {offer} gives {found} of {allowed}{in_slot}.",
        Code.EFFORT: "Organisation {party} takes on {found} of {allowed} effort.",
        Code.BUDGET: "Budget {party} pays {found} of {allowed}.",
        Code.LOT: "Offer {offer} gives need {need} only {found}, less than its lot {allowed}.",
        Code.OFFER_ABSENT: "Offer {offer} is not there{in_slot}.",
        Code.NEED_ABSENT: "Need {need} cannot be met{in_slot}.",
        Code.TOO_MUCH: "Need {need} gets {found} of {allowed} in part {part}{in_slot}.",
        Code.TIMES: "Need {need} is met {found} times of {allowed}.",
        Code.IN_A_ROW: "Need {need} is met within {found} slots instead of {allowed} in a row.",
        Code.LACKS: "Need {need} is all or nothing but gets {found} of {allowed}"
        " in part {part}{in_slot}.",
        Code.TOO_SELDOM: "Need {need} is all or nothing but is met only {found} times"
        " of {allowed}.",
        Code.SUPPLIERS: "Need {need} has {found} suppliers of {allowed}.",
        Code.PART_SUPPLIERS: "Need {need} has {found} suppliers of {allowed}"
        " in part {part}{in_slot}.",
    },
}
_UNFIT: dict[str, dict[Rule, str]] = {
    "zh": {
        Rule.KIND: "类别不同",
        Rule.OWN: "双方是同一单位",
        Rule.EXCLUDED: "该资源不提供给需求单位",
        Rule.RULED_OUT: "该需求排除了资源单位",
        Rule.CONDITION: "该需求不接受其条件",
        Rule.UNIT: "计量单位不同",
        Rule.TAGS: "标签不符",
        Rule.TIME: "时间不重合",
        Rule.DISTANCE: "超出服务半径",
    },
    "en": {
        Rule.KIND: "it is of another kind",
        Rule.OWN: "both are of one organisation",
        Rule.EXCLUDED: "the offer does not serve its organisation",
        Rule.RULED_OUT: "the need rules out the offer's organisation",
        Rule.CONDITION: "the need refuses a condition",
        Rule.UNIT: "the units differ",
        Rule.TAGS: "no tag is shared",
        Rule.TIME: "no time is shared",
        Rule.DISTANCE: "it is too far away",
    },
}
_OF_OFFER = {Code.OFFER, Code.LOT}
_OF_PART = {Code.TOO_MUCH, Code.LACKS}


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
        """Return an English sentence with numbers as the problem has them."""
        return self._said("en", {"in_slot": "" if self.slot is None else f" in slot {self.slot}"})

    def in_words(
        self, problem: CouplingProblem, language: Language, *, money: int = 1, effort: int = 1
    ) -> str:
        """Return a sentence for people, with quantities, parts and times by name.

        ``money`` and ``effort`` say how many of the problem's make one of the reader's.
        """
        facts = self._figures(problem, language, {Code.BUDGET: money, Code.EFFORT: effort})
        slot = problem.slots[self.slot] if problem.slots and self.slot is not None else Window()
        time = window_in_words(slot, language)
        facts["at"] = f"（{time}）" if time else ""
        facts["in_slot"] = time if language == "zh" or not time else f" ({time})"
        if self.party:
            facts["party"] = quoted([self.party], language)
        if self.row is not None:
            pair = problem.pairs[self.row]
            facts["row"] = f"{problem.offers[pair.offer].ref} → {problem.needs[pair.need].ref}"
        return self._said(language, facts)

    def _figures(
        self, problem: CouplingProblem, language: Language, parts_of_one: dict[Code, int]
    ) -> dict[str, str]:
        facts, unit = {}, ""
        if self.code in _OF_OFFER:
            unit = next(offer.unit for offer in problem.offers if offer.ref == self.offer)
        if self.part is not None:
            need = next(need for need in problem.needs if need.ref == self.need)
            component = need.components[self.part]
            facts["part"] = quoted([part_in_words(component, language)], language)
            unit = component.unit
        if self.code in _OF_OFFER | _OF_PART | {Code.QUANTITY}:
            facts["found"] = amount(problem, self.found, "", language)
            facts["allowed"] = amount(problem, self.allowed, unit, language)
        elif self.code in parts_of_one:
            one = parts_of_one[Code(self.code)]
            facts["found"], facts["allowed"] = (
                f"{sum_ / one:.12g}" for sum_ in (self.found, self.allowed)
            )
        return facts

    def _said(self, language: Language, facts: dict[str, str]) -> str:
        if isinstance(self.code, Rule):
            why = _UNFIT[language][self.code]
            if language == "zh":
                return f"资源 {self.offer} 不能用于需求 {self.need}：{why}。"
            return f"Offer {self.offer} serves need {self.need}, but {why}."
        plain = {name: getattr(self, name) for name in self.__slots__}
        return _SAID[language][self.code].format(**{**plain, **facts})
