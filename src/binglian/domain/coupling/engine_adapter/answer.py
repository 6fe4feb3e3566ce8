"""Turns the engine's answers into matches and into words, judged before anybody sees them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django.utils.translation import get_language

from binglian.domain.coupling.models import CouplingRun
from binglian.engine.coupling.candidates.finding import Rule, why_not
from binglian.engine.coupling.certificate.proof import upper_bound
from binglian.engine.coupling.effect.figures import leverage, reuse_factor
from binglian.engine.coupling.explaining import explain
from binglian.engine.coupling.explaining.wording import Language
from binglian.engine.coupling.judge.aims import shares_served
from binglian.engine.coupling.judge.broken_rule import BrokenRule, Code
from binglian.engine.coupling.judge.feasibility import broken_rules, objective_of
from binglian.engine.coupling.pairs import Supplies
from binglian.engine.coupling.result import CouplingResult, Prices, Progress, Status, Tiers
from binglian.engine.coupling.slots import slots_of_need, slots_of_offer
from binglian.engine.coupling.solve import solve_coupling

from .problem import Snapshot

LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Supply:
    """So much of one offer for one component at one time, in the lists' own units."""

    offer_id: int
    component_id: int
    quantity: Decimal
    slot: str = ""
    reasons: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A need left open; each text in Chinese and English."""

    need_id: int
    served_share: float
    reason: tuple[str, str]
    missing: tuple[str, str]
    would_help: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Figures:
    """How often an offer is used, and the weight served by the two leads and by all others."""

    reuse: float | None
    by_leads: float
    by_others: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found, in the domain's words."""

    status: str
    objective: float
    bound: float
    seconds: float
    supplies: tuple[Supply, ...]
    shortfalls: tuple[Shortfall, ...]
    met_count: int
    offer_count: int
    need_count: int
    figures: Figures
    #: The engine's own answer, for what is worked out after it.
    result: CouplingResult


def run_engine(
    snapshot: Snapshot,
    *,
    seconds: float,
    seed: int,
    progress: Callable[[Progress], None],
    should_stop: Callable[[], bool],
) -> Outcome:
    """Solve; as ``outcome_of``."""
    result = solve_coupling(
        snapshot.problem, seconds=seconds, seed=seed, progress=progress, should_stop=should_stop
    )
    return outcome_of(snapshot, result)


def outcome_of(snapshot: Snapshot, result: CouplingResult) -> Outcome:
    """Have the independent judge look at an answer to the lists, and put it into words.

    Raises ``RuntimeError`` when the judge finds a broken rule: such an answer is never stored.
    """
    refuse_broken(broken_rules(snapshot.problem, result.supplies))
    return Outcome(
        status=result.status.value,
        objective=result.objective,
        bound=result.bound,
        seconds=result.seconds,
        supplies=_supplies(snapshot, result),
        shortfalls=(*_shortfalls(snapshot, result), *_lapsed(snapshot)),
        met_count=_met_count(snapshot, result.supplies),
        offer_count=len(snapshot.offers),
        need_count=len(snapshot.needs) + len(snapshot.lapsed),
        figures=_figures(snapshot, result.supplies),
        result=result,
    )


def refuse_broken(broken: list[BrokenRule]) -> None:
    """Raise ``RuntimeError`` with the first rules that an answer of the engine breaks."""
    if broken:
        raise RuntimeError("The judge refused the answer: " + " ".join(map(str, broken[:3])))


def rules_in_words(snapshot: Snapshot, broken: Iterable[BrokenRule]) -> str:
    """Say in the reader's language which rules are broken."""
    language: Language = "en" if (get_language() or "").startswith("en") else "zh"
    return " ".join(rule.in_words(snapshot.problem, language) for rule in broken)


@dataclass(frozen=True, slots=True)
class Review:
    """What the judge says of supplies put together by hand."""

    broken: tuple[BrokenRule, ...]
    objective: float
    #: Holds for the lists as they stand now; loose, for nothing was solved.
    bound: float
    met_count: int
    shortfalls: tuple[Shortfall, ...]
    figures: Figures | None


def review(snapshot: Snapshot, supplies: Iterable[Supply]) -> Review:
    """Check hand-made supplies against every rule and say what they leave open.

    Nothing is solved. A supply between an offer and a component that cannot be paired is
    itself a broken rule.
    """
    problem = snapshot.problem
    rows, broken = put_in_rows(snapshot, supplies)
    broken += broken_rules(problem, rows)
    objective = float(objective_of(problem, rows))
    if broken:
        return Review(tuple(broken), objective, objective, 0, (), None)
    prices = Prices.none(problem)
    bound = upper_bound(problem, prices)
    answer = CouplingResult(
        status=Status.FEASIBLE,
        supplies=rows,
        objective=objective,
        bound=bound,
        price_bound=bound,
        gap=0.0,
        seconds=0.0,
        prices=prices,
        tiers=Tiers(objective, 0.0, 0.0),
    )
    return Review(
        (),
        objective,
        bound,
        _met_count(snapshot, rows),
        (*_shortfalls(snapshot, answer), *_lapsed(snapshot)),
        _figures(snapshot, rows),
    )


