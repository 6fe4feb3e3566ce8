"""Why this offer serves this component, in Chinese ("zh") and English ("en")."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from binglian.engine.coupling.candidates.finding import distance_km
from binglian.engine.coupling.pairs import Pair
from binglian.engine.coupling.problem import CouplingProblem, Offer, weight_of
from binglian.engine.coupling.result import CouplingResult
from binglian.engine.coupling.windows import shared_time

from .leftover import Leftover
from .wording import (
    Language,
    amount,
    one_sentence,
    points_in_words,
    quoted,
    slots_in_words,
    unit_in_words,
    window_in_words,
)

#: A price below this is not worth a word.
_LEAST_PRICE = 0.005


def reason_for_match(
    problem: CouplingProblem, result: CouplingResult, pair_index: int, language: Language
) -> str:
    """Return one sentence: why this offer serves this component."""
    return reasons_for_matches(problem, result, [pair_index], language)[0]


def reasons_for_matches(
    problem: CouplingProblem, result: CouplingResult, pairs: Iterable[int], language: Language
) -> list[str]:
    """Return the sentences of many matches, in order; far cheaper than one by one."""
    chosen = list(pairs)
    matches = _Matches(problem, result, chosen)
    return [matches.sentence(p, language) for p in chosen]


class _Rivals(NamedTuple):
    """Needs that got nothing and could have used the offer: how many, and the greatest weight."""

    needs: int
    weight: float


class _Matches:
    """The facts that the sentences of some matches share."""

    def __init__(self, problem: CouplingProblem, result: CouplingResult, pairs: list[int]) -> None:
        self.problem, self.prices = problem, result.prices.offer
        self.left = Leftover(problem).after(result.supplies)
        self.sent: dict[int, list[tuple[int, int]]] = {p: [] for p in pairs}
        rows = np.isin(result.supplies.pair, np.array(pairs, dtype=np.int64))
        for p, t, quantity in zip(
            result.supplies.pair[rows].tolist(),
            result.supplies.slot[rows].tolist(),
            result.supplies.quantity[rows].tolist(),
            strict=True,
        ):
            self.sent[p].append((t, quantity))
        self.rivals = self._all_rivals(pairs, result)

    def sentence(self, p: int, language: Language) -> str:
        pair = self.problem.pairs[p]
        rest = self._rest(pair, p)
        clauses = [
            _choice(self.left.pairs.count_of(pair.need, pair.component), language),
            ("，" if language == "zh" else ", ").join(self._facts(pair, p, language)),
            self._contest(pair, language) if not rest else "",
            self._worth(pair, p, rest, language),
        ]
        return one_sentence(clauses, language)

    def _rest(self, pair: Pair, p: int) -> int:
        """Return what is left of the offer in the slots that the match takes."""
        slots = [t for t, _ in self.sent[p]] or [0]
        return min(self.left.units[self.left.resource(pair.offer, t)] for t in slots)

    def _all_rivals(self, pairs: list[int], result: CouplingResult) -> dict[int, _Rivals]:
        columns = self.problem.pairs
        contested = np.zeros(len(self.problem.offers), dtype=np.bool_)
        for p in pairs:
            pair = columns[p]
            contested[pair.offer] |= not self._rest(pair, p)
        is_open = np.ones(len(self.problem.needs), dtype=np.bool_)
        is_open[columns.need[result.supplies.pair]] = False
        is_open[[kept.need for kept in self.problem.kept]] = False
        wanting = contested[columns.offer] & is_open[columns.need]
        ends = np.unique(np.stack([columns.offer[wanting], columns.need[wanting]]), axis=1)
        weights: dict[int, float] = {}
        found: dict[int, list[float]] = defaultdict(list)
        for o, n in zip(*ends.tolist(), strict=True):
            if n not in weights:
                weights[n] = weight_of(self.problem.needs[n])
            found[o].append(weights[n])
        return {o: _Rivals(len(mine), max(mine)) for o, mine in found.items()}

    def _facts(self, pair: Pair, p: int, language: Language) -> list[str]:
        zh = language == "zh"
        offer, need = self.problem.offers[pair.offer], self.problem.needs[pair.need]
        facts = []
        asked = need.components[pair.component].tags
        if tags := sorted(offer.tags & asked):
            words = quoted(tags, language)
            facts.append(f"标签{words}吻合" if zh else f"tags {words} agree")
        elif asked:
            facts.append("文字描述相近" if zh else "the descriptions are alike")
        distance = distance_km(offer, need)
        if distance is not None:
            facts.append(_apart(distance, zh))
        facts += self._time(pair, p, language)
        if offer.organisation in need.prefers:
            facts.append(
                "需求方优先选择该单位" if zh else "the asking side prefers this organisation"
            )
        if need.organisation in offer.prefers:
            facts.append("提供方优先服务该单位" if zh else "the giving side prefers to serve it")
        if pair.fixed > 0:
            facts.append("沿用上次的安排" if zh else "kept from the last run")
        return facts + self._costs(offer, pair, p, language)

    def _time(self, pair: Pair, p: int, language: Language) -> list[str]:
        zh = language == "zh"
        if self.problem.slots:
            slots = [self.problem.slots[t] for t, _ in self.sent[p]]
            words = slots_in_words(slots, language) if slots else ""
            return [f"安排在{words}" if zh else f"set for {words}"] if words else []
        offer, need = self.problem.offers[pair.offer], self.problem.needs[pair.need]
        if not offer.windows and not need.windows:
            return []
        window = shared_time(offer.windows, need.windows, need.deadline)
        words = window_in_words(window, language) if window else ""
        return [f"时间重合：{words}" if zh else f"both free {words}"] if words else []

    def _costs(self, offer: Offer, pair: Pair, p: int, language: Language) -> list[str]:
        facts, zh = [], language == "zh"
        if offer.setup_cost:
            cost = points_in_words(offer.setup_cost * max(1, len(self.sent[p])), language)
            facts.append(f"启用成本 {cost}" if zh else f"setting it up costs {cost}")
        units = [quantity * pair.use for _, quantity in self.sent[p]]
        money = sum(offer.price * taken + offer.setup_price for taken in units)
        if money:
            facts.append(f"费用共 {money}" if zh else f"costs {money} in all")
        return facts

    def _contest(self, pair: Pair, language: Language) -> str:
        rivals = self.rivals.get(pair.offer)
        if rivals is None:
            return ""
        is_heavier = rivals.weight < weight_of(self.problem.needs[pair.need])
        if language == "zh":
            return (
                f"另有 {rivals.needs} 项权重较低的需求也想用它"
                if is_heavier
                else f"另有 {rivals.needs} 项需求也想用它，这样安排总权重最高"
            )
        count = f"{rivals.needs} other need{'s' if rivals.needs > 1 else ''}"
        return (
            f"{count} of lower weight wanted it too"
            if is_heavier
            else f"{count} wanted it too, and this way the total weight served is highest"
        )

    def _worth(self, pair: Pair, p: int, rest: int, language: Language) -> str:
        """Return what is left of the offer, and what one more unit of it would be worth."""
        zh, unit = language == "zh", self.problem.offers[pair.offer].unit
        if rest:
            left = amount(self.problem, rest, unit, language)
            return f"余下 {left}" if zh else f"{left} left"
        said = "资源已全部用上" if zh else "nothing of it is left"
        slots = [t for t, _ in self.sent[p]] or [0]
        price = max(float(self.prices[pair.offer, t]) for t in slots) * self.problem.scale
        if price < _LEAST_PRICE:
            return said
        worth = points_in_words(price, language)
        if zh:
            return f"{said}，再多 1 {unit or '单位'}约值 {worth}"
        one = unit_in_words(unit, language) or "unit"
        return f"{said}, and 1 {one} more would be worth about {worth}"


def _choice(chances: int, language: Language) -> str:
    if chances == 1:
        return "唯一合适的资源" if language == "zh" else "the only offer that fits"
    if language == "zh":
        return f"从 {chances} 项合适的资源中选出"
    return f"chosen from {chances} offers that fit"


def _apart(kilometres: float, zh: bool) -> str:
    if kilometres < 0.05:
        return "在同一地点" if zh else "in the same place"
    return f"距离 {kilometres:.1f} 公里" if zh else f"{kilometres:.1f} km away"
