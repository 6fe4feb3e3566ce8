"""Turns the engine's answers into matches and into words, judged before anybody sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from binglian.engine.coupling import explain
from binglian.engine.coupling.feasibility import (
    broken_rules,
    objective_of,
    share_served,
    upper_bound,
)
from binglian.engine.coupling.result import CouplingResult, Progress, Status, Tiers
from binglian.engine.coupling.solve import solve_coupling

from .problem import Snapshot, reasons_against

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Supply:
    """So much of one offer for one component, in the lists' own units."""

    offer_id: int
    component_id: int
    quantity: Decimal
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
class Outcome:
    """What a run found, in the domain's words."""

    status: str
    objective: float
    bound: float
    seconds: float
    supplies: tuple[Supply, ...]
    shortfalls: tuple[Shortfall, ...]
    met_count: int


def run_engine(
    snapshot: Snapshot,
    *,
    seconds: float,
    seed: int,
    progress: Callable[[Progress], None],
    should_stop: Callable[[], bool],
) -> Outcome:
    """Solve, have the independent judge look at the answer, and put it into words.

    Raises ``RuntimeError`` when the judge finds a broken rule: such an answer is never stored.
    """
    problem = snapshot.problem
    result = solve_coupling(
        problem, seconds=seconds, seed=seed, progress=progress, should_stop=should_stop
    )
    broken = broken_rules(problem, result.quantities)
    if broken:
        raise RuntimeError("The judge refused the answer: " + " ".join(broken[:3]))
    supplies = tuple(
        Supply(
            offer_id=snapshot.offers[pair.offer].pk,
            component_id=snapshot.component_at(pair).pk,
            quantity=snapshot.amount(quantity),
            reasons=_texts(partial(explain.reason_for_match, problem, result, p)),
        )
        for p, (pair, quantity) in enumerate(zip(problem.pairs, result.quantities, strict=True))
        if quantity
    )
    return Outcome(
        status=result.status.value,
        objective=result.objective,
        bound=result.bound,
        seconds=result.seconds,
        supplies=supplies,
        shortfalls=(*_shortfalls(snapshot, result), *_lapsed(snapshot)),
        met_count=_met_count(snapshot, result.quantities),
    )


@dataclass(frozen=True, slots=True)
class Review:
    """What the judge says of supplies put together by hand."""

    broken: tuple[str, ...]
    objective: float
    #: Holds for the lists as they stand now; loose, for nothing was solved.
    bound: float
    met_count: int
    shortfalls: tuple[Shortfall, ...]


def review(snapshot: Snapshot, supplies: Iterable[Supply]) -> Review:
    """Check hand-made supplies against every rule and say what they leave open.

    Nothing is solved. A supply between an offer and a component that cannot be paired is
    itself a broken rule.
    """
    problem = snapshot.problem
    quantities = [0] * len(problem.pairs)
    broken = []
    for supply in supplies:
        pair = snapshot.pair_index.get((supply.offer_id, supply.component_id))
        if pair is None:
            broken += reasons_against(snapshot, supply.offer_id, supply.component_id)
        else:
            quantities[pair] += snapshot.whole(supply.quantity)
    broken += broken_rules(problem, quantities)
    objective = float(objective_of(problem, quantities))
    if broken:
        return Review(tuple(broken), objective, objective, 0, ())
    answer = CouplingResult(
        status=Status.FEASIBLE,
        quantities=tuple(quantities),
        objective=objective,
        bound=objective,
        gap=0.0,
        seconds=0.0,
        prices=(0.0,) * len(problem.offers),
        tiers=Tiers(objective, 0.0, 0.0),
    )
    shortfalls = (*_shortfalls(snapshot, answer), *_lapsed(snapshot))
    bound = upper_bound(problem, answer.prices)
    return Review((), objective, bound, _met_count(snapshot, quantities), shortfalls)


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


def _met_count(snapshot: Snapshot, quantities: Sequence[int]) -> int:
    needs = range(len(snapshot.needs))
    return sum(share_served(snapshot.problem, quantities, n) == 1 for n in needs)


def _texts(sentence: Callable[[str], str]) -> tuple[str, str]:
    zh, en = (sentence(language)[:600] for language in LANGUAGES)
    return zh, en
