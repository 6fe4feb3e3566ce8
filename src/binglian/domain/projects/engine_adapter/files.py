"""Plans of project programmes: read into a draft, written from a version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from math import ceil

from django.utils.translation import get_language

from binglian.domain.projects import models as stored
from binglian.domain.projects.network_draft import DraftLink, DraftTask, NetworkDraft
from binglian.engine.planning.formats import (
    Axis,
    Format,
    FormatError,
    PlanFile,
    Unit,
    read_plan_file,
)
from binglian.engine.planning.formats.mspdi import write_mspdi
from binglian.engine.planning.problem import Demand, Mode, PlanningProblem, Precedence, Task
from binglian.engine.planning.result import Plan

from .problem import organisation_ref, snapshot_of, task_ref

_OFFICE_DAY = 480  # minutes


class UnreadablePlan(ValueError):
    """A file that is no plan, or one with a fault; says where and how to mend it."""


def draft_of_file(content: bytes, filename: str) -> NetworkDraft:
    """The network in an MS Project or P6 file; durations become working days, rounded up."""
    english = (get_language() or "").startswith("en")
    try:
        file = read_plan_file(content, filename)
    except FormatError as error:
        raise UnreadablePlan(error.in_words("en" if english else "zh")) from error
    minutes = file.axis.minutes
    return NetworkDraft(
        title=file.title,
        tasks=tuple(_draft_task(file, task, minutes) for task in file.problem.tasks),
        links=tuple(_draft_link(one, minutes) for one in file.problem.precedences),
        starts_on=_day(file.axis.begins(0)),
        remarks=tuple(one.in_words("en" if english else "zh") for one in file.remarks),
    )


def _draft_task(file: PlanFile, task: Task, minutes: int) -> DraftTask:
    has_dates = file.axis.origin is not None
    days = [_days(mode.duration, minutes, has_dates=has_dates) for mode in task.modes]
    kinds = [kind.value for kind in stored.TaskMode.Kind]
    release = file.axis.begins(task.release) if task.release else None
    return DraftTask(
        number=task.ref[:20],
        title=file.title_of(task.ref)[:120],
        organisation=file.owners.get(task.ref, ""),
        modes=dict(zip(kinds, days, strict=False)),
        is_counted=task.counted,
        not_before_on=_day(release),
        due_on=_day(file.axis.ends(task.due)) if task.due is not None else None,
        deadline_on=_day(file.axis.ends(task.deadline)) if task.deadline is not None else None,
    )


def _draft_link(one: Precedence, minutes: int) -> DraftLink:
    least = one.least * minutes / _OFFICE_DAY if minutes < _OFFICE_DAY else float(one.least)
    whole = ceil(least) if least >= 0 else -ceil(-least)
    return DraftLink(
        before=one.before[:20],
        after=one.after[:20],
        link=one.link.value,
        least=whole,
        lag=stored.Lag.ELAPSED if whole < 0 else stored.Lag.WORKING,
    )


def _days(units: int, minutes: int, *, has_dates: bool) -> int:
    """Working days; where nobody says how long a unit is, it is one."""
    if not has_dates or minutes >= _OFFICE_DAY:
        return units
    return ceil(units * minutes / _OFFICE_DAY)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def mspdi_of(plan: stored.Plan) -> bytes:
    """The version as an MS Project XML file, with dates, links, and what is critical."""
    rows = list(plan.rows.select_related("task__organisation", "task__project__owner"))
    snapshot = snapshot_of([plan.project], plan.starts_on, from_start=True)
    days = snapshot.days
    number = {task_ref(row.task_id): row.task.number for row in rows}
    names = {organisation_ref(row.task.organisation_id or 0): str(row.task.doer) for row in rows}
    problem = snapshot.problem
    planned = {row.task.number: row for row in rows}
    renamed = PlanningProblem(
        tasks=tuple(
            replace(
                task,
                ref=number[task.ref],
                project=None,
                calendar=names.get(task.calendar or "", task.calendar),
                modes=tuple(_renamed(mode, names) for mode in task.modes),
            )
            for task in problem.tasks
            if task.ref in number
        ),
        precedences=tuple(
            replace(one, before=number[one.before], after=number[one.after])
            for one in problem.precedences
            if one.before in number and one.after in number
        ),
        resources=tuple(
            replace(one, ref=names[one.ref]) for one in problem.resources if one.ref in names
        ),
        calendars=tuple(replace(one, ref=names.get(one.ref, one.ref)) for one in problem.calendars),
    )
    midnight = datetime.combine(days.origin, time())
    file = PlanFile(
        renamed,
        Format.MSPDI,
        Axis(Unit.DAY, midnight),
        str(plan.project),
        {row.task.number: str(row.task) for row in rows},
        {row.task.number: str(row.task.doer) for row in rows},
    )
    when = Plan(
        starts={ref: days.start(row.starts_on) for ref, row in planned.items()},
        finishes={ref: days.finish(row.finishes_on) for ref, row in planned.items()},
        modes={ref: row.mode for ref, row in planned.items()},
    )
    return write_mspdi(file, when, _critical(rows))


def _renamed(mode: Mode, names: dict[str, str]) -> Mode:
    demands = tuple(Demand(names[d.resource], d.amount) for d in mode.demands)
    return replace(mode, demands=demands)


def _critical(rows: Iterable[stored.PlannedTask]) -> list[str]:
    return [row.task.number for row in rows if row.is_critical]
