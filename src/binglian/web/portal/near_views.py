"""What goes on near somebody: one street's matters, projects, needs and places, and the map."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from binglian.domain.alliance.models import Alliance
from binglian.domain.coupling.models import Need
from binglian.domain.heritage.queries import public_places
from binglian.domain.matters.queries import public_matters
from binglian.domain.places.models import Area, Boundary
from binglian.domain.places.queries import areas_at
from binglian.domain.publishing.striking import without_personal
from binglian.web.matters.map_content import attributions, boundaries_for, map_content
from binglian.web.standing import same_for_all

from .work_views import open_needs, projects_with_progress

#: Rows of each list.
SHOWN = 8
#: What the map draws besides the list, at most of each kind.
MOST_DRAWN = 500
#: Places of about ten metres: somebody's matter or need may lie at somebody's door.
DECIMALS = 4


@require_safe
@login_not_required
@same_for_all
def near(request: HttpRequest, slug: str) -> HttpResponse:
    """``?area=`` the key of a sub-district; without one, the whole alliance."""
    portal = get_object_or_404(Alliance.objects.select_related("area"), slug=slug)
    boundaries = boundaries_for(portal)
    chosen = _chosen(request.GET.get("area", ""), boundaries)
    matters, projects, places, needs = (
        public_matters(portal).order_by("-pk"),
        projects_with_progress(portal),
        public_places(portal),
        list(open_needs(portal)[:MOST_DRAWN]),
    )
    content = _map(slug, boundaries, matters[:MOST_DRAWN], needs, places[:MOST_DRAWN])
    if chosen:
        area = chosen.area
        matters = matters.filter(area=area)
        projects = projects.filter(area=area)
        needs = _within(area, needs)
        places = places.filter(area=area)
    context = {
        "portal": portal,
        "section": "near",
        "boundaries": boundaries,
        "chosen": chosen,
        "matters": matters[:SHOWN],
        "projects": projects[:SHOWN],
        "needs": needs[:SHOWN],
        "places": places[:SHOWN],
        "map": content,
        "kinds": content["kinds"],
        "attributions": attributions(boundaries),
    }
    return render(request, "portal/near.html", context)


def _chosen(typed: str, boundaries: list[Boundary]) -> Boundary | None:
    return next((one for one in boundaries if str(one.area_id) == typed), None)


def _within(area: Area, needs: list[Need]) -> list[Need]:
    located = [
        ((one.longitude, one.latitude), one)
        for one in needs
        if one.longitude is not None and one.latitude is not None
    ]
    found = areas_at([point for point, _one in located])
    return [one for (_point, one), where in zip(located, found, strict=True) if where == area]


def _map(slug: str, boundaries: list[Boundary], *lists: Any) -> dict[str, Any]:
    """Matters, needs and places as three kinds of one map."""
    kinds = [
        (_("诉求"), "circle", "#8a4b08", f"/p/{slug}/matters/0/"),
        (_("需求"), "triangle", "#1f4e8c", f"/p/{slug}/needs/0/"),
        (_("里院"), "square", "#2b6e3f", f"/p/{slug}/places/0/"),
    ]
    content = map_content([], boundaries, page="", is_public=True)
    content["kinds"] = [
        {"label": label, "shape": shape, "colour": colour, "page": page}
        for label, shape, colour, page in kinds
    ]
    content["places"] = [
        [
            round(one.longitude, DECIMALS),
            round(one.latitude, DECIMALS),
            kind,
            one.pk,
            without_personal(str(one)),
        ]
        for kind, rows in enumerate(lists)
        for one in rows
        if one.longitude is not None and one.latitude is not None
    ]
    return content
