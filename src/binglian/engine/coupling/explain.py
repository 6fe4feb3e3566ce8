"""Reasons in plain words, in Chinese ("zh") and English ("en"), for matches and unmet needs."""

from collections.abc import Iterable

from .candidates import Rule, distance_km
from .diagnosis import BestOffer, Cause, Unmet, unmet_needs
from .openings import room_in
from .problem import CouplingProblem, Need, Offer, Window, weight_of
from .result import CouplingResult
from .windows import shared_time
from .wording import (
    Language,
    amount,
    kind_in_words,
    part_in_words,
    quoted,
    some_of,
    window_in_words,
    windows_in_words,
)

__all__ = [
    "BestOffer",
    "Cause",
    "Unmet",
    "missing_sentence",
    "reason_for_match",
    "reasons_for_matches",
    "sentence",
    "unmet_needs",
    "would_help",
]


def reason_for_match(
    problem: CouplingProblem, result: CouplingResult, pair_index: int, language: Language
) -> str:
    """Return one sentence: why this offer serves this component."""
    return reasons_for_matches(problem, result, [pair_index], language)[0]


def reasons_for_matches(
    problem: CouplingProblem, result: CouplingResult, pairs: Iterable[int], language: Language
) -> list[str]:
    """Return the sentences of many matches, in order; cheaper than one by one."""
    left = list(room_in(problem).offer_left)
    chances: dict[tuple[int, int], int] = {}
    wanted_by: dict[int, set[int]] = {}
    served: set[int] = {kept.need for kept in problem.kept}
    for pair, quantity in zip(problem.pairs, result.quantities, strict=True):
        left[pair.offer] -= quantity
        ends = pair.need, pair.component
        chances[ends] = chances.get(ends, 0) + 1
        wanted_by.setdefault(pair.offer, set()).add(pair.need)
        if quantity:
            served.add(pair.need)
    sentences = []
    for p in pairs:
        pair = problem.pairs[p]
        rest = left[pair.offer]
        losers = 0 if rest else len(wanted_by[pair.offer] - served)
        clauses = [
            _choice(chances[pair.need, pair.component], language),
            _facts(problem, p, language),
            _contest(problem, p, wanted_by[pair.offer] - served, language) if losers else "",
            _what_is_left(problem, pair.offer, rest, language),
        ]
        sentences.append(_one_sentence(clauses, language))
    return sentences


def sentence(unmet: Unmet, language: Language) -> str:
    """Return one sentence: why the need is not served in full."""
    wording = _WHY[language][unmet.cause]
    problem, need = unmet.problem, unmet.problem.needs[unmet.need]
    component = need.components[unmet.component]
    rivals = [_need_name(problem.needs[n]) for n in unmet.rivals]
    why = wording.format(
        part=part_in_words(component, language),
        kind=kind_in_words(component.kind, language),
        tags=quoted(sorted(component.tags), language),
        time=_needed_time(need, language),
        km=f"{need.within_km:g}" if need.within_km is not None else "",
        refused=quoted(sorted(need.refuses), language),
        unit=component.unit,
        limit=need.max_suppliers,
        rivals=some_of(rivals, language) if rivals else _EARLIER[language],
    )
    clauses = []
    if unmet.code is Cause.BUNDLE_BLOCKED:
        clauses.append(_BUNDLE[language].format(part=part_in_words(component, language)))
    clauses.append(why)
    if unmet.nearest:
        offer, rule = unmet.nearest
        name = _offer_name(problem.offers[offer])
        clauses.append(_NEAREST[language][rule].format(offer=name))
    return _one_sentence(clauses, language)


def missing_sentence(unmet: Unmet, language: Language) -> str:
    """Return what is short, such as 「还缺：投影仪 2 台。」; "" if nothing is short."""
    problem, need = unmet.problem, unmet.problem.needs[unmet.need]
    parts = []
    for c, quantity in unmet.missing:
        component = need.components[c]
        short = amount(problem, quantity, component.unit)
        parts.append(f"{part_in_words(component, language)} {short}")
    if not parts:
        return ""
    return f"还缺：{'、'.join(parts)}。" if language == "zh" else f"Missing: {', '.join(parts)}."


def would_help(unmet: Unmet, language: Language) -> str:
    """Return which single further offer would help most; "" if only more computing would."""
    best = unmet.best_offer
    if best is None:
        return _COMPUTE_ON[language]
    wish = _wish(unmet, best, language)
    others = [c for c, _ in unmet.missing if c != best.component]
    form = _HELP[language]["first" if others else "enough"]
    return form.format(wish=wish)


