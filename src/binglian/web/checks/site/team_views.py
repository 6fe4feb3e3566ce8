"""One team at the desk: its flag, its days, the day's report."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance, today
from binglian.domain.checks.actions import (
    award_flag,
    end_team,
    report_accident,
    report_day,
    revoke_flag,
    withdraw_accident,
)
from binglian.domain.checks.models import Accident, Team, TeamDay
from binglian.domain.checks.queries import bars_on_flag
from binglian.domain.projects.queries import projects_visible_to
from binglian.domain.refusals import ActionRefused
from binglian.web.access import alliance_or_404, may, may_for
from binglian.web.checks.books.access import keeps

from .field_views import kept_words, problems_of, wants_json
from .site_forms import AccidentForm, DayForm

#: Days shown on a team's page.
LATEST = 31


@require_safe
def team(request: HttpRequest, slug: str, team_pk: int) -> HttpResponse:
    """What is known of a team, and its latest days."""
    alliance, found = _team_or_404(request, slug, team_pk)
    reports = _reports(request, alliance, found)
    context = {
        "alliance": alliance,
        "section": "books",
        "team": found,
        "days": found.days.defer("board")[:LATEST],
        "keeps": keeps(request, found.project) and found.ended_on is None,
        "accidents": found.accidents.filter(withdrawn_at=None),
        "accident_form": AccidentForm() if reports or keeps(request, found.project) else None,
        "may_withdraw": may(request, Permission.PLAN_INSPECTIONS, alliance),
        "bars": bars_on_flag(found, today()) if found.flag != Team.Flag.NONE else [],
        "may_report": reports and found.ended_on is None,
    }
    return render(request, "checks/site/team.html", context)


@require_POST
def team_act(request: HttpRequest, slug: str, team_pk: int, team_act: str) -> HttpResponse:
    """Award or revoke its flag, or say that it has left."""
    _alliance, found = _team_or_404(request, slug, team_pk)
    words = request.POST.get("words", "")
    if team_act == "award":
        award_flag(team=found, award=words, by=request.user)
        messages.success(request, _("已记下授予。"))
    elif team_act == "revoke":
        revoke_flag(team=found, why=words, by=request.user)
        messages.success(request, _("旗帜已撤销，原因留在台账。"))
    elif team_act == "accident":
        form = AccidentForm(request.POST)
        if not form.is_valid():
            raise ActionRefused(_("请写哪天、发生了什么。"))
        report_accident(team=found, by=request.user, **form.cleaned_data)
        messages.success(request, _("已登记，监督部门、牵头单位和秘书处已收到通知。"))
    elif team_act == "end":
        end_team(team=found, by=request.user)
        messages.success(request, _("已登记退场。"))
    else:
        raise Http404
    return redirect("site:team", slug, team_pk)


@require_POST
def accident_withdraw(request: HttpRequest, slug: str, accident_pk: int) -> HttpResponse:
    """Entered wrongly: why; it bars nothing any more."""
    alliance = alliance_or_404(request, slug)
    sites = projects_visible_to(request.user).filter(alliance=alliance)
    found = get_object_or_404(Accident, pk=accident_pk, team__project__in=sites)
    withdraw_accident(accident=found, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("已撤回，记录和原因仍保留。"))
    return redirect("site:team", slug, found.team_id)


def day_report(request: HttpRequest, slug: str, team_pk: int) -> HttpResponse:
    """Report the day; the same day again is a correction. A script that sends what it kept asks
    for JSON."""
    alliance, found = _team_or_404(request, slug, team_pk)
    if not _reports(request, alliance, found):
        raise PermissionDenied(_("只有队伍所属单位的联络员可以上报。"))
    reported = found.days.filter(on=today()).defer("board").first()
    form = DayForm(
        request.POST or None,
        request.FILES or None,
        initial=_before(reported, found) | {"key": uuid4()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            day = report_day(team=found, by=request.user, **form.facts())
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            there = reverse("site:site", args=[slug, found.project_id])
            if wants_json(request):
                return JsonResponse({"number": str(day), "url": there})
            messages.success(request, _("已上报。填错了可以再报一次，以最后一次为准。"))
            return redirect(there)
    if request.method == "POST" and wants_json(request):
        return problems_of(form)
    context = {
        "alliance": alliance,
        "section": "books",
        "project": found.project,
        "form": form,
        "title": _("上报%(team)s的一天") % {"team": found},
        "kept": kept_words(request, sent=_("已上报：%s。")),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "checks/site/day_report.html", context, status=status)


@require_safe
def board(request: HttpRequest, slug: str, team_day_pk: int) -> HttpResponse:
    """The notice board as it hung that day, for members."""
    alliance = alliance_or_404(request, slug)
    sites = projects_visible_to(request.user).filter(alliance=alliance)
    day = get_object_or_404(TeamDay, pk=team_day_pk, team__project__in=sites)
    if not day.board:
        raise Http404
    headers = {"Cache-Control": "private, no-store"}
    return HttpResponse(bytes(day.board), day.board_type, headers=headers)


def _team_or_404(request: HttpRequest, slug: str, pk: int) -> tuple[Alliance, Team]:
    alliance = alliance_or_404(request, slug)
    sites = projects_visible_to(request.user).filter(alliance=alliance)
    rows = Team.objects.filter(project__in=sites)
    with_project = rows.select_related("project__alliance", "project__owner", "organisation")
    return alliance, get_object_or_404(with_project, pk=pk)


def _reports(request: HttpRequest, alliance: Alliance, found: Team) -> bool:
    return may_for(request, Permission.REPORT_FROM_SITE, alliance, found.organisation)


def _before(reported: TeamDay | None, found: Team) -> dict[str, Any]:
    """What was reported today is corrected; else the team's size is proposed."""
    if reported is None:
        return {"headcount": found.headcount}
    return {
        "headcount": reported.headcount,
        "trained": reported.trained,
        "owes_wages": "yes" if reported.owes_wages else "no",
    }
