"""Which area a place lies in, and which areas a map shows."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from django.db import connection
from django.db.models import Count, Max, Q, QuerySet

from binglian.geography.locating import Locator
from binglian.geography.outlines import from_geojson

from .models import Area, Boundary

#: The outlines last looked in, and what they were drawn from.
_drawn: tuple[tuple[object, ...], Locator] | None = None
_drawing = Lock()


def area_at(longitude: float, latitude: float, *, kind: str = Area.Kind.SUBDISTRICT) -> Area | None:
    """The area of that kind in which the place (WGS-84 degrees) lies; the narrowest of several.

    ``None`` where no boundary holds it: the place is outside, or in a gap between areas.
    """
    holding = _locator().holding(longitude, latitude)
    found = Area.objects.filter(kind=kind, is_retired=False).in_bulk(holding)
    return next((found[pk] for pk in holding if pk in found), None)


def areas_at(
    points: Sequence[tuple[float, float]], *, kind: str = Area.Kind.SUBDISTRICT
) -> list[Area | None]:
    """``area_at`` of many places in two queries: longitude and latitude of each."""
    areas = Area.objects.filter(kind=kind, is_retired=False, boundary__isnull=False).in_bulk()
    if not points or not areas:
        return [None] * len(points)
    keys = _locator().narrowest(
        [longitude for longitude, _latitude in points],
        [latitude for _longitude, latitude in points],
        among=areas.keys(),
    )
    return [areas[key] if key is not None else None for key in keys]


def subdistricts_around(area_id: int | None) -> QuerySet[Area]:
    """Sub-districts of the district that an area lies in; all of them where there is no area."""
    whole = Area.objects.filter(kind=Area.Kind.SUBDISTRICT, is_retired=False)
    if area_id is None:
        return whole
    above = Q(pk=area_id) | Q(parts=area_id) | Q(parts__parts=area_id)
    districts = Area.objects.filter(above, kind=Area.Kind.DISTRICT)
    return whole.filter(parent__in=districts)


def district_of(area: Area | None) -> Area | None:
    """The district that holds an area, or is it."""
    while area is not None and area.kind != Area.Kind.DISTRICT:
        area = area.parent
    return area


def boundaries_of(areas: QuerySet[Area]) -> QuerySet[Boundary]:
    """Their boundaries with the areas, one query."""
    return Boundary.objects.filter(area__in=areas).select_related("area").order_by("area__code")


def known_middles() -> dict[str, tuple[float, float]]:
    """Longitude and latitude of areas by name and by code, as far as they are known."""
    middles = {}
    for area in Area.objects.all():
        if area.longitude is not None and area.latitude is not None:
            middles[area.name] = middles[area.code or area.name] = area.longitude, area.latitude
    return middles


def _locator() -> Locator:
    """The outlines as they stand now; drawn anew only after one of them has changed."""
    global _drawn
    now = Boundary.objects.aggregate(Count("pk"), Max("pk"), Max("changed_at"))
    stamp = (connection.settings_dict["NAME"], *now.values())
    with _drawing:
        if _drawn is None or _drawn[0] != stamp:
            rows = Boundary.objects.values_list("area_id", "geometry")
            _drawn = stamp, Locator((key, from_geojson(geometry)) for key, geometry in rows)
        return _drawn[1]