def _choice(chances: int, language: Language) -> str:
    if chances == 1:
        return "唯一合适的资源" if language == "zh" else "the only offer that fits"
    if language == "zh":
        return f"从 {chances} 项合适的资源中选出"
    return f"chosen from {chances} offers that fit"


def _facts(problem: CouplingProblem, p: int, language: Language) -> str:
    pair, zh = problem.pairs[p], language == "zh"
    offer, need = problem.offers[pair.offer], problem.needs[pair.need]
    facts = []
    if tags := sorted(offer.tags & need.components[pair.component].tags):
        words = quoted(tags, language)
        facts.append(f"标签{words}吻合" if zh else f"tags {words} agree")
    distance = distance_km(offer, need)
    if distance is not None:
        facts.append(f"距离 {distance:.1f} 公里" if zh else f"{distance:.1f} km away")
    if offer.windows or need.windows:
        window = shared_time(offer.windows, need.windows, need.deadline)
        if window and (words := window_in_words(window, language)):
            facts.append(f"时间重合：{words}" if zh else f"both free {words}")
    if offer.organisation in need.prefers:
        facts.append("需求方优先选择该单位" if zh else "the asking side prefers this organisation")
    return ("，" if zh else ", ").join(facts)


def _contest(problem: CouplingProblem, p: int, losers: set[int], language: Language) -> str:
    own = weight_of(problem.needs[problem.pairs[p].need])
    heavier = all(weight_of(problem.needs[n]) < own for n in losers)
    if language == "zh":
        return (
            f"另有 {len(losers)} 项权重较低的需求也想用它"
            if heavier
            else f"另有 {len(losers)} 项需求也想用它，这样安排总权重最高"
        )
    count = f"{len(losers)} other need{'s' if len(losers) > 1 else ''}"
    return (
        f"{count} of lower weight wanted it too"
        if heavier
        else f"{count} wanted it too, and this way the total weight served is highest"
    )


def _what_is_left(problem: CouplingProblem, o: int, rest: int, language: Language) -> str:
    if not rest:
        return "资源已全部用上" if language == "zh" else "nothing of it is left"
    left = amount(problem, rest, problem.offers[o].unit)
    return f"余下 {left}" if language == "zh" else f"{left} left"


def _one_sentence(clauses: list[str], language: Language) -> str:
    spoken = [clause for clause in clauses if clause]
    if language == "zh":
        return "；".join(spoken) + "。"
    text = "; ".join(spoken)
    return text[:1].upper() + text[1:] + "."


def _offer_name(offer: Offer) -> str:
    return f"{offer.organisation} {offer.title}".strip()


def _need_name(need: Need) -> str:
    return f"{need.organisation} {need.title}".strip()


def _needed_time(need: Need, language: Language) -> str:
    until = Window(last_day=need.deadline)
    words = windows_in_words(need.windows or (until,), language)
    return words or ("所需时间" if language == "zh" else "at the time asked")


def _wish(unmet: Unmet, best: BestOffer, language: Language) -> str:
    problem, need = unmet.problem, unmet.problem.needs[unmet.need]
    component, zh = need.components[best.component], language == "zh"
    quantity = amount(problem, best.quantity, component.unit)
    kind = part_in_words(component, language)
    time = windows_in_words(need.windows, language)
    deadline = window_in_words(Window(last_day=need.deadline), language)
    tags = quoted(sorted(component.tags), language)
    alone = unmet.cause is Cause.SUPPLIER_LIMIT
    if zh:
        limits = [f"{time}可用"] if time else []
        limits += [f"{deadline}可用"] if deadline and not time else []
        limits += [f"{need.within_km:g} 公里内"] if need.within_km is not None else []
        limits += [f"标签含{tags}{'之一' if len(component.tags) > 1 else ''}"] if tags else []
        limits.append(f"由一家单位提供、至少 {quantity}" if alone else f"至少 {quantity}")
        return f"{'、'.join(limits)}的{kind}"
    limits = [f"at least {quantity} of {kind}"]
    limits += ["from one organisation"] if alone else []
    limits += [f"tagged {tags}"] if tags else []
    limits += [f"within {need.within_km:g} km"] if need.within_km is not None else []
    limits += [f"free {time or deadline}"] if time or deadline else []
    return " ".join(limits)


