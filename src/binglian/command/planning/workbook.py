"""The plan as a workbook: the schedule, a bar chart, who waits for whom, and the figures."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from binglian.command.words import gettext as _
from binglian.engine.planning.formats import Unit
from binglian.engine.planning.problem import Link, Precedence, Task
from binglian.engine.planning.result import Plan
from binglian.sheets.columns import Column
from binglian.sheets.plans.gantt import Bar, draw_gantt
from binglian.sheets.writing import SheetOut
from binglian.sheets.writing.books import saved, workbook_of

from .answers import Answer
from .sheet_rows import can_be_sheets, plan_sheets
from .units import length, moments

_SCHEDULE = (
    Column("number", "编号", "No."),
    Column("title", "任务", "Task"),
    Column("organisation", "责任单位", "Organisation"),
    Column("project", "项目", "Project"),
    Column("mode", "方式", "Mode"),
    Column("duration", "工期", "Duration"),
    Column("begins", "开始", "Begins"),
    Column("ends", "完成", "Ends"),
    Column("start", "开始（单位）", "Start (unit)"),
    Column("finish", "完成（单位）", "Finish (unit)"),
    Column("critical", "关键", "Critical"),
    Column("float", "宽裕", "Float"),
    Column("counted", "计入时限", "Clock runs"),
    Column("reason", "理由", "Reason"),
)
_WAITING = (
    Column("waits", "等待的单位", "Who waits"),
    Column("task", "等待的任务", "Waiting task"),
    Column("awaited", "被等的单位", "Awaited"),
    Column("for", "被等的任务", "Awaited task"),
    Column("link", "关系", "Link"),
    Column("until", "等到", "Until"),
    Column("decides", "决定开始", "Decides the start"),
)
_FIGURES = (Column("what", "项", "Figure"), Column("value", "值", "Value"))
_DJANGO_LANGUAGE = {"zh": "zh-hans", "en": "en"}


def workbook(answer: Answer, language: str) -> bytes:
    """Return the .xlsx file; where days suffice, it can be changed by hand and planned again."""
    plan = answer.plan
    if plan is None:
        raise ValueError("there is no plan to write")
    english = language == "en"
    schedule = [*_schedule(answer, plan)]
    columns = [
        column
        for column in _SCHEDULE
        if any(row.get(column.key) not in (None, "") for row in schedule)
    ]
    sheets = [
        SheetOut("Schedule" if english else "进度", columns, schedule),
        SheetOut("Waiting" if english else "谁等谁", _WAITING, [*_waiting(answer, plan)]),
        SheetOut("Figures" if english else "数字", _FIGURES, [*_figures(answer)]),
    ]
    if can_be_sheets(answer.file):
        units = max(plan.finishes.values(), default=0)
        sheets += plan_sheets(answer.file, units, _DJANGO_LANGUAGE[language])
    book = workbook_of(sheets, _DJANGO_LANGUAGE[language])
    page = book.create_sheet("Gantt" if english else "横道图", 1)
    headings = [column.heading(_DJANGO_LANGUAGE[language]) for column in _SCHEDULE[:3]]
    draw_gantt(page, [*_bars(answer, plan)], headings, _days(answer, plan))
    return saved(book)


def _in_order(answer: Answer, plan: Plan) -> Sequence[Task]:
    tasks = answer.file.problem.tasks
    return sorted(tasks, key=lambda task: (plan.starts[task.ref], plan.finishes[task.ref]))


def _schedule(answer: Answer, plan: Plan) -> Iterator[Mapping[str, Any]]:
    file, why = answer.file, answer.why
    critical = set(why.critical)
    for task in _in_order(answer, plan):
        ref = task.ref
        mode = next(one for one in task.modes if one.ref == plan.modes[ref])
        span = answer.dates(ref)
        begins, ends = moments(span, file.axis) if span else ("", "")
        yield {
            "number": ref,
            "title": file.title_of(ref),
            "organisation": file.owners.get(ref, ""),
            "project": task.project or "",
            "mode": mode.ref if len(task.modes) > 1 else "",
            "duration": mode.duration,
            "begins": begins,
            "ends": ends,
            "start": plan.starts[ref],
            "finish": plan.finishes[ref],
            "critical": "●" if ref in critical else "",
            "float": why.floats.get(ref),
            "counted": None if task.counted else False,
            "reason": why.reasons.get(ref, ""),
        }


def _waiting(answer: Answer, plan: Plan) -> Iterator[Mapping[str, Any]]:
    """Yield every link in the order in which it lets its task go on."""
    file = answer.file
    for one in sorted(file.problem.precedences, key=lambda one: _released(one, plan)):
        released = _released(one, plan)
        span = answer.dates(one.before)
        to_start = one.link in (Link.FINISH_START, Link.START_START)
        held = (plan.starts if to_start else plan.finishes)[one.after]
        yield {
            "waits": file.owners.get(one.after, ""),
            "task": file.named(one.after),
            "awaited": file.owners.get(one.before, ""),
            "for": file.named(one.before),
            "link": f"{one.link}{one.least:+d}" if one.least else one.link.value,
            "until": moments(span, file.axis)[1] if span else released,
            "decides": "●" if released + one.least >= held else "",
        }


def _released(one: Precedence, plan: Plan) -> int:
    from_finish = one.link in (Link.FINISH_START, Link.FINISH_FINISH)
    return (plan.finishes if from_finish else plan.starts)[one.before]


def _figures(answer: Answer) -> Iterator[Mapping[str, Any]]:
    result, axis = answer.result, answer.file.axis
    makespan = result.tiers.makespan if result.tiers else 0
    figures = [
        (_("计划"), answer.file.title),
        (_("任务数"), len(answer.file.problem.tasks)),
        (_("逐项串联"), length(result.serial, axis)),
        (_("并联总工期"), length(makespan, axis)),
        (_("下界"), length(result.bound, axis)),
        (_("差距"), f"{result.gap or 0:.2%}"),
        *((_("结论"), sentence) for sentence in answer.why.insights),
    ]
    yield from ({"what": what, "value": value} for what, value in figures)


def _bars(answer: Answer, plan: Plan) -> Iterator[Bar]:
    critical = set(answer.why.critical)
    for task in _in_order(answer, plan):
        yield Bar(
            task.ref,
            answer.file.title_of(task.ref),
            answer.file.owners.get(task.ref, ""),
            plan.starts[task.ref],
            plan.finishes[task.ref],
            task.ref in critical,
        )


def _days(answer: Answer, plan: Plan) -> list[dt.date] | None:
    axis = answer.file.axis
    if axis.origin is None or axis.unit is Unit.UNIT:
        return None
    units = max(plan.finishes.values(), default=0)
    begins = [axis.begins(unit) for unit in range(units)]
    return [moment.date() for moment in begins if moment is not None]
