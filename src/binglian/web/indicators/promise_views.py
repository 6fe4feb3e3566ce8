"""The figures of the five promises, and the records behind each."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.publicness import Published
from binglian.domain.indicators.figures import Case, Indicator, read
from binglian.domain.indicators.measures import BY_CODE
from binglian.domain.indicators.queries import history_of, public_readings, readings_of
from binglian.domain.indicators.records import Records
from binglian.web.access import alliance_or_404
from binglian.web.standing import same_for_all

from .bars import bars_of
from .span_form import SpanForm

#: Records listed on one page of an indicator.
MOST = 500


@require_safe
def promises(request: HttpRequest, slug: str) -> HttpResponse:
    """Every indicator with its numerator and denominator, by promise."""
    alliance = alliance_or_404(request, slug)
    span = SpanForm(request.GET, alliance)
    records = Records(alliance, span.instant)
    context = _frame(span) | {
        "alliance": alliance,
        "section": "promises",
        "promises": readings_of(records, span.chosen),
        "is_published": alliance.publishes(Published.FIGURES),
    }
    return render(request, "indicators/promises.html", context)


@require_safe
def indicator(request: HttpRequest, slug: str, indicator: str) -> HttpResponse:
    """One indicator: its months, and every record it is counted from."""
    alliance = alliance_or_404(request, slug)
    context = _one(request, alliance, indicator) | {"alliance": alliance, "section": "promises"}
    context["cases"] = context["reading"].cases[:MOST]
    context["base"] = f"/a/{slug}/"
    return render(request, "indicators/indicator.html", context)


@require_safe
@login_not_required
@same_for_all
def public_promises(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for everybody, where the alliance publishes it."""
    portal = get_object_or_404(Alliance, slug=slug)
    span = SpanForm(request.GET, portal)
    context = _frame(span) | {
        "portal": portal,
        "section": "promises",
        "promises": public_readings(portal, Records(portal, span.instant), span.chosen),
    }
    return render(request, "indicators/public_promises.html", context)


@require_safe
@login_not_required
@same_for_all
def public_indicator(request: HttpRequest, slug: str, indicator: str) -> HttpResponse:
    """One indicator with those of its records that are public anyway."""
    portal = get_object_or_404(Alliance, slug=slug)
    if not portal.publishes(Published.FIGURES):
        raise Http404
    context = _one(request, portal, indicator) | {"portal": portal, "section": "promises"}
    cases: tuple[Case, ...] = context["reading"].cases
    shown = [case for case in cases if case.is_public]
    context |= {"cases": shown[:MOST], "hidden": len(cases) - len(shown), "base": f"/p/{slug}/"}
    return render(request, "indicators/public_indicator.html", context)


def _frame(span: SpanForm) -> dict[str, Any]:
    return {"span": span, "period": span.chosen, "as_of": span.instant, "query": span.query}


def _one(request: HttpRequest, alliance: Alliance, code: str) -> dict[str, Any]:
    found: Indicator | None = BY_CODE.get(code)
    if found is None:
        raise Http404
    span = SpanForm(request.GET, alliance)
    records = Records(alliance, span.instant)
    until = min(span.chosen.last, records.on)
    history = history_of(found, records, until=until)
    return _frame(span) | {
        "indicator": found,
        "reading": read(found, records, span.chosen),
        "history": history[::-1],
        "bars": bars_of(history),
        "most": MOST,
    }
