"""Reasons in plain words, in Chinese ("zh") and English ("en"), for matches and unmet needs."""

from binglian.engine.coupling.problem import Need, Offer, Window

from .diagnosis import BestOffer, Unmet, unmet_needs
from .obstacles import Cause
from .phrases import BUNDLE, COMPUTE_ON, EARLIER, HELP, NEAREST, PRICE, WHY
from .reasons import reason_for_match, reasons_for_matches
from .wording import (
    Language,
    amount,
    kind_in_words,
    one_sentence,
    part_in_words,
    points,
    points_in_words,
    quoted,
    slots_in_words,
    some_of,
    unit_in_words,
    window_in_words,
    windows_in_words,
)

__all__ = [
    "BestOffer",
    "Cause",
    "Unmet",
    "missing_sentence",
    "price_in_words",
    "reason_for_match",
    "reasons_for_matches",
    "sentence",
    "unmet_needs",
    "would_help",
]

#: Causes under which a need competes with others, so that its price says something.
_CONTESTED = (Cause.GIVEN_TO_OTHERS, Cause.BUDGET, Cause.EFFORT_LIMIT, Cause.NOT_FOUND)


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
        unit=unit_in_words(component.unit, language, several=True),
        limit=need.max_suppliers,
        part_limit=component.max_suppliers,
        rivals=some_of(rivals, language) if rivals else EARLIER[language],
        slot=slots_in_words(problem.slots[unmet.slot :][:1], language),
        times=_times(need, language),
        tired=some_of(unmet.tired, language),
        budget=quoted([need.budget or ""], language),
        money_asked=unmet.money[0] if unmet.money else 0,
        money_left=unmet.money[1] if unmet.money else 0,
        cost=points(unmet.cost or 0),
        worth=points(unmet.worth),
    )
    clauses = []
    if unmet.code is Cause.BUNDLE_BLOCKED:
        clauses.append(BUNDLE[language].format(part=part_in_words(component, language)))
    clauses.append(why)
    if unmet.nearest:
        offer, rule = unmet.nearest
        name = _offer_name(problem.offers[offer])
        clauses.append(NEAREST[language][rule].format(offer=name))
    if unmet.cause in _CONTESTED:
        clauses.append(price_in_words(unmet, language))
    return one_sentence(clauses, language)


def price_in_words(unmet: Unmet, language: Language) -> str:
    """Return what serving the need would cost the others, an estimate; "" if next to nothing."""
    if unmet.cost is None or unmet.cost < 0.05:
        return ""
    is_dear = unmet.cost >= unmet.worth * (1.05 if unmet.is_proven else 1)
    dear = "dear" if is_dear else "proven" if unmet.is_proven else "open"
    form = PRICE[language][f"{'rest' if unmet.served_share else 'whole'} {dear}"]
    cost = points(unmet.cost) if language == "zh" else points_in_words(unmet.cost, language)
    return form.format(cost=cost, worth=points(unmet.worth))


def missing_sentence(unmet: Unmet, language: Language) -> str:
    """Return what is short, such as 「还缺：投影仪 2 台。」; "" if nothing is short."""
    problem, need = unmet.problem, unmet.problem.needs[unmet.need]
    parts = []
    for c, quantity in unmet.missing:
        component = need.components[c]
        short = amount(problem, quantity, component.unit, language)
        parts.append(f"{part_in_words(component, language)} {short}")
    if not parts:
        return ""
    if need.all_or_nothing and need.times > 1:
        times = unmet.times_short
        if language == "zh":
            return f"还缺 {times} 次，每次：{'、'.join(parts)}。"
        return f"Missing {times} time{'s' if times > 1 else ''}: {', '.join(parts)} each time."
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


def _offer_name(offer: Offer) -> str:
    return f"{offer.organisation} {offer.title}".strip()


def _need_name(need: Need) -> str:
    return f"{need.organisation} {need.title}".strip()


def _needed_time(need: Need, language: Language) -> str:
    until = Window(last_day=need.deadline)
    words = windows_in_words(need.windows or (until,), language)
    return words or ("所需时间" if language == "zh" else "at the time asked")


def _times(need: Need, language: Language) -> str:
    if language == "zh":
        return f"{'连续' if need.consecutive else ''} {need.times} 次"
    times = f"{need.times} time{'s' if need.times > 1 else ''}"
    return f"{times} in a row" if need.consecutive else times


def _wish(unmet: Unmet, best: BestOffer, language: Language) -> str:
    problem, need = unmet.problem, unmet.problem.needs[unmet.need]
    component, zh = need.components[best.component], language == "zh"
    quantity = amount(problem, best.quantity, component.unit, language)
    kind = part_in_words(component, language)
    time = windows_in_words(need.windows, language)
    if best.slots:
        time = slots_in_words([problem.slots[t] for t in best.slots], language)
    deadline = window_in_words(Window(last_day=need.deadline), language)
    tags = quoted(sorted(component.tags), language)
    if zh:
        limits = [f"{time}可用"] if time else []
        limits += [f"{deadline}可用"] if deadline and not time else []
        limits += [f"{need.within_km:g} 公里内"] if need.within_km is not None else []
        limits += [f"标签含{tags}{'之一' if len(component.tags) > 1 else ''}"] if tags else []
        limits += ["不收费"] if unmet.cause is Cause.BUDGET else []
        limits += ["由其他单位提供"] if unmet.cause is Cause.EFFORT_LIMIT else []
        quantity += f"（{best.times} 次）" if best.times > 1 else ""
        limits.append(f"由一家单位提供、至少 {quantity}" if best.alone else f"至少 {quantity}")
        gap = "" if component.unit or best.times > 1 else " "
        return f"{'、'.join(limits)}{gap}的{kind}"
    limits = [f"at least {quantity} of {kind}"]
    limits += ["from one organisation"] if best.alone else []
    limits += [f"tagged {tags}"] if tags else []
    limits += [f"within {need.within_km:g} km"] if need.within_km is not None else []
    limits += [f"free {time or deadline}"] if time or deadline else []
    limits += [f"{best.times} times"] if best.times > 1 else []
    limits += ["at no charge"] if unmet.cause is Cause.BUDGET else []
    limits += ["of another organisation"] if unmet.cause is Cause.EFFORT_LIMIT else []
    return " ".join(limits)
