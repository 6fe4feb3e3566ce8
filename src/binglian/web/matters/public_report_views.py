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
from binglian.domain.matters.diversions import hints_in
from binglian.domain.matters.models import Category, Matter
from binglian.domain.matters.photos import MOST_PHOTOS
from binglian.domain.matters.queries import (
    area_of,
    public_matters,
    similar_matters,
    suggest_category,
)

from .doubting import WORK_BITS, doubts_about, new_token
from .public_forms import ReportForm
from .report_islands import blurring_words, pin_map

#: Shorter texts say too little to suggest anything.
TELLING = 4


@login_not_required
@sensitive_post_parameters("name", "phone", "email")
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; with ``?join=``, about the matter that somebody else reported."""
    portal = get_object_or_404(Alliance, slug=slug)
    to = _joinable(portal, request.POST.get("join") or request.GET.get("join", ""))
    if request.method != "POST":
        return _form(request, portal, ReportForm(alliance=portal, to=to))
    if not consume(request, action="report_flood"):
        return render(request, "matters/too_many.html", {"portal": portal}, status=429)
    form = ReportForm(request.POST, request.FILES, alliance=portal, to=to)
    if not form.is_valid():
        return _form(request, portal, form, status=422)
    facts = form.facts()
    if to is None and "seen_similar" not in request.POST:
        similar = similar_matters(portal, facts.text, facts.longitude, facts.latitude)
        if similar:  # once, and whoever says «mine is another» is believed
            return _form(request, portal, form, status=422, similar=similar)
    doubts = doubts_about(request, facts.text)
    reported = report_by_public(alliance=portal, facts=facts, doubts=doubts, to=to)
    return redirect(reverse("public_matters:follow", args=[reported.token]) + "?new=1")


@login_not_required
@require_POST
def hints(request: HttpRequest, slug: str) -> HttpResponse:
    """While somebody writes: where else it may belong, which category, what is told already."""
    portal = get_object_or_404(Alliance, slug=slug)
    if not consume(request, action="report_hints"):
        return HttpResponse(status=204)
    form = ReportForm(request.POST, alliance=portal)
    form.is_valid()
    text = str(form.cleaned_data.get("text") or "").strip()
    at = form.cleaned_data.get("longitude"), form.cleaned_data.get("latitude")
    is_telling = len(text) >= TELLING
    context = _category(portal, form, text if is_telling else "")
    context |= {
        "portal": portal,
        "diversions": hints_in(text),
        "similar": similar_matters(portal, text, *at) if is_telling else [],
        "area": area_of(*at),
        "is_located": at[0] is not None,
    }
    return render(request, "matters/report_hints.html", context)


def _category(portal: Alliance, form: ReportForm, text: str) -> dict[str, Any]:
    """The suggested category is chosen until the reporter chooses another one."""
    chosen = form.cleaned_data.get("category")
    suggested_before = form.data.get("suggested", "")
    is_own_choice = chosen is not None and str(chosen.pk) != suggested_before
    suggestion = suggest_category(portal, text) if text and not is_own_choice else None
    if suggestion and not suggestion.is_sure:  # a person chooses
        suggestion = None
    best = chosen if is_own_choice else suggestion.category if suggestion else None
    shown = form
    if best != chosen:
        posted = form.data.copy()
        posted["category"] = str(best.pk) if best else ""
        shown = ReportForm(posted, alliance=portal)
    return {
        "form": shown,
        "suggestion": suggestion,
        "is_category_new": best != chosen,
        "are_questions_new": _key(best) != form.data.get("asked", ""),
        "asked": _key(best),
    }


def _key(category: Category | None) -> str:
    return str(category.pk) if category else ""


def _joinable(portal: Alliance, pk: str) -> Matter | None:
    """The public open matter that a report is to be joined to."""
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    return public_matters(portal).filter(pk=pk, state__in=Matter.OPEN).first()


def _form(
    request: HttpRequest, portal: Alliance, form: ReportForm, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "portal": portal,
        "section": "report",
        "form": form,
        "to": form.to,
        "token": new_token(),
        "work_bits": WORK_BITS,
        "most_photos": MOST_PHOTOS,
        "pin_map": pin_map(portal),
        "blurring_words": blurring_words(),
        "had_photos": bool(request.FILES),
        "diversions": hints_in(form.data.get("text", "")) if form.is_bound else [],
        **more,
    }
    return render(request, "matters/report.html", context, status=status)
