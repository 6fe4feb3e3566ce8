"""What comes next: the week ahead, and permits about to lapse."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from binglian.domain.alliance.models import Organisation, today
from binglian.domain.projects.models import Expiry, PlannedTask, Project, Task

WEEK = timedelta(days=7)
#: Days before a permit lapses on which it begins to show.
EXPIRES_SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class WeekAhead:
    """Tasks that by the current plans start, go on or finish in a week, in the order of time."""

    first: date
    last: date
    overdue: list[PlannedTask]
    to_start: list[PlannedTask]
    to_finish: list[PlannedTask]


def week_ahead(projects: QuerySet[Project], organisation: Organisation | None = None) -> WeekAhead:
    """The seven days from today in these projects, for one organisation or for all.

    Start from ``projects_visible_to(user)``.
    """
    return week_of(projects, today(), None if organisation is None else [organisation])


def week_of(
    projects: QuerySet[Project], first: date, doers: Collection[Organisation] | None = None
) -> WeekAhead:
    """The seven days from ``first`` in these projects, for some organisations or for all.

    ``overdue`` is what should have been finished before today and before these days.
    """
    last = first + WEEK - timedelta(days=1)
    rows = _planned(projects).exclude(task__state__in=Task.DONE)
    if doers is not None:
        nobody_named = Q(task__organisation=None, task__project__owner__in=doers)
        rows = rows.filter(Q(task__organisation__in=doers) | nobody_named)
    if first > today():
        late = rows.none()
    else:
        late = rows.filter(finishes_on__lt=today()).order_by("finishes_on", "pk")
    rows = rows.filter(finishes_on__gte=today())
    not_begun = rows.exclude(task__state__in=Task.BEGUN)
    return WeekAhead(
        first=first,
        last=last,
        overdue=list(late),
        to_start=list(
            not_begun.filter(starts_on__gte=first, starts_on__lte=last).order_by("starts_on", "pk")
        ),
        to_finish=list(
            rows.filter(finishes_on__gte=first, finishes_on__lte=last).order_by("finishes_on", "pk")
        ),
    )


def expiring_in(projects: Iterable[Project], within: timedelta = EXPIRES_SOON) -> QuerySet[Expiry]:
    """Permits of these projects that lapse soon, or have lapsed unused, the nearest first."""
    rows = Expiry.objects.filter(
        task__project__in=projects, settled_on=None, lapses_on__lte=today() + within
    )
    return rows.select_related("task__project__alliance", "task__project__owner")


def _planned(projects: QuerySet[Project]) -> QuerySet[PlannedTask]:
    under_way = projects.filter(state__in=Project.UNDER_WAY)
    rows = PlannedTask.objects.filter(plan__in=under_way.order_by().values("current"))
    return rows.select_related(
        "task__project__alliance", "task__project__owner", "task__organisation"
    )
