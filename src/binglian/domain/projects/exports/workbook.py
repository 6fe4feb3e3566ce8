"""A plan as sheets: its tasks in the columns that read back, and when each is done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from binglian.domain.projects.models import Lag, Plan, Precedence, Task, TaskMode
from binglian.domain.projects.queries import rows_of
from binglian.sheets.columns import Column
from binglian.sheets.plans import LinkTo, write_links
from binglian.sheets.plans.columns import PLAN_COLUMNS, PLAN_TITLES
from binglian.sheets.writing import SheetOut

_SCHEDULE = (
    Column("number", "编号", "No."),
    Column("title", "任务", "Task"),
    Column("organisation", "责任单位", "Organisation"),
    Column("mode", "方式", "Mode"),
    Column("days", "工作日", "Working days"),
    Column("starts_on", "开始", "Start"),
    Column("finishes_on", "完成", "Finish"),
    Column("state", "状态", "State"),
    Column("finished_on", "实际完成", "Actual finish"),
    Column("critical", "关键", "Critical"),
    Column("float", "总时差（工作日）", "Float (working days)"),
    Column("reason", "为何此时", "Why then"),
)


def sheets_of(plan: Plan, language: str) -> list[SheetOut]:
    """Sheets for ``write_workbook``; the first holds the tasks as ``read_network`` reads them."""
    english = language.startswith("en")
    rows = list(rows_of(plan).prefetch_related("task__modes"))
    tasks = [row.task for row in rows]
    links = Precedence.objects.filter(after__in=tasks).select_related("before").order_by("pk")
    before: dict[int, list[LinkTo]] = {}
    for link in links:
        before.setdefault(link.after_id, []).append(_link(link))
    settings: list[dict[str, Any]] = [
        {"item": "Start date" if english else "计划开始日期", "value": plan.project.starts_on},
        {"item": "Plan" if english else "计划名称", "value": str(plan.project)},
    ]
    return [
        SheetOut(
            PLAN_TITLES["tasks"][english],
            PLAN_COLUMNS["tasks"],
            [_task(task, before.get(task.pk, ()), english) for task in tasks],
        ),
        SheetOut(
            _("计划 %(number)s") % {"number": plan.number},
            _SCHEDULE,
            [_row(row) for row in rows],
        ),
        SheetOut(PLAN_TITLES["settings"][english], PLAN_COLUMNS["settings"], settings),
    ]


def _task(task: Task, links: Iterable[LinkTo], english: bool) -> dict[str, Any]:
    modes = list(task.modes.all())
    others = "；".join(f"{mode} {mode.days}" for mode in modes[1:])
    return {
        "number": task.number,
        "title": str(task),
        "organisation": str(task.organisation or ""),
        "duration": modes[0].days if modes else 0,
        "statutory": task.item.statutory_days if task.item else None,
        "modes": others,
        "counted": ("Yes" if english else "是") if task.is_counted else ("No" if english else "否"),
        "predecessors": write_links(tuple(links)),
        "release": task.not_before_on,
        "due": task.due_on,
        "deadline": task.deadline_on,
        "started": task.started_on,
        "finished": task.finished_on,
        "basis": task.item.basis if task.item else "",
        "note": task.note,
    }


def _link(link: Precedence) -> LinkTo:
    days = "calendar" if link.lag == Lag.ELAPSED else "working"
    return LinkTo(link.before.number, link.link, link.least, link.most, days)  # type: ignore[arg-type]


def _row(row: Any) -> dict[str, Any]:
    return {
        "number": row.task.number,
        "title": str(row.task),
        "organisation": str(row.task.doer),
        "mode": str(TaskMode.Kind(row.mode).label),
        "days": row.days,
        "starts_on": row.on if row.is_milestone else row.starts_on,
        "finishes_on": row.finishes_on,
        "state": row.task.get_state_display(),
        "finished_on": row.task.finished_on,
        "critical": _("是") if row.is_critical else "",
        "float": row.float_days,
        "reason": row.reason,
    }
