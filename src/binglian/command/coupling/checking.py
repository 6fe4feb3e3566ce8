"""Whether an answer keeps every rule and its bound holds, without asking the solver."""

from dataclasses import dataclass, field

from binglian.command.words import gettext as _
from binglian.engine.coupling.certificate.proof import upper_bound
from binglian.engine.coupling.explaining.wording import Language
from binglian.engine.coupling.form import ResultRead
from binglian.engine.coupling.judge.feasibility import broken_rules, objective_of
from binglian.engine.coupling.result import Prices

from .asked import Asked

#: Prices pass through decimal text; a claim agrees within this share of its size.
TOLERANCE = 1e-9
MOST_SHOWN = 20


@dataclass
class Verdict:
    """What agrees, what is wrong, and what else should be known, in sentences."""

    agrees: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def check(asked: Asked, claimed: ResultRead, prices: Prices | None, language: Language) -> Verdict:
    """Judge every rule, work out the objective anew, and the bound from the prices."""
    verdict = Verdict()
    if claimed.problem is not None and claimed.problem != asked.fingerprint:
        verdict.notes.append(_("结果是用另一个文件（或改动前的文件）求出的；以下按本文件核对。"))
    _check_rules(verdict, asked, claimed, language)
    if verdict.wrong:
        return verdict
    objective = _check_objective(verdict, asked, claimed)
    if claimed.bound is not None:
        _check_order(verdict, objective, claimed.bound)
    if prices is None:
        verdict.notes.append(_("结果中没有价格，也没有给出价格文件（--prices），上界未重新计算。"))
    else:
        _check_bound(verdict, claimed, upper_bound(asked.problem, prices))
    return verdict


def _check_rules(verdict: Verdict, asked: Asked, claimed: ResultRead, language: Language) -> None:
    broken = [
        _("%(row)s：这一对不在候选之中。") % {"row": row} for row in claimed.strangers[:MOST_SHOWN]
    ]
    rules = broken_rules(asked.problem, claimed.supplies)
    broken += [
        rule.in_words(
            asked.problem, language, money=asked.measures.money, effort=asked.measures.effort
        )
        for rule in rules[:MOST_SHOWN]
    ]
    count = len(claimed.strangers) + len(rules)
    if not count:
        facts = {"count": f"{len(claimed.supplies):,}"}
        verdict.agrees.append(_("%(count)s 条供给遵守全部规则。") % facts)
        return
    verdict.wrong += broken[:MOST_SHOWN]
    if count > MOST_SHOWN:
        verdict.wrong.append(_("另有 %(count)s 处。") % {"count": f"{count - MOST_SHOWN:,}"})


def _check_objective(verdict: Verdict, asked: Asked, claimed: ResultRead) -> float:
    objective = float(objective_of(asked.problem, claimed.supplies))
    facts = {"ours": _figure(objective), "theirs": _figure(claimed.objective)}
    if claimed.objective is None:
        verdict.notes.append(_("目标值为 %(ours)s；结果未写明。") % facts)
    elif _agree(objective, claimed.objective):
        verdict.agrees.append(_("目标值 %(ours)s，与结果一致。") % facts)
    else:
        verdict.wrong.append(_("目标值应为 %(ours)s，结果写的是 %(theirs)s。") % facts)
    return objective


def _check_order(verdict: Verdict, objective: float, bound: float) -> None:
    if objective > bound and not _agree(objective, bound):
        facts = {"objective": _figure(objective), "bound": _figure(bound)}
        verdict.wrong.append(_("目标值 %(objective)s 超过所称上界 %(bound)s。") % facts)


def _check_bound(verdict: Verdict, claimed: ResultRead, proven: float) -> None:
    facts = {
        "proven": _figure(proven),
        "price_bound": _figure(claimed.price_bound),
        "bound": _figure(claimed.bound),
    }
    if claimed.price_bound is not None and not _agree(proven, claimed.price_bound):
        if proven > claimed.price_bound:
            verdict.wrong.append(
                _("这些价格只证明上界 %(proven)s，结果所称的 %(price_bound)s 不成立。") % facts
            )
            return
        verdict.notes.append(
            _("这些价格证明的上界 %(proven)s 比结果所称的 %(price_bound)s 还低。") % facts
        )
    else:
        verdict.agrees.append(_("按价格重新计算，上界为 %(proven)s。") % facts)
    if claimed.bound is not None and claimed.bound < proven and not _agree(claimed.bound, proven):
        verdict.notes.append(
            _(
                "结果所称上界 %(bound)s 低于价格证明的 %(proven)s："
                "相差的部分来自求解器的分支定界，此处没有复核。"
            )
            % facts
        )


def _agree(one: float, other: float) -> bool:
    return abs(one - other) <= TOLERANCE * max(1.0, abs(one), abs(other))


def _figure(value: float | None) -> str:
    return "—" if value is None else f"{value:,.6f}".rstrip("0").rstrip(".")
