"""Projects: what the ledger tells of their course, and when they should be finished."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from binglian.domain.ledger.acts import act_label
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.openness.topics import Day, Entry, Kind, Topic
from binglian.domain.projects.models import Project, Task
from binglian.domain.projects.queries import public_projects
from binglian.domain.together import Reader

#: Acts on a project that everybody may hear of; of a task, only that it is done.
_TOLD = ("project.baselined", "project.plan_adopted", "project.running", "project.finished")


def entries(topic: Topic, since: datetime | None) -> Iterator[Entry]:
    projects = {row.pk: row for row in _rows(topic)}
    done = Task.objects.filter(project__in=projects, state__in=Task.DONE)
    tasks = {row.pk: row for row in done.select_related("item")}
    for act in _acts(topic, "projects.project", projects, since).filter(act__in=_TOLD):
        row = projects[int(act.object_id)]
        yield Entry(f"act-{act.pk}", act.at, f"{row}：{act_label(act.act)}", _path(row))
    for act in _acts(topic, "projects.task", tasks, since).filter(act="task.reported"):
        # The newest report is the one that says it is done.
        task = tasks.pop(int(act.object_id), None)
        if task:
            row = projects[task.project_id]
            title = _("%(project)s：“%(task)s”办结") % {"project": row, "task": task}
            yield Entry(f"task-{task.pk}", act.at, title, _path(row))


def days(topic: Topic, since: date) -> Reader[list[Day]]:
    [rows] = yield (_rows(topic).filter(current__finish_on__gte=since),)
    return [
        Day(
            f"project-{row.pk}",
            row.current.finish_on,
            _("%(project)s 计划完成") % {"project": row},
            _path(row),
        )
        for row in rows
        if row.current
    ]


def _acts(
    topic: Topic, kind: str, rows: Mapping[int, object], since: datetime | None
) -> QuerySet[LedgerEntry]:
    keys = [str(pk) for pk in rows]
    acts = LedgerEntry.objects.filter(chain=topic.alliance.slug, object_type=kind)
    acts = acts.filter(object_id__in=keys).order_by("-number")
    return acts.filter(at__gt=since) if since else acts


def _rows(topic: Topic) -> QuerySet[Project]:
    rows = public_projects().filter(alliance=topic.alliance)
    if topic.kind is Kind.ALLIANCE:
        return rows
    return (
        rows.filter(pk=topic.about.pk)
        if topic.kind is Kind.PROJECT and topic.about
        else rows.none()
    )


def _path(project: Project) -> str:
    return f"/p/{project.alliance.slug}/projects/{project.pk}/supervise/"
