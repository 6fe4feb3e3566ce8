"""Places on a map: coloured and shaped by stage, with their outlines; and the same as GeoJSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from binglian.domain.heritage.models import Place
from binglian.domain.places.models import Boundary
from binglian.web.matters.map_content import short_name

State = Place.State
#: Shape and colour by stage; of matters' map, so that one legend is learnt once.
_LOOK = {
    State.SURVEYED: ("diamond", "#5b6b7b"),
    State.GRADED: ("square", "#1f4e8c"),
    State.PLANNED: ("triangle", "#5b3a8e"),
    State.WORKS: ("cross", "#8a4b08"),
    State.IN_USE: ("circle", "#2b6e3f"),
}


def looks() -> list[dict[str, str]]:
    """Label, shape and colour of every stage, for the legend and the island."""
    return [
        {"label": str(state.label), "shape": shape, "colour": colour}
        for state, (shape, colour) in _LOOK.items()
    ]


def map_content(
    places: Iterable[Place], boundaries: Iterable[Boundary], *, page: str
) -> dict[str, Any]:
    """The JSON of the island; ``page`` is the address of place 0."""
    order = [state.value for state in _LOOK]
    drawn = [place for place in places if place.longitude is not None]
    tiles = {"url": settings.TILES_URL, "attribution": settings.TILES_ATTRIBUTION}
    return {
        "kinds": looks(),
        "places": [
            [place.longitude, place.latitude, order.index(place.state), place.pk, place.name]
            for place in drawn
        ],
        "outlines": [_outline(place) for place in drawn if place.outline],
        "areas": [
            {
                "type": "Feature",
                "geometry": boundary.geometry,
                "properties": {
                    "name": short_name(boundary.area),
                    "isApproximate": boundary.is_approximate,
                },
            }
            for boundary in boundaries
        ],
        "row": "place",
        "page": page,
        "tiles": tiles if settings.TILES_URL else None,
        "words": {
            "zoomIn": _("放大"),
            "zoomOut": _("缩小"),
            "open": _("查看"),
            "several": _("这里有几处："),
        },
    }


def feature_collection(places: Iterable[Place], *, address: str) -> dict[str, Any]:
    """Public places as GeoJSON (RFC 7946, WGS-84); ``address`` of place 0 ends in ``0/``."""
    base = address.removesuffix("0/")
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": place.pk,
                "geometry": _geometry(place),
                "properties": {
                    "number": place.number,
                    "name": place.name_zh,
                    "name_en": place.name_en,
                    "kind": place.kind,
                    "grade": place.grade,
                    "state": place.state,
                    "address": place.address,
                    "built": place.built,
                    "intended_trade": place.intended_trade,
                    "actual_use": place.actual_use,
                    "rooms": place.units,
                    "vacant_rooms": place.vacant_units,
                    "url": f"{base}{place.pk}/",
                },
            }
            for place in places
        ],
    }


def stage_figures(places: QuerySet[Place]) -> list[tuple[str, str, int]]:
    """Code, label and number of places of every stage."""
    counted = dict(places.order_by().values_list("state").annotate(n=Count("pk")))
    return [(state.value, str(state.label), counted.get(state.value, 0)) for state in _LOOK]


def _geometry(place: Place) -> dict[str, Any] | None:
    if place.outline:
        return place.outline
    if place.longitude is None:
        return None
    return {"type": "Point", "coordinates": [place.longitude, place.latitude]}


def _outline(place: Place) -> dict[str, Any]:
    return {"type": "Feature", "geometry": place.outline, "properties": {}}
