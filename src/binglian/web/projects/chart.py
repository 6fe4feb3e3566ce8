"""A plan as the Gantt island reads it: `frontend/src/islands/gantt/contract.ts`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from binglian.domain.alliance.calendar import is_working_day
from binglian.domain.alliance.models import Organisation, today
from binglian.domain.projects.models import ApprovalItem, PlannedTask, Precedence, Task
from binglian.domain.projects.queries import Awaited, capacity_use

from .chart_words import chart_words

#: Days shown before the first and after the last.
MARGIN = timedelta(days=14)
DAY = timedelta(days=1)


def chart_of(
    rows: Sequence[PlannedTask],
    *,
    awaited: Iterable[Awaited] = (),
    baseline: Iterable[PlannedTask] = (),
    movable: bool = False,
    by_project: bool = False,
    is_public: bool = False,
    links: Iterable[Precedence] | None = None,
) -> dict[str, Any]:
    """The rows of one or more plans, with what stands behind them.

    ``movable`` lets the reader drag tasks that have not begun; ``by_project`` groups by project
    instead of stage; ``baseline`` are rows to compare with; a public chart has neither links to
    tasks nor use of capacity. What waits for what is read unless ``links`` tell it.
    """
    if not rows:
        return {"tasks": []}
    was = {row.task_id: row for row in baseline}
    shown = [*rows, *was.values()]
    first = min(today(), *(row.starts_on for row in shown)) - MARGIN
    last = max(today(), *(row.finishes_on for row in shown)) + MARGIN
    groups = list(dict.fromkeys(_group(row.task, by_project) for row in _by_group(rows)))
    offices = list(dict.fromkeys(row.task.doer for row in rows))
    sentences = {one.task.pk: awaited_in_words(one) for one in awaited}
    tasks = [
        _task(row, was.get(row.task_id), first, sentences.get(row.task_id, ""))
        | {"group": groups.index(_group(row.task, by_project))}
        | {"organisation": offices.index(row.task.doer)}
        | ({} if is_public else {"url": _task_url(row.task)})
        | ({"movable": True} if movable and _is_movable(row.task) else {})
        for row in rows
    ]
    chart: dict[str, Any] = {
        "from": first.isoformat(),
        "days": (last - first).days,
        "today": (today() - first).days,
        "closed": _closed(first, last),
        "groups": groups,
        "organisations": [{"name": str(one)} for one in offices]
        if is_public
        else _with_use(offices, first, last),
        "tasks": tasks,
        "links": _links(rows, links),
        "words": chart_words(by_project=by_project),
    }
    return chart | ({"form": "moves"} if movable else {})


def awaited_in_words(one: Awaited) -> str:
    """Who is awaited since when, and what it holds up."""
    facts = {
        "who": one.organisation,
        "day": one.since.isoformat(),
        "waited": one.waited_days,
        "count": len(one.holds_up),
    }
    if not one.holds_up:
        return _("在等%(who)s，自 %(day)s，已 %(waited)s 个工作日。") % facts
    return (
        ngettext(
            "在等%(who)s，自 %(day)s，已 %(waited)s 个工作日；后面 %(count)s 项在等它。",
            "在等%(who)s，自 %(day)s，已 %(waited)s 个工作日；后面 %(count)s 项在等它。",
            len(one.holds_up),
        )
        % facts
    )


def _task(row: PlannedTask, was: PlannedTask | None, first: date, awaits: str) -> dict[str, Any]:
    task = row.task
    start, finish = _ends(row, first)
    facts: dict[str, Any] = {
        "id": task.pk,
        "title": f"{task.number} {task.title}",
        "start": start,
        "finish": finish,
        "state": _state(row),
    }
    if was:
        facts["baseline"] = list(_ends(was, first))
    if row.is_critical:
        facts["critical"] = True
    if row.float_days:
        facts["float"] = row.float_days
    if not task.is_counted and finish > start:
        facts["stopped"] = [[start, finish]]
    elif task.state == Task.State.STOPPED and task.since_on:
        until = max((today() - first).days, finish)
        facts["stopped"] = [[(task.since_on - first).days, until]]
    if awaits:
        facts["awaits"] = awaits
    if row.reason:
        facts["why"] = row.reason
    return facts


def _ends(row: PlannedTask, first: date) -> tuple[int, int]:
    """Instants; what really happened goes before what was planned."""
    begun, done = row.task.started_on, row.task.finished_on
    is_real = row.plan_id == row.task.project.current_id
    starts_on = begun if is_real and begun else row.starts_on
    finishes_on = done if is_real and done else row.finishes_on
    if is_real and row.task.is_begun:
        finishes_on = max(finishes_on, today())
    start = (starts_on - first).days
    return start, max(start, (finishes_on + DAY - first).days)


def _state(row: PlannedTask) -> str:
    if row.task.is_done:
        return "done"
    if row.finishes_on < today():
        return "late"
    return "running" if row.task.is_begun else "waiting"


def _is_movable(task: Task) -> bool:
    return not task.is_done and not task.is_begun


def _task_url(task: Task) -> str:
    project = task.project
    return reverse("projects:task", args=[project.alliance.slug, project.pk, task.pk])


def _by_group(rows: Iterable[PlannedTask]) -> list[PlannedTask]:
    return sorted(rows, key=lambda row: (row.task.project_id, row.task.stage or 9))


def _group(task: Task, by_project: bool) -> str:
    if by_project:
        return str(task.project)
    if task.group:
        return task.group
    return str(ApprovalItem.Stage(task.stage).label) if task.stage else _("其他任务")


def _links(
    rows: Sequence[PlannedTask], links: Iterable[Precedence] | None
) -> list[tuple[int, int, str]]:
    places = {row.task_id: place for place, row in enumerate(rows)}
    if links is None:
        links = Precedence.objects.filter(before__in=places, after__in=places)
    return [
        (places[tie.before_id], places[tie.after_id], tie.link)
        for tie in links
        if tie.before_id in places and tie.after_id in places
    ]


def _with_use(offices: list[Organisation], first: date, last: date) -> list[dict[str, Any]]:
    found = []
    for use in capacity_use(offices, first, last):
        by_day = zip(use.days, use.used, strict=True)
        steps = groupby(by_day, key=lambda pair: pair[1])
        office: dict[str, Any] = {
            "name": str(use.organisation),
            "use": [[(next(days)[0] - first).days, amount] for amount, days in steps],
        }
        if use.limit:
            limits = groupby(use.days, key=use.limit.on)
            office["capacity"] = [[(next(days) - first).days, cases] for cases, days in limits]
        found.append(office)
    return found


def _closed(first: date, last: date) -> list[list[int]]:
    """Stretches of days off, from one margin to the other and a year beyond for what is moved."""
    found: list[list[int]] = []
    for number in range((last - first).days + 366):
        if is_working_day(first + timedelta(days=number)):
            continue
        if found and found[-1][1] == number:
            found[-1][1] = number + 1
        else:
            found.append([number, number + 1])
    return found
