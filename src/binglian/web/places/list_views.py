"""The inventory: list, map, and the same as a spreadsheet."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.heritage.exports import places_sheet
from binglian.domain.heritage.imports.plan import with_names
from binglian.domain.heritage.models import Place
from binglian.domain.heritage.queries import applications_visible_to, places_visible_to
from binglian.web.access import alliance_or_404, may
from binglian.web.downloads import download
from binglian.web.matters.map_content import attributions, boundaries_for
from binglian.web.paging import page_of

from .forms import PlaceFilter
from .map_content import looks, map_content, stage_figures

#: Drawn at once; a district has some hundreds.
MOST_DRAWN = 2000


@require_safe
def places(request: HttpRequest, slug: str) -> HttpResponse:
    """Every place of the alliance, as a list and on a map."""
    alliance = alliance_or_404(request, slug)
    rows = places_visible_to(request.user).filter(alliance=alliance)
    waiting = applications_visible_to(request.user, alliance).filter(state="received")
    context = places_context(request, alliance, rows, page=f"/a/{slug}/places/0/") | {
        "alliance": alliance,
        "section": "places",
        "may_keep": may(request, Permission.KEEP_PLACES, alliance),
        "applications_waiting": waiting.count(),
    }
    return render(request, "places/places.html", context)


@require_safe
def places_export(request: HttpRequest, slug: str) -> HttpResponse:
    """The places on the reader's screen, in the template's columns."""
    alliance = alliance_or_404(request, slug)
    rows = PlaceFilter(request.GET).narrow(
        places_visible_to(request.user).filter(alliance=alliance)
    )
    sheet = places_sheet(with_names(rows), request.LANGUAGE_CODE)
    return download(sheet, f"{alliance}-{_('里院和历史建筑')}", request.GET.get("format", ""))


def places_context(
    request: HttpRequest, alliance: Alliance, rows: QuerySet[Place], *, page: str
) -> dict[str, Any]:
    """A narrowed page of places with its map and figures; the desk's and everybody's."""
    narrowing = PlaceFilter(request.GET)
    narrowed = narrowing.narrow(rows)
    boundaries = boundaries_for(alliance)
    counted = rows.aggregate(units=Sum("units"), vacant=Sum("vacant_units"))
    drawn = narrowed.filter(longitude__isnull=False).defer("history", "history_en", "key_parts")
    return page_of(request, narrowed) | {
        "filter": narrowing,
        "is_filtered": narrowing.is_used,
        "map": map_content(drawn[:MOST_DRAWN], boundaries, page=page),
        "attributions": attributions(boundaries),
        "is_approximate": any(boundary.is_approximate for boundary in boundaries),
        "looks": looks(),
        "stages": stage_figures(rows),
        "units": counted["units"] or 0,
        "vacant": counted["vacant"] or 0,
    }