_BUNDLE = {
    "zh": "整组需求须同时满足，卡在「{part}」一项",
    "en": "all parts must come together and “{part}” holds them up",
}
_EARLIER = {"zh": "（见此前承诺）", "en": "earlier commitments"}
_COMPUTE_ON = {
    "zh": "余量看来足够，延长运算时间或由秘书处手工调整即可。",
    "en": "Enough seems to be left: let the run take longer, or adjust by hand.",
}
_HELP = {
    "zh": {
        "enough": "再有一项{wish}即可满足。",
        "first": "最有帮助的是再有一项{wish}，但其余缺项仍需补齐。",
    },
    "en": {
        "enough": "One more offer would meet it: {wish}.",
        "first": "One more offer would help most: {wish}; the other missing parts remain.",
    },
}
_WHY: dict[str, dict[Cause, str]] = {
    "zh": {
        Cause.NOBODY: "没有单位提供{kind}",
        Cause.OWN_ONLY: "只有本单位自己提供{kind}，没有其他单位提供",
        Cause.OTHER_UNIT: "有单位提供{kind}，但计量单位不是「{unit}」",
        Cause.OTHER_TAGS: "有单位提供{kind}，但没有带{tags}标签的",
        Cause.OTHER_TIME: "有单位提供{kind}，但{time}没有空档",
        Cause.TOO_FAR: "有单位提供{kind}，但都在 {km} 公里以外",
        Cause.CONDITION_REFUSED: "有单位提供{kind}，但附带的条件{refused}不被接受",
        Cause.EXCLUDED: "有单位提供{kind}，但双方之一排除了对方",
        Cause.LOT_TOO_LARGE: "「{part}」的资源有最小批量，凑不成所需数量",
        Cause.TOO_LITTLE: "合适的{kind}全部加起来也不够",
        Cause.SUPPLIER_LIMIT: "数量够，但要用到的供方超过上限 {limit} 家",
        Cause.GIVEN_TO_OTHERS: "合适的{kind}已用于总权重更高的安排：{rivals}",
        Cause.NOT_FOUND: "运算时间内未找到安排办法",
    },
    "en": {
        Cause.NOBODY: "nobody offers {kind}",
        Cause.OWN_ONLY: "only the asking organisation itself offers {kind}",
        Cause.OTHER_UNIT: "offers of {kind} exist, but none is measured in “{unit}”",
        Cause.OTHER_TAGS: "offers of {kind} exist, but none is tagged {tags}",
        Cause.OTHER_TIME: "offers of {kind} exist, but none is free {time}",
        Cause.TOO_FAR: "offers of {kind} exist, but all are farther than {km} km",
        Cause.CONDITION_REFUSED: "offers of {kind} exist, but they come with the refused condition {refused}",
        Cause.EXCLUDED: "offers of {kind} exist, but one side rules the other out",
        Cause.LOT_TOO_LARGE: "offers for “{part}” have smallest lots that do not add up",
        Cause.TOO_LITTLE: "all offers of {kind} that fit are not enough together",
        Cause.SUPPLIER_LIMIT: "there is enough, but from more than {limit} organisation(s)",
        Cause.GIVEN_TO_OTHERS: "offers of {kind} that fit serve an arrangement of higher weight: {rivals}",
        Cause.NOT_FOUND: "the run ended before an arrangement was found",
    },
}
_NEAREST: dict[str, dict[Rule, str]] = {
    "zh": {
        Rule.TIME: "最接近的是「{offer}」，只差时间",
        Rule.DISTANCE: "最接近的是「{offer}」，只是超出距离",
        Rule.CONDITION: "最接近的是「{offer}」，只差接受其条件",
        Rule.TAGS: "最接近的是「{offer}」，只差标签",
        Rule.UNIT: "最接近的是「{offer}」，只差计量单位",
        Rule.EXCLUDED: "最接近的是「{offer}」，只是该单位不向本单位提供",
        Rule.RULED_OUT: "最接近的是「{offer}」，只是需求方排除了该单位",
    },
    "en": {
        Rule.TIME: "the nearest is “{offer}”, only its time differs",
        Rule.DISTANCE: "the nearest is “{offer}”, only too far away",
        Rule.CONDITION: "the nearest is “{offer}”, only its condition is refused",
        Rule.TAGS: "the nearest is “{offer}”, only its tags differ",
        Rule.UNIT: "the nearest is “{offer}”, only its unit differs",
        Rule.EXCLUDED: "the nearest is “{offer}”, only it does not serve this organisation",
        Rule.RULED_OUT: "the nearest is “{offer}”, only the need rules its organisation out",
    },
}
