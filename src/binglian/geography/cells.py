"""Rough outlines of areas of which only the middle is known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry import MultiPoint, MultiPolygon

from .coordinates import metres_per_degree
from .outlines import only_polygons


def cells(middles: Sequence[tuple[float, float]], *, margin: float) -> list[MultiPolygon]:
    """Give every middle the ground that is nearer to it than to the others (Voronoi cells).

    Parameters
    ----------
    middles
        Longitude and latitude in degrees, length n >= 3, no two alike.
    margin
        How far, in metres, the outermost cells reach beyond the hull of the middles.

    Returns
    -------
    list
        n outlines in the order of the middles; together they cover the widened hull once.
    """
    degrees = np.asarray(middles, dtype=np.float64)
    scale = np.array(metres_per_degree(float(degrees[:, 1].mean())))
    points = MultiPoint(degrees * scale)
    reach = points.convex_hull.buffer(margin, quad_segs=4)
    diagram = shapely.voronoi_polygons(points, extend_to=reach, ordered=True)
    clipped = [cell.intersection(reach) for cell in shapely.get_parts(diagram)]
    return [only_polygons(shapely.transform(cell, lambda xy: xy / scale)) for cell in clipped]
