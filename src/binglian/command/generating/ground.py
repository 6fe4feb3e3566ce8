"""The ground of the made-up city: districts side by side, each with its sub-districts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from binglian.domain.places.models import Area, Boundary
from binglian.geography.cells import cells
from binglian.geography.outlines import as_geojson, inner_point

from .rows import Rows

#: Longitude and latitude of the south-west corner, and how far apart districts lie, in degrees.
_CORNER, _STEP = (120.0, 36.0), (0.16, 0.12)
_ACROSS, SUBDISTRICTS, _MARGIN = 3, 20, 500.0
_NUMBERS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class District:
    """A district with the keys and the middles (n × 2, degrees) of its sub-districts."""

    key: int
    name: str
    parts: list[int]
    middles: np.ndarray


def lay_out(rows: Rows, n: int, drawn_at: datetime, chance: np.random.Generator) -> list[District]:
    """``n`` districts of twenty sub-districts, with their outlines."""
    districts = []
    for number in range(n):
        name = f"示例{_numeral(number)}区"
        key = rows.add(Area, name=name, name_en=f"Example District {number + 1}", kind="district")
        west = _CORNER[0] + (number % _ACROSS) * _STEP[0]
        south = _CORNER[1] + (number // _ACROSS) * _STEP[1]
        middles = _spread(chance) * (0.12, 0.09) + (west, south)
        outlines = cells([(x, y) for x, y in middles.tolist()], margin=_MARGIN)
        parts = []
        for part, outline in enumerate(outlines):
            longitude, latitude = inner_point(outline)
            area = rows.add(
                Area,
                name=f"{name}{_numeral(part)}街道",
                name_en=f"{number + 1}-{part + 1} Sub-district",
                kind="subdistrict",
                parent_id=key,
                longitude=longitude,
                latitude=latitude,
            )
            west_, south_, east_, north_ = outline.bounds
            rows.add(
                Boundary,
                area_id=area,
                geometry=as_geojson(outline),
                west=west_,
                south=south_,
                east=east_,
                north=north_,
                is_approximate=True,
                source="binglian generate",
                changed_at=drawn_at.astimezone(UTC),
            )
            parts.append(area)
        districts.append(District(key, name, parts, middles))
    return districts


def _spread(chance: np.random.Generator) -> np.ndarray:
    """Middles of sub-districts in the unit square: a grid of 5 × 4, shaken."""
    grid = np.stack(np.meshgrid(np.arange(5), np.arange(4)), axis=-1).reshape(-1, 2)
    return (grid + 0.5 + chance.uniform(-0.3, 0.3, (SUBDISTRICTS, 2))) / (5, 4)


def _numeral(number: int) -> str:
    """一, 二, … 十, 十一, … 二十 …, counted from 0."""
    tens, units = divmod(number + 1, 10)
    ten = ("" if tens < 2 else _NUMBERS[tens - 1]) + "十" if tens else ""
    return ten + (_NUMBERS[units - 1] if units else "")
