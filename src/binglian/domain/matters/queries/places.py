"""Where a matter is."""

from __future__ import annotations

from binglian.domain.matters.engine_adapter import Spot, metres_between
from binglian.domain.places.models import Area, Boundary
from binglian.domain.places.queries import area_at


def area_of(longitude: float | None, latitude: float | None) -> Area | None:
    """The sub-district a point lies in; the nearest by its centre where there are no outlines."""
    if longitude is None or latitude is None:
        return None
    if Boundary.objects.exists():
        return area_at(longitude, latitude)
    metres = {
        area: metres_between(Spot("", longitude, latitude), Spot("", area.longitude, area.latitude))
        for area in Area.objects.filter(kind=Area.Kind.SUBDISTRICT)
    }
    known = {area: far for area, far in metres.items() if far is not None}
    return min(known, key=known.__getitem__, default=None)
