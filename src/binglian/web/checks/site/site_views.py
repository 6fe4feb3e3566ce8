"""A site at the desk: who builds it, and how the day was there."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from binglian.domain.alliance.models import Alliance, today
from binglian.domain.checks.actions import enter_team, name_unit
from binglian.domain.checks.queries import (
    plans_in_use,
    site_day,
    site_days,
    teams_reported_by,
    units_by_role,
)
from binglian.domain.projects.models import Project
from binglian.domain.projects.queries import projects_visible_to
from binglian.domain.refusals import ActionRefused
from binglian.web.access import alliance_or_404
from binglian.web.checks.books.access import keeps, require_keeping

from .site_forms import TeamForm, UnitForm


@require_safe
def sites(request: HttpRequest, slug: str) -> HttpResponse:
    """Sites under way, each with its day."""
    alliance = alliance_or_404(request, slug)
    under_way = projects_visible_to(request.user).filter(
        alliance=alliance, state__in=Project.UNDER_WAY
    )
    projects = list(under_way.prefetch_related(None).order_by("number"))
    days = site_days(projects, today())
    context = {
        "alliance": alliance,
        "section": "books",
        "rows": [(one, days[one.pk]) for one in projects],
    }
    return render(request, "checks/site/sites.html", context)


@require_safe
def site(request: HttpRequest, slug: str, project_pk: int) -> HttpResponse:
    """One site on one day: headcount, training, wages, and its units and teams."""
    alliance, project = site_or_404(request, slug, project_pk)
    on = _day_asked(request)
    day = site_day(project, on)
    context = {
        "alliance": alliance,
        "section": "books",
        "project": project,
        "day": day,
        "is_today": on == today(),
        "units": units_by_role(project),
        "may_report": {team.pk for team in teams_reported_by(request.user, project, on)},
        "keeps": keeps(request, project),
        "plans": plans_in_use(project),
    }
    return render(request, "checks/site/site.html", context)


def unit_new(request: HttpRequest, slug: str, project_pk: int) -> HttpResponse:
    """Name a member's part in the project."""
    alliance, project = site_or_404(request, slug, project_pk)
    require_keeping(request, project)
    form = UnitForm(request.POST or None, alliance=alliance)
    if request.method == "POST" and form.is_valid():
        try:
            unit = name_unit(project=project, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已登记：%(unit)s。") % {"unit": unit})
            return redirect("site:site", slug, project_pk)
    context = {
        "alliance": alliance,
        "section": "books",
        "project": project,
        "form": form,
        "title": _("登记参建单位"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "checks/site/site_form.html", context, status=status)


def team_new(request: HttpRequest, slug: str, project_pk: int) -> HttpResponse:
    """Enter a team: whose, how many, what for."""
    alliance, project = site_or_404(request, slug, project_pk)
    require_keeping(request, project)
    form = TeamForm(request.POST or None, project=project)
    if request.method == "POST" and form.is_valid():
        try:
            team = enter_team(project=project, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已登记队伍“%(team)s”。") % {"team": team})
            return redirect("site:site", slug, project_pk)
    context = {
        "alliance": alliance,
        "section": "books",
        "project": project,
        "form": form,
        "title": _("登记队伍"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "checks/site/site_form.html", context, status=status)


def site_or_404(request: HttpRequest, slug: str, project_pk: int) -> tuple[Alliance, Project]:
    alliance = alliance_or_404(request, slug)
    rows = projects_visible_to(request.user).filter(alliance=alliance)
    return alliance, get_object_or_404(rows.select_related("alliance", "owner"), pk=project_pk)


def _day_asked(request: HttpRequest) -> date:
    asked = request.GET.get("on", "")
    if not asked:
        return today()
    try:
        return min(date.fromisoformat(asked), today())
    except ValueError:
        raise Http404 from None
