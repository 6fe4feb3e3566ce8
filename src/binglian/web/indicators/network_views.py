"""The collaboration network as a graph and as a table."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance, today
from binglian.domain.indicators.kept import kept
from binglian.domain.indicators.network import Joint, growth_of, joint_work, missing_links
from binglian.domain.indicators.periods import months_until
from binglian.domain.indicators.records import Records
from binglian.web.access import alliance_or_404, may

from .network_content import network_content
from .span_form import SpanForm

MONTHS = 12


@require_safe
def network(request: HttpRequest, slug: str) -> HttpResponse:
    """Who worked with whom, ties worth making, and how it grew."""
    alliance = alliance_or_404(request, slug)
    span = SpanForm(request.GET, alliance)
    records = Records(alliance, span.instant)
    joint = _joint(records)
    context = _content(request, span, records, joint) | {
        "alliance": alliance,
        "section": "network",
        "base": f"/a/{slug}/",
        "missing": kept(
            alliance,
            "missing links",
            span.instant.date() if span.is_past else "",
            make=lambda: missing_links(alliance, {one.ends for one in joint}, on=today()),
        ),
        "may_run": may(request, Permission.RUN_COUPLING, alliance),
    }
    return render(request, "indicators/network.html", context)


@require_safe
@login_not_required
def public_network(request: HttpRequest, slug: str) -> HttpResponse:
    """The same from what everybody may read anyway: commitments, matters, projects made public."""
    portal = get_object_or_404(Alliance, slug=slug)
    span = SpanForm(request.GET, portal)
    records = Records(portal, span.instant)
    joint = [one for one in _joint(records) if one.is_public]
    context = _content(request, span, records, joint) | {
        "portal": portal,
        "section": "network",
        "base": f"/p/{slug}/",
    }
    return render(request, "indicators/public_network.html", context)


def _joint(records: Records) -> list[Joint]:
    """Everything done together, as known at the instant asked for."""
    return kept(records.alliance, "joint", as_of=records.as_of, make=lambda: joint_work(records))


def _content(
    request: HttpRequest, span: SpanForm, records: Records, joint: list[Joint]
) -> dict[str, Any]:
    months = months_until(min(span.chosen.last, records.on), MONTHS)
    growth = growth_of(joint, records.members, months)
    return network_content(request, joint, span.chosen) | {
        "span": span,
        "period": span.chosen,
        "as_of": span.instant,
        "query": span.query,
        "growth": growth[::-1],
    }
