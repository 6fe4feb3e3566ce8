"""What a hand edit costs the alliance: at once by prices, or for certain by solving again."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from binglian.engine.coupling.judge.feasibility import (
    BrokenRule,
    broken_rules,
    objective_of,
    shares_served,
)
from binglian.engine.coupling.pairs import Floats, Supplies
from binglian.engine.coupling.problem import CouplingProblem, Kept, weight_of
from binglian.engine.coupling.result import CouplingResult
from binglian.engine.coupling.what_if import Solve

from .fill import cost_by_slot, fill
from .leftover import Leftover
from .trial import Terms
from .wording import Language, points_in_words, some_of

Row = tuple[int, int, int]  # pair, slot, quantity
#: Differences below this are no difference, in points.
_NOTHING = 1e-6


@dataclass(frozen=True, eq=False)
class EditCost:
    """What an edit changes; objectives in points of the first aim, by the judge.

    ``as_edited``: nothing else is touched. ``rearranged``: the best found with the edited lines
    held, ``supplies`` its answer; None if no sound one was found. ``broken``: rules that the
    edit breaks as it stands. ``lost`` and ``gained``: needs that get less or more than before as
    edited; ``lost_after`` and ``gained_after``: once the rest is re-arranged.
    """

    before: float
    as_edited: float
    rearranged: float | None
    supplies: Supplies | None
    broken: tuple[BrokenRule, ...]
    lost: tuple[int, ...]
    gained: tuple[int, ...]
    lost_after: tuple[int, ...]
    gained_after: tuple[int, ...]

    @property
    def cost(self) -> float:
        """Points lost as edited."""
        return self.before - self.as_edited

    @property
    def least_cost(self) -> float | None:
        """Points lost once the rest is re-arranged."""
        return None if self.rearranged is None else self.before - self.rearranged


def cost_of_edit(
    problem: CouplingProblem, result: CouplingResult, edited: Supplies, *, solve: Solve
) -> EditCost:
    """Compare an answer with the same edited by hand.

    Lines that were added or changed are held as they are, lines that were taken out stay out;
    ``solve`` re-arranges the rest, starting from the lines nobody touched.
    """
    broken = tuple(broken_rules(problem, edited))
    before = float(objective_of(problem, result.supplies))
    as_edited = float(objective_of(problem, edited))
    answers = [] if broken else [(as_edited, edited)]
    fixed, free = _split(result.supplies, edited)
    found = solve(_held(problem, fixed), warm_start=Supplies.of(free)).supplies
    whole = Supplies.of([*((p, t, q) for p, t, q in fixed if q), *found])
    if not broken_rules(problem, whole):
        answers.append((float(objective_of(problem, whole)), whole))
    shares = shares_served(problem, result.supplies)
    lost, gained = _changed(shares, shares_served(problem, edited))
    if not answers:
        return EditCost(before, as_edited, None, None, broken, lost, gained, (), ())
    objective, best = max(answers, key=lambda answer: answer[0])
    after = _changed(shares, shares_served(problem, best))
    return EditCost(before, as_edited, objective, best, broken, lost, gained, *after)


def _split(was: Supplies, edited: Supplies) -> tuple[list[Row], list[Row]]:
    """Return the lines of pairs that the edit touched (0: taken out), and the others.

    A pair from which something was only taken out is closed: what is left of it is free to move.
    """
    old = {(p, t): quantity for p, t, quantity in was}
    new = {(p, t): quantity for p, t, quantity in edited}
    ends = sorted({*old, *new})
    touched = {p for p, t in ends if old.get((p, t)) != new.get((p, t))}
    raised = {p for p, t in ends if (p, t) in new and old.get((p, t)) != new[p, t]}
    lines = [(p, t, new.get((p, t), 0) if p in raised else 0) for p, t in ends if p in touched]
    return lines, [(p, t, quantity) for p, t, quantity in edited if p not in touched]


def _held(problem: CouplingProblem, fixed: list[Row]) -> CouplingProblem:
    """Return the problem with these lines kept, and nothing more through their pairs."""
    pairs = problem.pairs
    touched = np.array(sorted({p for p, _, _ in fixed}), dtype=np.int64)
    value, begun = pairs.value.copy(), pairs.fixed.copy()
    value[touched] = 0.0
    # Closed by a cost, not left out: a commitment takes its offer by the use of its pair.
    begun[touched] = -1.0 - sum(weight_of(need) for need in problem.needs)
    kept, spent = list(problem.kept), dict.fromkeys((b.ref for b in problem.budgets), 0)
    for p, t, quantity in fixed:
        if quantity:
            pair = pairs[p]
            kept.append(Kept(pair.offer, pair.need, pair.component, quantity, t))
            payer = problem.needs[pair.need].budget
            if payer is not None:
                spent[payer] += problem.offers[pair.offer].setup_price
    budgets = tuple(replace(b, amount=max(0, b.amount - spent[b.ref])) for b in problem.budgets)
    closed = replace(pairs, value=value, fixed=begun)
    return replace(problem, pairs=closed, kept=tuple(kept), budgets=budgets)


def _changed(before: Floats, after: Floats) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the needs served less, and those served more."""
    more = after - before
    lost, gained = np.flatnonzero(more < -_NOTHING), np.flatnonzero(more > _NOTHING)
    return tuple(lost.tolist()), tuple(gained.tolist())


