"""Matters on a map, and the same as lists: for the desk, and for everybody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from binglian.domain.alliance.models import Alliance
from binglian.domain.matters.models import Category, Matter
from binglian.domain.matters.queries import matters_visible_to, public_matters
from binglian.domain.places.models import Boundary
from binglian.web.access import alliance_or_404
from binglian.web.standing import same_for_all

from .map_content import (
    area_rows,
    attributions,
    boundaries_for,
    kind_choices,
    looks,
    map_content,
    spots_of,
    with_kind,
)

#: Rows of the table beside the map; all of them are in the list of matters.
LISTED = 20


class MapFilter(forms.Form):
    """Which matters to draw; what cannot be read narrows nothing."""

    category = forms.TypedChoiceField(
        label=_("诉求类别"), coerce=int, required=False, empty_value=None
    )
    kind = forms.TypedChoiceField(label=_("状态"), coerce=int, required=False, empty_value=None)
    area = forms.TypedChoiceField(
        label=pgettext_lazy("place", "街道"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, typed: Any, categories: list[Category], boundaries: list[Boundary]) -> None:
        super().__init__(typed)
        every = ("", _("全部"))
        kinds_of_matters = [(category.pk, str(category)) for category in categories]
        self.fields["category"].choices = [every, *kinds_of_matters]
        self.fields["kind"].choices = [every, *kind_choices()]
        areas = [(boundary.area_id, str(boundary.area)) for boundary in boundaries]
        self.fields["area"].choices = [every, *areas]
        self.is_valid()

    @property
    def wanted(self) -> dict[str, int]:
        """Conditions on fields of a matter."""
        return {name: value for name, value in self.cleaned_data.items() if value is not None}


@require_safe
def desk_map(request: HttpRequest, slug: str) -> HttpResponse:
    """Every matter the reader may see, on the map."""
    alliance = alliance_or_404(request, slug)
    visible = matters_visible_to(request.user).filter(alliance=alliance)
    context = _map_page(request, alliance, visible, is_public=False)
    context |= {"alliance": alliance, "section": "matters", "tab": "map"}
    return render(request, "matters/desk_map.html", context)


@require_safe
@login_not_required
@same_for_all
def public_map(request: HttpRequest, slug: str) -> HttpResponse:
    """Public matters on the map."""
    portal = get_object_or_404(Alliance, slug=slug)
    context = _map_page(request, portal, public_matters(portal), is_public=True)
    context |= {"portal": portal, "section": "map"}
    return render(request, "matters/public_map.html", context)


def _map_page(
    request: HttpRequest, alliance: Alliance, matters: QuerySet[Matter], *, is_public: bool
) -> dict[str, Any]:
    boundaries = boundaries_for(alliance)
    categories = list(alliance.matter_categories.filter(is_active=True))
    narrowing = MapFilter(request.GET, categories, boundaries)
    rows = with_kind(matters).filter(**narrowing.wanted)
    spots = spots_of(rows)
    base = f"/p/{alliance.slug}/matters/" if is_public else f"/a/{alliance.slug}/matters/"
    drawn = map_content(spots, boundaries, page=f"{base}0/", is_public=is_public)
    reader = "everybody" if is_public else f"user-{request.user.pk}"
    kept_as = f"{alliance.pk}:{reader}:{sorted(narrowing.wanted.items())}"
    by_area = area_rows(rows, spots, boundaries, kept_as=kept_as)
    areas = {boundary.area_id: boundary.area for boundary in boundaries}
    kinds = dict(kind_choices())
    names = {category.pk: category for category in categories}
    return {
        "filter": narrowing,
        "is_filtered": bool(narrowing.wanted),
        "map": drawn,
        "areas": by_area,
        "looks": looks(),
        "base": base,
        "attributions": attributions(boundaries),
        "is_approximate": any(boundary.is_approximate for boundary in boundaries),
        "undrawn": max(0, sum(row.total for row in by_area) - len(drawn["places"])),
        "rows": [
            {
                "spot": spot,
                "category": names.get(spot.category_id),
                "area": areas.get(spot.area_id),
                "kind": kinds[spot.kind],
            }
            for spot in spots[:LISTED]
        ],
        "has_more": len(spots) > LISTED,
    }
