"""The plan page: chart and table, versions and what differs, adopting one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.governance.models import Decision
from binglian.domain.governance.queries import open_decision
from binglian.domain.projects.actions import ask_baseline, make_current
from binglian.domain.projects.actions.adoption import BASELINE
from binglian.domain.projects.models import Plan, PlannedTask, Project
from binglian.domain.projects.queries import (
    Difference,
    Moved,
    awaited_in,
    awaited_of,
    difference,
    links_of,
    plans_visible_to,
    projects_visible_to,
    rows_by_plan,
)
from binglian.web.access import alliance_or_404, may
from binglian.web.paging import page_of

from .access import may_edit, plan_or_404, project_or_404
from .chart import chart_of

#: Rows of the table on one page; the chart shows all.
TABLE_ROWS = 200


@require_safe
def current(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The version worked by; without one, how to come to it."""
    _alliance, found = project_or_404(request, slug, pk)
    if found.current_id:
        return redirect("projects:plan_version", slug, pk, found.current_id)
    return redirect("projects:project", slug, pk)


@require_safe
def version(request: HttpRequest, slug: str, pk: int, plan_pk: int) -> HttpResponse:
    """One version: its chart and table, what differs from the one worked by, its fate."""
    alliance = alliance_or_404(request, slug)
    versions = _versions_of(request, alliance, pk)
    plan = next((one for one in versions if one.pk == plan_pk), None)
    if plan is None:
        raise Http404
    found, against = plan.project, _against(request, versions, plan)
    baseline = found.baseline if found.baseline != plan else None
    shown = {one for one in (plan, against, baseline, found.current) if one}
    by_plan, links = rows_by_plan(shown), links_of(found)
    rows = by_plan[plan]
    awaited = awaited_of(found, rows=by_plan[found.current] if found.current else (), links=links)
    context = page_of(request, rows, TABLE_ROWS)
    context |= {
        "alliance": alliance,
        "section": "projects",
        "project": found,
        "plan": plan,
        "is_current": plan == found.current,
        "is_baseline": plan.pk == found.baseline_id,
        "chart": chart_of(
            rows,
            awaited=awaited,
            baseline=by_plan[baseline] if baseline else (),
            movable=may_edit(request, found) and found.is_open and plan == versions[0],
            links=links,
        ),
        "critical": [row for row in rows if row.is_critical],
        "versions": versions,
        "against": against,
        "changes": moves_by_office(difference(against, plan, by_plan)) if against else None,
        "decision": open_decision(alliance, BASELINE, plan.pk),
        "may_edit": may_edit(request, found) and found.is_open,
    }
    return render(request, "projects/plan.html", context)


@require_safe
def portfolio(request: HttpRequest, slug: str) -> HttpResponse:
    """All projects under way in one chart, by project or by organisation."""
    alliance = alliance_or_404(request, slug)
    shown = projects_visible_to(request.user).filter(alliance=alliance, state__in=Project.OPEN)
    rows = (
        PlannedTask.objects.filter(plan__in=shown.order_by().values("current"))
        .select_related(
            "task__organisation", "task__item", "task__project__alliance", "task__project__owner"
        )
        .order_by("task__project", "starts_on", "task")
    )
    context = page_of(request, rows, TABLE_ROWS) | {
        "alliance": alliance,
        "section": "projects",
        "chart": chart_of(list(rows), awaited=awaited_in(alliance), by_project=True),
        "may_manage": may(request, Permission.MANAGE_PROJECTS, alliance),
    }
    return render(request, "projects/portfolio.html", context)


@require_POST
def adopt(request: HttpRequest, slug: str, pk: int, plan_pk: int) -> HttpResponse:
    """Work by this version from now on."""
    _alliance, found = project_or_404(request, slug, pk, to_edit=True)
    plan = plan_or_404(request, found, plan_pk)
    make_current(plan=plan, by=request.user)
    messages.success(request, _("现在按%(plan)s推进。") % {"plan": plan})
    return redirect("projects:plan_version", slug, pk, plan_pk)


@require_POST
def baseline(request: HttpRequest, slug: str, pk: int, plan_pk: int) -> HttpResponse:
    """Make this version the baseline; where the leads reserved it, they decide."""
    _alliance, found = project_or_404(request, slug, pk, to_edit=True)
    asked = ask_baseline(plan=plan_or_404(request, found, plan_pk), by=request.user)
    if asked.state == Decision.State.ASKED:
        messages.success(request, _("已提请两个牵头单位审定；都同意后成为基准计划。"))
    else:
        messages.success(request, _("这一版已成为基准计划。"))
    return redirect("projects:plan_version", slug, pk, plan_pk)


def moves_by_office(found: Difference) -> dict[str, Any]:
    """Who must move by how much, grouped by who does it."""
    by_office: dict[Organisation, list[Moved]] = {}
    for move in found.moved:
        by_office.setdefault(move.after.task.doer, []).append(move)
    return {"difference": found, "by_office": list(by_office.items())}


def _versions_of(request: HttpRequest, alliance: Alliance, project_pk: int) -> list[Plan]:
    """All plans of a project, the newest first, with what is worked by and the baseline."""
    plans = plans_visible_to(request.user).filter(project=project_pk, project__alliance=alliance)
    return list(plans.select_related("project__current", "project__baseline"))


def _against(request: HttpRequest, versions: list[Plan], plan: Plan) -> Plan | None:
    """The version to compare with: the one asked for, else the one this was to replace."""
    typed = request.GET.get("against", "")
    if typed == "none":
        return None
    if typed.isascii() and typed.isdigit() and len(typed) < 19:
        return next((one for one in versions if one.pk == int(typed)), None)
    current = plan.project.current
    return current if current and plan != current else None
