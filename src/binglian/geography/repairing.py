"""Rings that cross themselves or turn the wrong way are put right, and it is said which."""

from __future__ import annotations

import re

import shapely
from django.utils.translation import gettext as _
from shapely.geometry import MultiPolygon

from .features import Feature
from .findings import Finding, Severity
from .outlines import inner_point, only_polygons, square_metres

_LEAST = 1.0  # m²: less than this is no ground


def is_wound_wrongly(feature: Feature) -> bool:
    """Whether a ring turns against RFC 7946: outer ones counter-clockwise, holes clockwise."""
    return any(
        not polygon.exterior.is_ccw or any(hole.is_ccw for hole in polygon.interiors)
        for polygon in feature.rings
        if polygon.area > 0
    )


def mended(feature: Feature, shape: MultiPolygon) -> tuple[MultiPolygon, Finding | None]:
    """The outline as a valid one, wound as RFC 7946 wants it."""
    is_valid = shape.is_valid
    valid = shape if is_valid else shapely.make_valid(shape, method="structure")
    kept = shapely.orient_polygons(only_polygons(valid))
    if square_metres(kept) < _LEAST:
        message, remedy = _("边界没有围住任何地方。"), _("请重新绘制边界。")
        return kept, Finding(
            Severity.ERROR, "empty", message, remedy, feature.position, feature.name
        )
    if is_valid:
        return kept, None
    why = shapely.is_valid_reason(shape)
    return kept, Finding(
        Severity.WARNING,
        "repaired",
        _("边界有误（%(what)s），已修补，修补后 %(size)s 平方米。")
        % {"what": _reason(why), "size": f"{square_metres(kept):,.0f}"},
        _("请对照原图核对。"),
        feature.position,
        feature.name,
        at=_place(why) or inner_point(kept),
        square_metres=square_metres(kept),
    )


def _reason(why: str) -> str:
    """GEOS says it in English; the usual ones in our words."""
    if "Self-intersection" in why:
        return _("与自身相交")
    if "Hole" in why or "hole" in why:
        return _("洞的位置不对")
    return _("各部分重叠或相连")


def _place(why: str) -> tuple[float, float] | None:
    found = re.search(r"\[(-?[\d.]+) (-?[\d.]+)\]", why)
    return (round(float(found[1]), 6), round(float(found[2]), 6)) if found else None
