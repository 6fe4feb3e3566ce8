"""Which areas hold a point: a tree of boxes first, prepared outlines for what is left."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np
import shapely
from numpy.typing import ArrayLike
from shapely.geometry import MultiPolygon


class Locator:
    """Outlines, each with the key one asks for; a point on a line belongs to both sides."""

    def __init__(self, outlines: Iterable[tuple[int, MultiPolygon]]) -> None:
        # The narrowest first, so that the first found is the one that says most.
        sorted_outlines = sorted(outlines, key=lambda pair: (pair[1].area, pair[0]))
        self._keys = [key for key, _shape in sorted_outlines]
        shapes = np.array([shape for _key, shape in sorted_outlines], dtype=object)
        shapely.prepare(shapes)
        self._tree = shapely.STRtree(shapes)

    def holding(self, longitude: float, latitude: float) -> list[int]:
        """Keys of the areas that hold the point, the narrowest first."""
        found = self._tree.query(shapely.Point(longitude, latitude), predicate="intersects")
        return [self._keys[place] for place in sorted(found.tolist())]

    def narrowest(
        self, longitudes: ArrayLike, latitudes: ArrayLike, *, among: Collection[int]
    ) -> list[int | None]:
        """For each of many points the key of the narrowest of these areas, or None."""
        points = shapely.points(np.asarray(longitudes, float), np.asarray(latitudes, float))
        of_points, places = self._tree.query(points, predicate="intersects")
        is_asked = np.array([key in among for key in self._keys], dtype=bool)[places]
        nowhere = len(self._keys)
        first = np.full(len(points), nowhere)
        np.minimum.at(first, of_points[is_asked], places[is_asked])
        return [self._keys[place] if place < nowhere else None for place in first.tolist()]