@dataclass(frozen=True, slots=True)
class PairPrice:
    """An estimate: what using a pair would cost the alliance, in points; None: it cannot be."""

    pair: int
    cost: float | None


def price_of_pair(problem: CouplingProblem, result: CouplingResult, pair: int) -> PairPrice:
    """Estimate by the current prices, without solving, what it costs to use a pair by hand.

    It is what the pair's need alone would lose, at these prices, by having to use the pair.
    """
    n, left = problem.pairs[pair].need, Leftover(problem)
    need = problem.needs[n]
    plain = Terms(prices=result.prices, picky=True)
    through = replace(plain, through=pair)
    if not need.all_or_nothing:
        best, forced = fill(left, n, plain), fill(left, n, through)
        if all(choice.pair != pair for choice, *_ in forced.rows):
            return PairPrice(pair, None)
        loss = max(0.0, best.worth - best.cost) - (forced.worth - forced.cost)
        return PairPrice(pair, max(0.0, loss))
    by_slot, with_pair = cost_by_slot(left, n, plain), cost_by_slot(left, n, through)
    cheapest = sorted(by_slot, key=lambda t: (by_slot[t], t))[: need.times]
    if not with_pair or len(cheapest) < need.times:
        return PairPrice(pair, None)
    more = min(
        cost - by_slot[t if t in cheapest else cheapest[-1]] for t, cost in with_pair.items()
    )
    own = weight_of(need) - sum(by_slot[t] for t in cheapest)
    return PairPrice(pair, max(0.0, max(0.0, own) - (own - more)))


def edit_sentence(problem: CouplingProblem, cost: EditCost, language: Language) -> str:
    """Return what the edit costs, and whom, in a sentence or two."""
    zh = language == "zh"
    parts = [_change(cost.cost, language)]
    parts += _named(problem, cost.lost, "落空" if zh else "lose", language)
    parts += _named(problem, cost.gained, "得益" if zh else "gain", language)
    if cost.broken:
        count = len(cost.broken)
        parts.append(f"有 {count} 处不合规则" if zh else f"{count} rule{'s' * (count > 1)} broken")
    said = ("；" if zh else "; ").join(parts)
    least = cost.least_cost
    if least is None:
        rest = (
            "其余安排再怎么调整，也未找到合规则的办法"
            if zh
            else ("However the rest is re-arranged, no sound answer was found")
        )
    elif least > cost.cost - _NOTHING and not cost.broken:
        rest = ""
    else:
        change = _difference(least, language)
        rest = (
            f"其余安排随之调整后{change}"
            if zh
            else (f"Once the rest is re-arranged, the total is {change}")
        )
    if zh:
        return f"{said}。{rest}。" if rest else f"{said}。"
    return f"{said}. {rest}." if rest else f"{said}."


def pair_price_sentence(price: PairPrice, language: Language) -> str:
    """Return what using the pair would cost, said to be an estimate."""
    zh = language == "zh"
    if price.cost is None:
        return "这一配对凑不成该需求。" if zh else "The need cannot be met through this pair."
    if price.cost < 0.05:
        return (
            "估算：用这一配对几乎没有损失。" if zh else "Estimate: using it costs next to nothing."
        )
    lost = points_in_words(price.cost, language)
    if zh:
        return f"估算：用这一配对约使总分减少 {lost}。"
    return f"Estimate: using it would cost the alliance about {lost}."


def _change(cost: float, language: Language) -> str:
    difference = _difference(cost, language)
    return f"这样改，{difference}" if language == "zh" else f"This way the total is {difference}"


def _difference(cost: float, language: Language) -> str:
    zh = language == "zh"
    if abs(cost) <= _NOTHING:
        return "总分不变" if zh else "unchanged"
    lost = points_in_words(abs(cost), language)
    if zh:
        return f"总分{'减少' if cost > 0 else '增加'} {lost}"
    return f"{lost} {'lower' if cost > 0 else 'higher'}"


def _named(
    problem: CouplingProblem, needs: Iterable[int], verb: str, language: Language
) -> list[str]:
    rows = [problem.needs[n] for n in needs]
    names = [f"{need.organisation} {need.title}".strip() for need in rows]
    if not names:
        return []
    if language == "zh":
        return [f"{some_of(names, language)}{verb}"]
    return [f"{some_of(names, language)} {verb if len(names) > 1 else f'{verb}s'}"]