def put_in_rows(
    snapshot: Snapshot, supplies: Iterable[Supply]
) -> tuple[Supplies, list[BrokenRule]]:
    """Supplies as the engine's rows, and a broken rule for each that cannot be one."""
    sums: dict[tuple[int, str], int] = defaultdict(int)
    broken: list[BrokenRule] = []
    for supply in supplies:
        pair = snapshot.pair_index.get((supply.offer_id, supply.component_id))
        if pair is None:
            broken += _reasons_against(snapshot, supply.offer_id, supply.component_id)
        else:
            sums[pair, supply.slot] += snapshot.whole(supply.quantity)
    slot_of = {code: t for t, code in enumerate(snapshot.slot_codes)}
    free = _free_slots(snapshot, [pair for pair, slot in sums if slot not in slot_of])
    needs = snapshot.problem.pairs.need
    rows: dict[tuple[int, int], int] = defaultdict(int)
    for (pair, slot), quantity in sums.items():
        rows[pair, slot_of.get(slot, free.get(int(needs[pair]), 0))] += quantity
    return Supplies.of((p, t, quantity) for (p, t), quantity in rows.items()), broken


def _free_slots(snapshot: Snapshot, pairs: list[int]) -> dict[int, int]:
    """For each need whose supplies are not bound to a time, the first slot that suits them all."""
    problem = snapshot.problem
    suiting: dict[int, set[int]] = {}
    for p in pairs:
        pair = problem.pairs[p]
        if pair.need not in suiting:
            suiting[pair.need] = set(slots_of_need(problem.needs[pair.need], problem.slots))
        suiting[pair.need] &= set(slots_of_offer(problem.offers[pair.offer], problem.slots))
    return {need: min(slots) for need, slots in suiting.items() if slots}


def _reasons_against(snapshot: Snapshot, offer_id: int, component_id: int) -> list[BrokenRule]:
    """Why this offer cannot serve this component, or that one of them is gone."""
    offer = snapshot.offer_index.get(offer_id)
    place = snapshot.place_of.get(component_id)
    if offer is None or place is None:
        return [BrokenRule(Code.GONE)]
    problem = snapshot.problem
    giving, need = problem.offers[offer], problem.needs[place[0]]
    rules = why_not(giving, need, need.components[place[1]]) or [Rule.TIME]
    return [BrokenRule(rule, offer=giving.ref, need=need.ref) for rule in rules]


def _supplies(snapshot: Snapshot, result: CouplingResult) -> tuple[Supply, ...]:
    problem = snapshot.problem
    pairs = list(dict.fromkeys(result.supplies.pair.tolist()))
    zh, en = (explain.reasons_for_matches(problem, result, pairs, name) for name in LANGUAGES)
    reasons = {p: (zh[i][:600], en[i][:600]) for i, p in enumerate(pairs)}
    timed = _needs_with_a_time(snapshot, result.supplies)
    found = []
    for p, t, quantity in result.supplies:
        pair = problem.pairs[p]
        found.append(
            Supply(
                offer_id=snapshot.offers[pair.offer].pk,
                component_id=snapshot.component_at(pair).pk,
                quantity=snapshot.amount(quantity),
                slot=snapshot.slot_codes[t] if pair.need in timed else "",
                reasons=reasons[p],
            )
        )
    return tuple(found)


def _needs_with_a_time(snapshot: Snapshot, supplies: Supplies) -> set[int]:
    """Needs whose slot matters: they recur, or get something that is there anew each time."""
    pairs = snapshot.problem.pairs
    ends = zip(pairs.need[supplies.pair].tolist(), pairs.offer[supplies.pair].tolist(), strict=True)
    return {n for n, o in ends if snapshot.needs[n].times > 1 or snapshot.offers[o].renews}


def _lapsed(snapshot: Snapshot) -> Iterator[Shortfall]:
    for need in snapshot.lapsed:
        yield Shortfall(
            need_id=need.pk,
            served_share=0.0,
            reason=("期限已过。", "Its time has passed."),
            missing=("", ""),
            would_help=(
                "如仍需要，请修改期限；否则请撤回。",
                "If it is still wanted, change its time; otherwise withdraw it.",
            ),
        )


def _shortfalls(snapshot: Snapshot, result: CouplingResult) -> tuple[Shortfall, ...]:
    return tuple(
        Shortfall(
            need_id=snapshot.needs[unmet.need].pk,
            served_share=float(unmet.served_share),
            reason=_texts(partial(explain.sentence, unmet)),
            missing=_texts(partial(explain.missing_sentence, unmet)),
            would_help=_texts(partial(explain.would_help, unmet)),
        )
        for unmet in explain.unmet_needs(snapshot.problem, result)
    )


def _met_count(snapshot: Snapshot, supplies: Supplies) -> int:
    return int((shares_served(snapshot.problem, supplies) == 1).sum())


def _figures(snapshot: Snapshot, supplies: Supplies) -> Figures:
    leads = {snapshot.alliance.lead_a.name, snapshot.alliance.lead_b.name}
    carried = leverage(snapshot.problem, supplies, leads)
    reuse = reuse_factor(snapshot.problem, supplies)
    return Figures(reuse, carried.by_cores, carried.by_others)


def _texts(sentence: Callable[[str], str]) -> tuple[str, str]:
    zh, en = (sentence(language)[:600] for language in LANGUAGES)
    return zh, en


def matches_of_run(run: CouplingRun) -> list[Supply]:
    """What the run proposes now, by hand or not."""
    return [
        Supply(m.offer_id, m.component_id, m.quantity, m.slot) for m in run.matches.order_by("pk")
    ]
