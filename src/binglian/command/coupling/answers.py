"""Solving, the judge's word on the answer, and the answer in words."""

from dataclasses import asdict, dataclass
from typing import Any

from binglian.engine.coupling import explain
from binglian.engine.coupling.feasibility import broken_rules
from binglian.engine.coupling.problem import CouplingProblem
from binglian.engine.coupling.result import CouplingResult
from binglian.engine.coupling.solve import solve_coupling
from binglian.engine.coupling.wording import Language, part_in_words

from .lists import Lists


@dataclass(frozen=True, slots=True)
class MatchFound:
    """So much of an offer for one component; rows are those of the spreadsheet."""

    offer_row: int
    need_row: int
    offer: str
    giver: str
    need: str
    receiver: str
    component: str
    quantity: float
    unit: str
    reason: str


@dataclass(frozen=True, slots=True)
class NeedUnmet:
    """A need left wholly or partly open; ``served`` is the share it gets, 0 to 1."""

    need_row: int
    need: str
    receiver: str
    served: float
    reason: str
    missing: str
    would_help: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What ``binglian couple`` found; ``gap`` is (bound − objective) / bound."""

    status: str
    objective: float
    bound: float
    gap: float
    seconds: float
    need_count: int
    matches: tuple[MatchFound, ...]
    unmet: tuple[NeedUnmet, ...]

    def as_json(self) -> dict[str, Any]:
        """``status, objective, bound, gap, seconds, matches[], unmet[]``."""
        content = asdict(self)
        del content["need_count"]
        return content


def solve(lists: Lists, *, seconds: float, seed: int, language: Language) -> Answer:
    """Solve within ``seconds``; reasons in ``language`` (``zh`` or ``en``).

    Raises ``RuntimeError`` when the independent judge finds a broken rule.
    """
    problem = lists.problem
    result = solve_coupling(problem, seconds=seconds, seed=seed)
    broken = broken_rules(problem, result.quantities)
    if broken:
        raise RuntimeError("The judge refused the answer: " + " ".join(broken[:3]))
    return Answer(
        status=result.status.value,
        objective=result.objective,
        bound=result.bound,
        gap=result.gap,
        seconds=round(result.seconds, 3),
        need_count=len(lists.needs),
        matches=_matches(lists, result, language),
        unmet=_unmet(lists, result, language),
    )


def _matches(lists: Lists, result: CouplingResult, language: Language) -> tuple[MatchFound, ...]:
    problem = lists.problem
    chosen = [p for p, quantity in enumerate(result.quantities) if quantity]
    reasons = explain.reasons_for_matches(problem, result, chosen, language)
    found = []
    for p, reason in zip(chosen, reasons, strict=True):
        pair = problem.pairs[p]
        offer, need = lists.offers[pair.offer], lists.needs[pair.need]
        component = need.components[pair.component]
        found.append(
            MatchFound(
                offer_row=offer.row,
                need_row=component.row,
                offer=offer.title,
                giver=offer.organisation,
                need=need.title,
                receiver=need.organisation,
                component=part_in_words(
                    problem.needs[pair.need].components[pair.component], language
                ),
                quantity=_number(problem, result.quantities[p]),
                unit=component.unit or offer.unit,
                reason=reason,
            )
        )
    return tuple(sorted(found, key=lambda match: (match.need_row, match.offer_row)))


def _unmet(lists: Lists, result: CouplingResult, language: Language) -> tuple[NeedUnmet, ...]:
    return tuple(
        NeedUnmet(
            need_row=lists.needs[unmet.need].row,
            need=lists.needs[unmet.need].title,
            receiver=lists.needs[unmet.need].organisation,
            served=round(float(unmet.served_share), 4),
            reason=explain.sentence(unmet, language),
            missing=explain.missing_sentence(unmet, language),
            would_help=explain.would_help(unmet, language),
        )
        for unmet in explain.unmet_needs(lists.problem, result)
    )


def _number(problem: CouplingProblem, quantity: int) -> float:
    return quantity // problem.scale if quantity % problem.scale == 0 else quantity / problem.scale
