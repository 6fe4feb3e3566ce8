"""Reasons in plain words, in Chinese ("zh") and English ("en"), for matches and unmet needs."""

from collections.abc import Iterable

from .candidates import distance_km
from .diagnosis import BestOffer, Cause, Unmet, unmet_needs
from .openings import room_in
from .phrases import BUNDLE, COMPUTE_ON, EARLIER, HELP, NEAREST, WHY
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
    wording = WHY[language][unmet.cause]
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
        rivals=some_of(rivals, language) if rivals else EARLIER[language],
    )
    clauses = []
    if unmet.code is Cause.BUNDLE_BLOCKED:
        clauses.append(BUNDLE[language].format(part=part_in_words(component, language)))
    clauses.append(why)
    if unmet.nearest:
        offer, rule = unmet.nearest
        name = _offer_name(problem.offers[offer])
        clauses.append(NEAREST[language][rule].format(offer=name))
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
        return COMPUTE_ON[language]
    wish = _wish(unmet, best, language)
    others = [c for c, _ in unmet.missing if c != best.component]
    form = HELP[language]["first" if others else "enough"]
    return form.format(wish=wish)


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


def _facts(problem: CouplingProblem, p: int, language: Language) -> str:
    pair, zh = problem.pairs[p], language == "zh"
    offer, need = problem.offers[pair.offer], problem.needs[pair.need]
    facts = []
    if tags := sorted(offer.tags & need.components[pair.component].tags):
        words = quoted(tags, language)
        facts.append(f"标签{words}吻合" if zh else f"tags {words} agree")
    distance = distance_km(offer, need)
    if distance is not None:
        facts.append(_apart(distance, zh))
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
    if zh:
        limits = [f"{time}可用"] if time else []
        limits += [f"{deadline}可用"] if deadline and not time else []
        limits += [f"{need.within_km:g} 公里内"] if need.within_km is not None else []
        limits += [f"标签含{tags}{'之一' if len(component.tags) > 1 else ''}"] if tags else []
        limits.append(f"由一家单位提供、至少 {quantity}" if best.alone else f"至少 {quantity}")
        gap = "" if component.unit else " "
        return f"{'、'.join(limits)}{gap}的{kind}"
    limits = [f"at least {quantity} of {kind}"]
    limits += ["from one organisation"] if best.alone else []
    limits += [f"tagged {tags}"] if tags else []
    limits += [f"within {need.within_km:g} km"] if need.within_km is not None else []
    limits += [f"free {time or deadline}"] if time or deadline else []
    return " ".join(limits)
