"""Solving, the judge's word on the answer, and the answer in words."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from binglian.engine.coupling.explaining import explain
from binglian.engine.coupling.explaining.wording import Language, part_in_words, slots_in_words
from binglian.engine.coupling.form import write_prices, write_result
from binglian.engine.coupling.judge.aims import shares_served
from binglian.engine.coupling.judge.feasibility import broken_rules
from binglian.engine.coupling.pairs import Supplies
from binglian.engine.coupling.problem import CouplingProblem, weight_of
from binglian.engine.coupling.result import CouplingResult, Prices
from binglian.engine.coupling.solve import solve_coupling

from .asked import Asked

#: A problem in JSON form with more rows gets reasons only for a sample: finding out why a need
#: went unmet takes milliseconds for each. A list somebody keeps by hand gets all of them.
ALL_REASONED = 2_000
SAMPLE = 100


@dataclass(frozen=True, slots=True)
class MatchFound:
    """So much of an offer for one component, all times together; ``when`` it is given."""

    offer_row: int
    need_row: int
    offer_ref: str
    need_ref: str
    offer: str
    giver: str
    need: str
    receiver: str
    component: str
    quantity: float
    unit: str
    when: str
    reason: str


@dataclass(frozen=True, slots=True)
class NeedUnmet:
    """A need left wholly or partly open; ``served`` is the share it gets, 0 to 1."""

    need_row: int
    need_ref: str
    need: str
    receiver: str
    served: float
    reason: str
    missing: str
    would_help: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What ``binglian couple`` found; of a large answer ``matches`` and ``unmet`` are a sample."""

    asked: Asked
    result: CouplingResult
    seed: int
    match_count: int
    unmet_count: int
    matches: tuple[MatchFound, ...]
    unmet: tuple[NeedUnmet, ...]

    def as_json(self) -> dict[str, Any]:
        """The result in its JSON form, with the reasons; ``supplies`` is an iterator."""
        asked, result = self.asked, self.result
        return {
            **write_result(
                asked.problem,
                result,
                asked.measures,
                seed=self.seed,
                fingerprint=asked.fingerprint,
            ),
            "counts": {
                "supplies": len(result.supplies),
                "matches": self.match_count,
                "unmet": self.unmet_count,
            },
            "matches": [asdict(match) for match in self.matches],
            "unmet": [asdict(unmet) for unmet in self.unmet],
        }

    def prices_as_json(self) -> dict[str, Any]:
        """The prices in their JSON form."""
        asked = self.asked
        return write_prices(
            asked.problem, self.result, asked.measures, fingerprint=asked.fingerprint
        )


def solve(
    asked: Asked,
    *,
    seconds: float,
    seed: int,
    language: Language,
    threads: int = 2,
    reasons: int | None = None,
    warm_start: Supplies | None = None,
    warm_prices: Prices | None = None,
) -> Answer:
    """Solve within ``seconds``; ``reasons`` for so many matches and unmet needs, the weightiest.

    Raises ``RuntimeError`` when the independent judge finds a broken rule.
    """
    problem = asked.problem
    result = solve_coupling(
        problem,
        seconds=seconds,
        seed=seed,
        threads=threads,
        warm_start=warm_start,
        warm_prices=warm_prices,
        keep=warm_start is not None,
    )
    if broken := broken_rules(problem, result.supplies):
        said = " ".join(map(str, broken[:3]))
        raise RuntimeError(f"The judge refused the answer: {said}")
    if reasons is None and not asked.is_spreadsheet and _rows(problem) > ALL_REASONED:
        reasons = SAMPLE
    chosen = np.unique(result.supplies.pair).tolist()
    return Answer(
        asked=asked,
        result=result,
        seed=seed,
        match_count=len(chosen),
        unmet_count=int((shares_served(problem, result.supplies) < 1).sum()),
        matches=_matches(asked, result, _weightiest(problem, chosen, reasons), language),
        unmet=_unmet(asked, result, reasons, language),
    )


def _weightiest(problem: CouplingProblem, chosen: list[int], most: int | None) -> list[int]:
    if most is None or len(chosen) <= most:
        return chosen
    needs = problem.pairs.need[chosen].tolist()
    ranked = sorted(zip(chosen, needs, strict=True), key=lambda p: -weight_of(problem.needs[p[1]]))
    return [p for p, _ in ranked[:most]]


def _matches(
    asked: Asked, result: CouplingResult, chosen: Sequence[int], language: Language
) -> tuple[MatchFound, ...]:
    problem = asked.problem
    reasons = explain.reasons_for_matches(problem, result, chosen, language)
    taken = _taken(problem, result.supplies, chosen)
    found = []
    for p, reason in zip(chosen, reasons, strict=True):
        pair = problem.pairs[p]
        offer, need = problem.offers[pair.offer], problem.needs[pair.need]
        component = need.components[pair.component]
        slots, quantity = taken[p]
        found.append(
            MatchFound(
                offer_row=asked.offer_rows[pair.offer],
                need_row=asked.component_row(pair.need, pair.component),
                offer_ref=offer.ref,
                need_ref=need.ref,
                offer=offer.title or offer.ref,
                giver=offer.organisation,
                need=need.title or need.ref,
                receiver=need.organisation,
                component=part_in_words(component, language),
                quantity=_number(problem, quantity),
                unit=component.unit or offer.unit,
                when=slots_in_words([problem.slots[t] for t in slots], language) if slots else "",
                reason=reason,
            )
        )
    return tuple(sorted(found, key=lambda match: (match.need_row, match.offer_row)))


def _taken(
    problem: CouplingProblem, supplies: Supplies, chosen: Sequence[int]
) -> dict[int, tuple[list[int], int]]:
    """Slots (none if the problem has none) and total quantity of each chosen pair."""
    taken: dict[int, tuple[list[int], int]] = {p: ([], 0) for p in chosen}
    for p, slot, quantity in supplies:
        if p in taken:
            slots, total = taken[p]
            taken[p] = ([*slots, slot] if problem.slots else slots, total + quantity)
    return taken


def _unmet(
    asked: Asked, result: CouplingResult, most: int | None, language: Language
) -> tuple[NeedUnmet, ...]:
    problem = asked.problem
    found = []
    for unmet in explain.unmet_needs(problem, result, most=most):
        need = problem.needs[unmet.need]
        row = NeedUnmet(
            need_row=asked.need_rows[unmet.need],
            need_ref=need.ref,
            need=need.title or need.ref,
            receiver=need.organisation,
            served=round(float(unmet.served_share), 4),
            reason=explain.sentence(unmet, language),
            missing=explain.missing_sentence(unmet, language),
            would_help=explain.would_help(unmet, language),
        )
        found.append(row)
    return tuple(found)


def _rows(problem: CouplingProblem) -> int:
    return len(problem.offers) + len(problem.needs)


def _number(problem: CouplingProblem, quantity: int) -> float:
    return quantity // problem.scale if quantity % problem.scale == 0 else quantity / problem.scale
