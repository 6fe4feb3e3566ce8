"""Anybody reports something: one page, no account, no cookie of ours but the form's own."""

from __future__ import annotations

from typing import Any

from allauth.core.ratelimit import consume
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from binglian.domain.alliance.models import Alliance
from binglian.domain.matters.actions import report_by_public

from .doubting import WORK_BITS, doubts_about, new_token
from .public_forms import ReportForm
from .report_parts import hints_for, joinable, parts_of, similar_to


@login_not_required
@sensitive_post_parameters("name", "phone", "email")
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; with ``?join=``, about the matter that somebody else reported."""
    portal = get_object_or_404(Alliance, slug=slug)
    to = joinable(request, portal)
    if request.method != "POST":
        return _form(request, ReportForm(alliance=portal, to=to))
    if not consume(request, action="report_flood"):
        return render(request, "matters/too_many.html", {"portal": portal}, status=429)
    form = ReportForm(request.POST, request.FILES, alliance=portal, to=to)
    if not form.is_valid():
        return _form(request, form, status=422)
    similar = similar_to(form)
    if similar:
        return _form(request, form, status=422, similar=similar)
    facts = form.facts()
    doubts = doubts_about(request, facts.text)
    reported = report_by_public(alliance=portal, facts=facts, doubts=doubts, to=to)
    return redirect(reverse("public_matters:follow", args=[reported.token]) + "?new=1")


@login_not_required
@require_POST
def hints(request: HttpRequest, slug: str) -> HttpResponse:
    """What the page says while somebody writes."""
    portal = get_object_or_404(Alliance, slug=slug)
    if not consume(request, action="report_hints"):
        return HttpResponse(status=204)
    context = hints_for(ReportForm(request.POST, alliance=portal))
    return render(request, "matters/report_hints.html", context)


def _form(request: HttpRequest, form: ReportForm, status: int = 200, **more: Any) -> HttpResponse:
    context = parts_of(request, form) | {
        "portal": form.alliance,
        "section": "report",
        "hints_url": reverse("public_matters:hints", args=[form.alliance.slug]),
        "token": new_token(),
        "work_bits": WORK_BITS,
        **more,
    }
    return render(request, "matters/report.html", context, status=status)
