"""Findings: who sees which, what waits for whom, what everybody may read, and how they run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.queries import alliances_visible_to, own_organisations
from binglian.domain.checks.models import Family, Finding, StopOrder
from binglian.domain.projects.models import Project, Task
from binglian.domain.projects.queries import public_projects

_WITH = ("project__alliance", "project__owner", "organisation", "item")


def findings_visible_to(user: User) -> QuerySet[Finding]:
    """Findings on the sites of the alliances in which the person holds a seat."""
    rows = Finding.objects.filter(project__alliance__in=alliances_visible_to(user))
    return rows.select_related(*_WITH)


def public_findings(project: Project) -> QuerySet[Finding]:
    """What everybody may read of a public project: marked public by an inspector."""
    shown = project.findings.filter(is_public=True, project__in=public_projects())
    return shown.select_related("project", "organisation").prefetch_related("steps")


def awaiting_on_site(user: User, alliance: Alliance) -> QuerySet[Finding]:
    """What waits for this person: to put right for their organisation, or to look at again."""
    rows = findings_visible_to(user).filter(project__alliance=alliance)
    own = own_organisations(user, alliance)
    to_fix = Q(organisation__in=own, state__in=Finding.TO_FIX)
    if not has_permission(user, Permission.INSPECT, within=alliance):
        return rows.filter(to_fix)
    to_recheck = Q(state=Finding.State.REPORTED) & ~Q(issued_by=user) & ~Q(reported_by=user)
    to_consent = Q(stop_orders__state=StopOrder.State.ASKED) & ~Q(stop_orders__asked_by=user)
    return rows.filter(to_fix | to_recheck | to_consent).distinct()


def stop_orders_on(project: Project) -> QuerySet[StopOrder]:
    """Orders that hold work on the site now."""
    standing = StopOrder.objects.exclude(state=StopOrder.State.LIFTED)
    rows = standing.filter(finding__project=project)
    return rows.select_related("finding__project").prefetch_related("tasks")


def stop_order_over(task: Task) -> StopOrder | None:
    """The order that holds this task; approvals go on while work stands still."""
    rows = stop_orders_on(task.project)
    named = rows.filter(tasks=task)
    whole = rows.filter(tasks=None) if task.item_id is None else StopOrder.objects.none()
    return named.first() or whole.first()


@dataclass(frozen=True, slots=True)
class Trend:
    """How many findings of one kind came in a month, and how many of them are closed."""

    month: date
    of: str
    found: int
    closed: int
    again: int


def trends(alliance: Alliance, by: str) -> list[Trend]:
    """Findings by month and ``by`` («family», «place» or «organisation»), in the order of names.

    For learning where the same thing comes again, not for ranking anybody.
    """
    column = {"family": "family", "place": "place", "organisation": "organisation__name"}[by]
    rows = Finding.objects.filter(project__alliance=alliance).annotate(month=TruncMonth("found_at"))
    counted = rows.values("month", column).annotate(
        found=Count("pk"),
        closed=Count("pk", filter=Q(state=Finding.State.CLOSED)),
        again=Count("pk", filter=Q(times_reopened__gt=0)),
    )
    told = {str(value): str(label) for value, label in Family.choices} if by == "family" else {}
    return [
        Trend(
            month=row["month"].date(),
            of=told.get(row[column], row[column]),
            found=row["found"],
            closed=row["closed"],
            again=row["again"],
        )
        for row in counted.order_by("-month", column)
    ]
