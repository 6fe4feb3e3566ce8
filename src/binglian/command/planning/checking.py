"""Judging a plan again by the judge, who shares nothing with the solver."""

from dataclasses import dataclass

from binglian.command.words import gettext as _
from binglian.engine.planning.formats import PlanFile
from binglian.engine.planning.formats.form import PlanRead
from binglian.engine.planning.judge.feasibility import broken_rules, missed_deadlines
from binglian.engine.planning.judge.tiers import exact_tiers
from binglian.engine.planning.wording import Language

from .units import length, wording

MOST_SHOWN = 20


@dataclass(frozen=True)
class Verdict:
    """What agrees, what the reader should know, and what is wrong."""

    agrees: tuple[str, ...]
    notes: tuple[str, ...]
    wrong: tuple[str, ...]


def check(file: PlanFile, claimed: PlanRead, fingerprint: str, language: Language) -> Verdict:
    """Work out rules, deadlines and aims, and compare them with what the plan's file claims."""
    words = wording(file, language)
    agrees, notes, wrong = [], [], []
    if claimed.fingerprint not in (None, fingerprint):
        notes.append(_("计划是按另一份文件排的，或文件后来改过。"))
    if broken := broken_rules(file.problem, claimed.plan):
        wrong += [one.in_words(words) for one in broken[:MOST_SHOWN]]
        if len(broken) > MOST_SHOWN:
            wrong.append(_("另有 %(count)s 处。") % {"count": len(broken) - MOST_SHOWN})
        return Verdict((), tuple(notes), tuple(wrong))
    agrees.append(_("%(count)s 项任务守住全部规则。") % {"count": len(file.problem.tasks)})
    notes += [one.in_words(words) for one in missed_deadlines(file.problem, claimed.plan)]
    tiers = exact_tiers(file.problem, claimed.plan)
    makespan = {
        "found": length(tiers.makespan, file.axis),
        "claimed": length(claimed.makespan or 0, file.axis),
    }
    if claimed.makespan in (None, tiers.makespan):
        agrees.append(_("总工期 %(found)s。") % makespan)
    else:
        wrong.append(_("总工期是 %(found)s，计划却写成 %(claimed)s。") % makespan)
    for name, label in (("overrun", _("超出硬期限")), ("lateness", _("迟于目标日期"))):
        found, said = getattr(tiers, name), claimed.tiers.get(name)
        if said is not None and abs(found - said) > 1e-6 * max(1, abs(found)):
            facts = {"label": label, "found": f"{found:g}", "claimed": f"{said:g}"}
            wrong.append(_("%(label)s是 %(found)s，计划却写成 %(claimed)s。") % facts)
    if claimed.bound is not None and claimed.bound > tiers.makespan:
        bound = {"bound": length(claimed.bound, file.axis), **makespan}
        wrong.append(_("下界 %(bound)s 大于总工期 %(found)s，不可能成立。") % bound)
    return Verdict(tuple(agrees), tuple(notes), tuple(wrong))
