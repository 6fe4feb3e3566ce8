"""Who is awaited, since when, and what it holds up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.calendar import working_days_between
from binglian.domain.alliance.models import Alliance, Organisation, seats_of, today
from binglian.domain.projects.models import Link, PlannedTask, Precedence, Project, Task
from binglian.domain.projects.states import awaits_applicant
from binglian.domain.together import asked_together

from .projects import projects_visible_to


@dataclass(frozen=True, slots=True)
class Awaited:
    """One task that could go on now, and whom it waits for."""

    task: Task
    organisation: Organisation
    since: date
    #: Working days it has waited, today included.
    waited_days: int
    #: Unfinished tasks that come after it, however far, nearest first.
    holds_up: tuple[Task, ...]
    #: Its row of the current plan, if it is in it.
    row: PlannedTask | None
    #: Working days by which the planned finish has passed; 0 while it is not.
    late_days: int
    #: Whether the owner has to file or correct papers, rather than the office to decide.
    is_for_applicant: bool

    @property
    def holds_up_organisations(self) -> list[Organisation]:
        found = {task.organisation_id: task.organisation for task in self.holds_up}
        return [one for one in found.values() if one and one != self.organisation]


def awaited_of(
    project: Project,
    *,
    tasks: Iterable[Task] | None = None,
    rows: Iterable[PlannedTask] | None = None,
    links: Iterable[Precedence] | None = None,
) -> list[Awaited]:
    """Who is awaited in one project, what holds up most first.

    ``tasks`` are its standing ones, ``rows`` those of its current plan and ``links`` what
    :func:`links_of` gives, where the caller has them.
    """
    if project.state not in Project.UNDER_WAY:
        return []
    return _awaited(Project.objects.filter(pk=project.pk), tasks, rows, links)


def links_of(project: Project) -> list[Precedence]:
    """Which of a project's tasks waits for which."""
    return list(Precedence.objects.filter(before__project=project))


def awaited_in(alliance: Alliance) -> list[Awaited]:
    """Who is awaited in the projects of an alliance."""
    return _awaited(alliance.projects.filter(state__in=Project.UNDER_WAY))


def awaited_from(organisation: Organisation, projects: QuerySet[Project]) -> list[Awaited]:
    """What these projects await from one organisation; start from what the reader may see."""
    under_way = projects.filter(state__in=Project.UNDER_WAY)
    return [one for one in _awaited(under_way) if one.organisation == organisation]


def awaited_from_us(user: User, alliance: Alliance | None = None) -> list[Awaited]:
    """What projects, of one alliance or of all, await from those the person speaks for."""
    ours = {
        (seat.alliance_id, seat.organisation_id)
        for seat in seats_of(user)
        if seat.role == Role.LIAISON.value and alliance in (None, seat.alliance)
    }
    if not ours:
        return []
    projects = projects_visible_to(user).filter(alliance__in={where for where, _who in ours})
    awaited = _awaited(projects.filter(state__in=Project.UNDER_WAY))
    return [one for one in awaited if (one.task.project.alliance_id, one.organisation.pk) in ours]


def overdue_in(alliance: Alliance) -> list[Awaited]:
    """Of what is awaited in an alliance, what is past its planned day, the latest first."""
    late = [one for one in awaited_in(alliance) if one.late_days]
    return sorted(late, key=lambda one: -one.late_days)


def _awaited(
    projects: QuerySet[Project],
    standing: Iterable[Task] | None = None,
    planned: Iterable[PlannedTask] | None = None,
    links: Iterable[Precedence] | None = None,
) -> list[Awaited]:
    """One statement for what is not given, however many projects there are."""
    keys = projects.filter(state__in=Project.UNDER_WAY).order_by().values("pk")
    lists = (
        Task.objects.standing()
        .filter(project__in=keys)
        .select_related("project__owner", "project__alliance", "organisation", "item"),
        PlannedTask.objects.filter(task__project__in=keys, plan=F("task__project__current")),
        Precedence.objects.filter(before__project__in=keys),
    )
    given: tuple[Iterable[Any] | None, ...] = (standing, planned, links)
    missing = [rows for rows, known in zip(lists, given, strict=True) if known is None]
    asked = iter(asked_together(*missing))
    standing, planned, links = (next(asked) if known is None else known for known in given)
    tasks = {task.pk: task for task in standing}
    rows = {row.task_id: row for row in planned}
    before, after = _neighbours(
        link for link in links if link.before_id in tasks and link.after_id in tasks
    )
    found = []
    for task in tasks.values():
        since = _since(task, before[task.pk], tasks)
        if since is not None:
            found.append(_one(task, since, _behind(task.pk, after, tasks), rows.get(task.pk)))
    return sorted(found, key=lambda one: (-len(one.holds_up), one.since, one.task.pk))


def _neighbours(
    links: Iterable[Precedence],
) -> tuple[dict[int, list[Precedence]], dict[int, list[int]]]:
    before: dict[int, list[Precedence]] = defaultdict(list)
    after: dict[int, list[int]] = defaultdict(list)
    for link in links:
        before[link.after_id].append(link)
        after[link.before_id].append(link.after_id)
    return before, after


def _since(task: Task, links: Iterable[Precedence], tasks: dict[int, Task]) -> date | None:
    """Since when the task could go on; ``None`` while it cannot, or is done."""
    if task.is_done:
        return None
    since = max(task.project.starts_on, task.not_before_on or date.min)
    for link in links:
        ahead = tasks[link.before_id]
        if link.link == Link.FINISH_START and ahead.finished_on:
            since = max(since, ahead.finished_on)
        elif link.link == Link.START_START and ahead.started_on:
            since = max(since, ahead.started_on)
        elif link.link in (Link.FINISH_START, Link.START_START) and not task.since_on:
            return None  # it waits for another one; once begun, whatever came first, it is awaited
    since = max(since, task.since_on or date.min)
    return since if since <= today() else None


def _behind(pk: int, after: dict[int, list[int]], tasks: dict[int, Task]) -> tuple[Task, ...]:
    seen: dict[int, None] = {}
    waiting = list(after[pk])
    while waiting:
        one = waiting.pop(0)
        if one not in seen and not tasks[one].is_done:
            seen[one] = None
            waiting += after[one]
    return tuple(tasks[one] for one in seen)


def _one(task: Task, since: date, behind: tuple[Task, ...], row: PlannedTask | None) -> Awaited:
    is_for_applicant = awaits_applicant(task)
    is_late = row is not None and row.finishes_on < today()
    late = working_days_between(row.finishes_on, today()) - 1 if row and is_late else 0
    return Awaited(
        task=task,
        organisation=task.project.owner if is_for_applicant else task.doer,
        since=since,
        waited_days=working_days_between(since + timedelta(days=1), today()),
        holds_up=behind,
        row=row,
        late_days=max(late, 0),
        is_for_applicant=is_for_applicant,
    )
