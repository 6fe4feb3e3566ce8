"""The answer on the terminal."""

import unicodedata
from pathlib import Path

from binglian.command.refusals import CommandRefused
from binglian.command.words import gettext as _
from binglian.engine.planning.formats.phrases import Language
from binglian.engine.planning.obstacle import ObstacleCode
from binglian.engine.planning.result import Bound, Status

from .answers import Answer
from .units import length, moments, wording

#: A plan somebody keeps by hand is shown whole; an instance of research by its figures.
MOST_ROWS = 60


def show(answer: Answer, language: Language, most: int | None = None) -> None:
    """Print figures, insights, and the tasks with their dates, at most ``most`` of them."""
    for remark in answer.remarks:
        print(_("请留意：%(what)s") % {"what": remark.in_words(language)})
    _show_figures(answer, language)
    for sentence in answer.why.insights:
        print(sentence)
    limit = MOST_ROWS if most is None else most
    if answer.plan is not None and limit and (most is not None or answer.file.titles):
        print()
        _show_tasks(answer, limit)


def refuse_circle(answer: Answer, file: Path, language: Language) -> None:
    """Refuse a file whose lags close a circle, which only solving it brings to light."""
    for obstacle in answer.result.obstacles:
        if obstacle.code is ObstacleCode.CIRCLE:
            raise CommandRefused(f"{file}: {obstacle.in_words(wording(answer.file, language))}")


def _show_figures(answer: Answer, language: Language) -> None:
    result, axis = answer.result, answer.file.axis
    count = len(answer.file.problem.tasks)
    title = answer.file.title or answer.file.format.value
    print(_("%(title)s：%(count)s 项任务。") % {"title": title, "count": f"{count:,}"})
    if result.tiers is None:
        _show_failure(answer, language)
        return
    figures = {
        "serial": length(result.serial, axis),
        "parallel": length(result.tiers.makespan, axis),
        "bound": length(result.bound, axis),
        "gap": f"{result.gap or 0:.2%}",
        "seconds": f"{result.seconds:.1f}",
        "by": _proof(result.proven_by),
    }
    print(_("逐项串联共 %(serial)s；并联总工期 %(parallel)s。") % figures)
    if span := _span(answer):
        print(_("%(first)s 至 %(last)s。") % span)
    print(_("下界 %(bound)s（%(by)s），差距 %(gap)s，用时 %(seconds)s 秒。") % figures)
    if result.status is Status.OPTIMAL:
        print(_("已证明：没有更好的计划。"))
    if result.tiers.overrun:
        overrun = {"overrun": length(result.tiers.overrun, axis)}
        print(_("硬期限无法全部守住，共超出 %(overrun)s。") % overrun)


def _show_failure(answer: Answer, language: Language) -> None:
    if answer.result.status is Status.INFEASIBLE:
        print(_("已证明：没有计划能守住全部规则。"))
        for obstacle in answer.result.obstacles:
            print(obstacle.in_words(wording(answer.file, language)))
    else:
        print(_("时限内没有找到计划。请用 --seconds 给更多时间。"))


def _span(answer: Answer) -> dict[str, str] | None:
    spans = [
        span for ref in (answer.plan.starts if answer.plan else ()) if (span := answer.dates(ref))
    ]
    if not spans:
        return None
    whole = min(begins for begins, _ends in spans), max(ends for _begins, ends in spans)
    first, last = moments(whole, answer.file.axis)
    return {"first": first, "last": last}


def _proof(by: Bound) -> str:
    return {
        Bound.CRITICAL_PATH: _("关键路径"),
        Bound.CAPACITY: _("容量"),
        Bound.ENERGY: _("工作量"),
        Bound.DESTRUCTIVE: _("更短的已证明不可能"),
        Bound.SEARCH: _("精确搜索"),
    }[by]


def _show_tasks(answer: Answer, most: int) -> None:
    plan = answer.plan
    if plan is None:
        return
    critical = set(answer.why.critical)
    rows = sorted(answer.file.problem.tasks, key=lambda task: plan.starts[task.ref])
    for task in rows[:most]:
        span = answer.dates(task.ref)
        when = " – ".join(moments(span, answer.file.axis)) if span else ""
        at = f"{plan.starts[task.ref]:>5} → {plan.finishes[task.ref]:<5}"
        mark = "●" if task.ref in critical else " "
        title = padded(answer.file.title_of(task.ref), 30)
        owner = answer.file.owners.get(task.ref, "")
        print(f"{mark} {task.ref:>4}  {title}  {at}  {when}  {owner}".rstrip())
        if reason := answer.why.reasons.get(task.ref):
            print(f"        {reason}")
    if len(rows) > most:
        print("  " + _("另有 %(count)s 项。") % {"count": f"{len(rows) - most:,}"})


def padded(text: str, width: int) -> str:
    """Return a text filled with blanks, a Chinese character counting two."""
    taken = sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text)
    return text + " " * (width - taken)
