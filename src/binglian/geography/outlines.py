"""An area's outline, and what one asks of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, mapping, shape
from shapely.geometry.base import BaseGeometry

from .coordinates import metres_per_degree

#: Stored to this many decimals of a degree: a tenth of a metre.
DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Outline:
    """One area of a file: ``kind`` is district, subdistrict or community; WGS-84."""

    position: int
    name: str
    name_en: str
    code: str
    kind: str
    shape: MultiPolygon

    def __str__(self) -> str:
        return self.name


def square_metres(area: BaseGeometry) -> float:
    """Size on the ground, to about a thousandth for anything up to the size of a city."""
    if area.is_empty:
        return 0.0
    along, up = metres_per_degree(area.centroid.y)
    return float(area.area) * along * up


def inner_point(area: BaseGeometry) -> tuple[float, float]:
    """A point that lies in it: longitude, latitude."""
    point = area.representative_point()
    return round(float(point.x), DECIMALS), round(float(point.y), DECIMALS)


def only_polygons(geometry: BaseGeometry) -> MultiPolygon:
    """The polygons of a geometry, without lines and points."""
    parts = [part for part in shapely.get_parts(geometry) if part.area > 0]
    flat = [piece for part in parts for piece in getattr(part, "geoms", [part])]
    return MultiPolygon([piece for piece in flat if piece.geom_type == "Polygon"])


def as_geojson(outline: MultiPolygon) -> dict[str, Any]:
    """A GeoJSON MultiPolygon as RFC 7946 wants it: rings by the right hand, closed."""
    rounded = shapely.transform(outline, lambda xy: np.round(xy, DECIMALS))
    # A vertex moved by half a decimetre can touch another; then the unrounded one is kept.
    kept = rounded if rounded.is_valid else outline
    drawn = mapping(shapely.orient_polygons(kept))
    return {"type": "MultiPolygon", "coordinates": _as_lists(drawn["coordinates"])}


def from_geojson(geometry: dict[str, Any]) -> MultiPolygon:
    """What ``as_geojson`` wrote."""
    return shape(geometry)


def _as_lists(coordinates: Any) -> Any:
    if isinstance(coordinates, Sequence):
        return [_as_lists(inner) for inner in coordinates]
    return coordinates
