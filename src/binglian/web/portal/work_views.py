"""What an alliance works on, as everybody sees it: projects, promises, needs, what was decided."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Case, Count, F, Q, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from binglian.domain.alliance.models import Alliance, today
from binglian.domain.alliance.publicness import Published
from binglian.domain.coupling.models import Commitment, Need
from binglian.domain.governance.queries import (
    public_decisions,
    public_resolutions,
    with_promises,
)
from binglian.domain.indicators.kept import kept
from binglian.domain.projects.models import Project, Task
from binglian.domain.projects.queries import awaited_in, public_projects
from binglian.domain.publishing.hidden import shown_commitments, shown_needs
from binglian.web.paging import page_of
from binglian.web.standing import same_for_all

State = Commitment.State
FAMILIES = {
    "overdue": _("逾期"),
    "open": _("正在兑现"),
    "delivered": _("待需求方评价"),
    "kept": _("已兑现"),
    "explained": _("未能兑现，已说明"),
}


@require_safe
@login_not_required
@same_for_all
def projects(request: HttpRequest, slug: str) -> HttpResponse:
    """Public projects: how far, until when, who is awaited."""
    portal = get_object_or_404(Alliance, slug=slug)
    context = page_of(request, projects_with_progress(portal))
    awaited: dict[int, Any] = {}
    for one in awaited_in(portal):
        awaited.setdefault(one.task.project_id, one)
    for row in context["rows"]:
        row.awaited = awaited.get(row.pk)
    context |= {"portal": portal, "section": "projects"}
    return render(request, "portal/projects.html", context)


def projects_with_progress(portal: Alliance) -> QuerySet[Project]:
    """Public projects, each with its progress; finished ones last."""
    unfinished_first = F("finished_on").asc(nulls_first=True)
    return (
        with_progress(public_projects()).filter(alliance=portal).order_by(unfinished_first, "-pk")
    )


def with_progress(projects: QuerySet[Project]) -> QuerySet[Any]:
    """Each with its ``total`` of tasks and those ``done``."""
    standing = Q(tasks__dropped_on=None)
    return projects.annotate(
        total=Count("tasks", filter=standing),
        done=Count("tasks", filter=standing & Q(tasks__state__in=Task.DONE)),
    )


@require_safe
@login_not_required
@same_for_all
def commitments(request: HttpRequest, slug: str) -> HttpResponse:
    """What was promised, by how it stands; ``?show=`` one of the families."""
    portal = get_object_or_404(Alliance, slug=slug)
    rows = shown_commitments(portal)
    families = commitment_families()
    counted = {name: Count("pk", filter=family) for name, family in families.items()}
    counts = kept(portal, "promises", make=lambda: rows.order_by().aggregate(**counted))
    first = next((name for name in families if counts[name]), "open")
    shown = request.GET.get("show", "")
    shown = shown if shown in families else first
    newest_first = shown in ("kept", "explained")
    order = "-due_on" if newest_first else "due_on"
    fitting = rows.filter(families[shown]).order_by(order, "pk")
    context = page_of(request, fitting, is_kept=True)
    context |= {
        "portal": portal,
        "section": "commitments",
        "is_published": portal.publishes(Published.COMMITMENTS),
        "families": [(name, label, counts[name]) for name, label in FAMILIES.items()],
        "shown": shown,
        "shown_label": FAMILIES[shown],
    }
    return render(request, "portal/commitments.html", context)


def commitment_families() -> dict[str, Q]:
    """How promises stand, in the order a visitor asks: late, running, to be judged, kept, not."""
    late = Q(state=State.ACCEPTED, due_on__lt=today())
    return {
        "overdue": late,
        "open": Q(state=State.ACCEPTED) & ~late,
        "delivered": Q(state=State.DELIVERED),
        "kept": Q(state=State.JUDGED),
        "explained": Q(state=State.EXPLAINED),
    }


@require_safe
@login_not_required
@same_for_all
def needs(request: HttpRequest, slug: str) -> HttpResponse:
    """Needs that anyone could answer, the urgent ones first."""
    portal = get_object_or_404(Alliance, slug=slug)
    met = shown_needs(portal).filter(state=Need.State.CLOSED)
    context = page_of(request, open_needs(portal), is_kept=True)
    context |= {
        "portal": portal,
        "section": "needs",
        "is_published": portal.publishes(Published.NEEDS),
        "met_count": kept(portal, "met needs", make=met.count),
    }
    return render(request, "portal/needs.html", context)


def open_needs(*portals: Alliance) -> QuerySet[Need]:
    """What is needed now and may be shown to everybody: urgent first, what is past its day last."""
    is_past = Case(When(deadline__lt=today(), then=1), default=0)
    urgent_first = Case(
        When(priority=Need.Priority.URGENT, then=0),
        When(priority=Need.Priority.IMPORTANT, then=1),
        default=2,
    )
    rows = shown_needs(*portals).filter(state=Need.State.OPEN)
    return rows.order_by(is_past, urgent_first, F("deadline").asc(nulls_last=True), "-pk")


@require_safe
@login_not_required
@same_for_all
def decisions(request: HttpRequest, slug: str) -> HttpResponse:
    """What both leads have put in force, and what meetings resolved."""
    portal = get_object_or_404(Alliance, slug=slug)
    context = page_of(request, public_decisions(portal))
    context |= {
        "portal": portal,
        "section": "decisions",
        "resolutions": with_promises(portal, public_resolutions(portal).order_by("-pk")[:50]),
        "is_published": portal.publishes(Published.DECISIONS)
        or portal.publishes(Published.RESOLUTIONS),
    }
    return render(request, "portal/decisions.html", context)
