"""Promises and goods for everybody."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from binglian.domain.alliance.models import Alliance
from binglian.domain.checks.queries import public_donations, public_promises, totals_of
from binglian.domain.projects.queries import public_projects
from binglian.web.paging import page_of

MOST_LISTED = 1000


@require_safe
@login_not_required
def goods(request: HttpRequest, slug: str) -> HttpResponse:
    """Who gave what, where it went, what is left; the totals are those of the rows shown."""
    portal = get_object_or_404(Alliance, slug=slug)
    donations = public_donations(portal)
    asked = request.GET.get("project", "")[:9]
    shown = public_projects().filter(alliance=portal)
    project = shown.filter(pk=asked).first() if asked.isdecimal() else None
    if project:
        donations = donations.filter(project=project)
    rows = list(donations[:MOST_LISTED])
    standing = [row for row in rows if row.state == "published"]
    context = {
        "portal": portal,
        "section": "goods",
        "project": project,
        "donations": standing,
        "cancelled": [row for row in rows if row.state == "cancelled"],
        "totals": totals_of(standing),
    }
    return render(request, "checks/public_goods.html", context)


@require_safe
@login_not_required
def promises(request: HttpRequest, slug: str) -> HttpResponse:
    """Contracts whose parties have promised."""
    portal = get_object_or_404(Alliance, slug=slug)
    context = page_of(request, public_promises(portal)) | {
        "portal": portal,
        "section": "integrity",
    }
    return render(request, "checks/public_promises.html", context)


@require_safe
@login_not_required
def promise(request: HttpRequest, slug: str, promise_pk: int) -> HttpResponse:
    """One promise, word for word, with who signed when."""
    portal = get_object_or_404(Alliance, slug=slug)
    context = {
        "portal": portal,
        "section": "integrity",
        "promise": get_object_or_404(public_promises(portal), pk=promise_pk),
    }
    return render(request, "checks/public_promise.html", context)
