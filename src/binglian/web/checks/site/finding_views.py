"""Findings at the desk: what waits, one finding on its way, trends."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.checks.actions import show_finding
from binglian.domain.checks.models import Finding, FindingPhoto, StopOrder
from binglian.domain.checks.queries import (
    awaiting_on_site,
    findings_visible_to,
    observations_to_look_at,
    trends,
)
from binglian.domain.checks.recusal import own_part_in
from binglian.domain.checks.sketches import map_sketch, plan_sketch
from binglian.domain.projects.models import Project
from binglian.domain.projects.queries import projects_visible_to
from binglian.domain.refusals import ActionRefused
from binglian.web.access import alliance_or_404, may
from binglian.web.matters.photo_answers import photo_answer
from binglian.web.paging import page_of

from .acts import ACTS, acts_for, inspects
from .forms import ActForm

State = Finding.State
TRENDS_BY = {
    "family": gettext_lazy("类别"),
    "place": gettext_lazy("部位"),
    "organisation": gettext_lazy("整改单位"),
}


@require_safe
def findings(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits for the reader; below it all findings, filtered by state."""
    alliance = alliance_or_404(request, slug)
    rows = findings_visible_to(request.user).filter(project__alliance=alliance)
    state = request.GET.get("state", "")
    if state in State.values:
        rows = rows.filter(state=state)
    may_inspect = may(request, Permission.INSPECT, alliance)
    sites = projects_visible_to(request.user).filter(alliance=alliance, state__in=Project.UNDER_WAY)
    context = page_of(request, rows) | {
        "alliance": alliance,
        "section": "books",
        "waiting": awaiting_on_site(request.user, alliance).order_by("due_on", "pk"),
        "sites": [one for one in sites.order_by("number") if not own_part_in(request.user, one)]
        if may_inspect
        else [],
        "observed": observations_to_look_at(request.user, alliance),
        "states": State.choices,
        "state": state,
    }
    return render(request, "checks/site/findings.html", context)


@require_safe
def finding_trends(request: HttpRequest, slug: str) -> HttpResponse:
    """What comes again and again, by month, in the order of names."""
    alliance = alliance_or_404(request, slug)
    by = request.GET.get("by", "family")
    if by not in TRENDS_BY:
        raise Http404
    context = {
        "alliance": alliance,
        "section": "books",
        "by": by,
        "ways": TRENDS_BY,
        "rows": trends(alliance, by),
    }
    return render(request, "checks/site/trends.html", context)


@require_safe
def finding(request: HttpRequest, slug: str, finding_pk: int) -> HttpResponse:
    """One finding: the five things, its way so far, and what the reader can do."""
    alliance, found = finding_or_404(request, slug, finding_pk)
    return _page(request, alliance, found)


@require_POST
def finding_act(request: HttpRequest, slug: str, finding_pk: int, step: str) -> HttpResponse:
    """Carry out one act; what is missing comes back with the page."""
    alliance, found = finding_or_404(request, slug, finding_pk)
    if step in ("show", "hide"):
        show_finding(finding=found, is_public=step == "show", by=request.user)
        return redirect("site:finding", slug, finding_pk)
    if step not in ACTS:
        raise Http404
    wanted = ACTS[step]
    order = _order_of(found)
    form = ActForm(
        request.POST,
        request.FILES,
        finding=found,
        wanted=wanted.fields,
        words=wanted.words,
        prefix=step,
    )
    if not form.is_valid():
        return _page(request, alliance, found, {step: form}, status=422)
    facts: dict[str, Any] = dict(form.cleaned_data)
    if "words" in facts:
        facts[wanted.words_as] = facts.pop("words")
    if wanted.on_order and order is None:
        raise ActionRefused(_("这个问题没有停工令。"))
    target = {"order": order} if wanted.on_order else {"finding": found}
    wanted.do(**target, **facts, by=request.user)
    messages.success(request, _("已记录：%(act)s。") % {"act": wanted.label})
    return redirect("site:finding", slug, finding_pk)


@require_safe
def photo(request: HttpRequest, slug: str, finding_pk: int, finding_photo_pk: int) -> HttpResponse:
    """A picture of one step, for members."""
    _alliance, found = finding_or_404(request, slug, finding_pk)
    picture = FindingPhoto.objects.filter(step__finding=found, pk=finding_photo_pk).first()
    return photo_answer(picture, is_public=False)


def _page(
    request: HttpRequest,
    alliance: Alliance,
    found: Finding,
    typed: dict[str, ActForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    order = _order_of(found)
    possible = [
        (
            code,
            act,
            (typed or {}).get(code)
            or ActForm(finding=found, wanted=act.fields, words=act.words, prefix=code),
        )
        for code, act in acts_for(request, found, order)
    ]
    pictures = Prefetch("photos", FindingPhoto.objects.defer("image"))
    context = {
        "alliance": alliance,
        "section": "books",
        "finding": found,
        "order": order,
        "steps": found.steps.select_related("by").prefetch_related(pictures),
        "acts": possible,
        "places": [one for one in (map_sketch(found), plan_sketch(found)) if one],
        "typed": typed or {},
        "may_inspect": inspects(request, found),
    }
    return render(request, "checks/site/finding.html", context, status=status)


def _order_of(found: Finding) -> StopOrder | None:
    standing = found.stop_orders.exclude(state=StopOrder.State.LIFTED)
    return standing.prefetch_related("tasks").first()


def finding_or_404(request: HttpRequest, slug: str, finding_pk: int) -> tuple[Alliance, Finding]:
    alliance = alliance_or_404(request, slug)
    rows = findings_visible_to(request.user).filter(project__alliance=alliance)
    return alliance, get_object_or_404(rows, pk=finding_pk)
