"""Projects, their approvals and other tasks, by the plans in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from binglian.domain.indicators.briefing.telling import Count, Subject, Told, day, since
from binglian.domain.indicators.figures import Case
from binglian.domain.indicators.periods import Period
from binglian.domain.indicators.records import Records, Step, Undertaking
from binglian.domain.projects.models import PlannedTask, Project


def _finished_tasks(records: Records, period: Period) -> Iterator[Case]:
    for project in records.projects:
        for step in project.steps:
            if step.finished_on in period:
                yield Case(step.title, note=project.title, path=_path(step))


def _under_way(records: Records, period: Period) -> Iterator[Case]:
    """At the end of the period."""
    for project in records.projects:
        is_over = project.finished_on is not None and project.finished_on <= period.last
        if project.starts_on <= period.last and not is_over:
            yield Case(project.title, note=project.owner.name, path=f"projects/{project.pk}/")


def _done(records: Records, period: Period) -> Iterator[Told]:
    names = records.doers
    for project in records.projects:
        if project.finished_on and project.finished_on in period:
            text = (
                f"项目“{project.title}”完成，实际 {project.elapsed_days} 个工作日，"
                f"一项接一项须 {project.serial_days} 个。"
            )
            path = f"projects/{project.pk}/"
            yield Told(path, text, project.finished_on, day(project.finished_on), path)
        for step in project.steps:
            if step.finished_on and step.finished_on in period:
                text = f"“{project.title}”：{names[step.doer_id]}办结“{step.title}”。"
                yield Told(_path(step), text, step.finished_on, day(step.finished_on), _path(step))


def _stuck(records: Records, _period: Period) -> Iterator[Told]:
    """What could go on and has not begun; what has outrun its own period."""
    names, until = records.doers, records.on
    for project in _open(records):
        for step in project.steps:
            if step.finished_on or step.ready_on is None:
                continue
            if step.started_on is None and step.ready_on < until:
                on, what, how = step.ready_on + timedelta(days=1), "开始", ""
            elif step.started_on and step.due_on and step.due_on < until:
                on, what, how = step.due_on, "办结", "，已超过承诺时限"
            else:
                continue
            text = f"“{project.title}”等{names[step.doer_id]}{what}“{step.title}”{how}。"
            yield Told(_path(step), text, on, since(on, until), _path(step))


def _ahead(records: Records, period: Period) -> Iterator[Told]:
    """By the plans in force today; what was planned otherwise then is not looked up."""
    rows = PlannedTask.objects.filter(
        plan__in=Project.objects.filter(
            alliance=records.alliance, state__in=Project.UNDER_WAY
        ).values("current"),
        task__dropped_on=None,
        finishes_on__range=(period.first, period.last),
    ).select_related("task__project__owner", "task__organisation")
    unfinished = {
        step.pk for project in records.projects for step in project.steps if not step.finished_on
    }
    for row in rows.order_by("finishes_on", "pk"):
        if row.task_id in unfinished:
            task, critical = row.task, "关键，" if row.is_critical else ""
            text = f"“{task.project.title}”：{task.doer.name}应办结“{task.title}”。"
            facts = f"{critical}{day(row.finishes_on)}"
            path = f"projects/{task.project_id}/tasks/{task.pk}/"
            yield Told(path, text, row.finishes_on, facts, path)


def _open(records: Records) -> list[Undertaking]:
    under_way = Project.objects.filter(alliance=records.alliance).exclude(
        state__in=[Project.State.DRAFT, Project.State.WITHDRAWN]
    )
    planned = set(under_way.values_list("pk", flat=True))
    return [one for one in records.projects if one.pk in planned and one.finished_on is None]


def _path(step: Step) -> str:
    return f"projects/{step.project_id}/tasks/{step.pk}/"


PROJECTS = Subject(
    counts=(
        Count("projects", _("月末在推进的项目"), _under_way),
        Count("tasks", _("办结的审批事项和任务"), _finished_tasks, is_drawn=True),
    ),
    done=_done,
    stuck=_stuck,
    ahead=_ahead,
)
