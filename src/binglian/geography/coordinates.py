"""Longitudes and latitudes of China's three systems, in degrees, and lengths in metres.

GCJ-02 is what maps sold in China must use: WGS-84 shifted by some hundreds of metres, differently
from place to place. BD-09 is Baidu's, shifted once more. The formulas are those that have been
public since 2010; their inverses have no closed form and are found by iteration. CGCS2000, the
national system of surveyors, differs from WGS-84 by centimetres and is taken as the same.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike, NDArray

#: Degrees, shape (n, 2): longitude, latitude.
Points = NDArray[np.float64]

# The Krasovsky ellipsoid, on which GCJ-02 is defined: semi-major axis in metres, eccentricity².
_AXIS = 6_378_245.0
_ECCENTRICITY = 0.006_693_421_622_965_943
_CLOSE = 1e-9  # degrees, a tenth of a millimetre
_MOST_ROUNDS = 30


class System(Enum):
    """A system of coordinates; the value is what one writes after ``--crs``."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


def from_wgs84(points: ArrayLike, system: System) -> Points:
    """Where the system puts points of WGS-84."""
    return _FORWARD[system](_as_points(points))


def to_wgs84(points: ArrayLike, system: System) -> Points:
    """Where points of the system really are, to less than a millimetre."""
    given = _as_points(points)
    if system is System.WGS84:
        return given
    forward, found = _FORWARD[system], given.copy()
    # The shift changes slowly from place to place, so what is left after a round shrinks fast.
    for _ in range(_MOST_ROUNDS):
        left = given - forward(found)
        found += left
        if not left.size or np.abs(left).max() < _CLOSE:
            break
    return found


def metres_per_degree(latitude: float) -> tuple[float, float]:
    """How long a degree of longitude and one of latitude are there, on the WGS-84 ellipsoid."""
    phi = np.radians(latitude)
    along = 111_412.84 * np.cos(phi) - 93.5 * np.cos(3 * phi) + 0.118 * np.cos(5 * phi)
    up = 111_132.92 - 559.82 * np.cos(2 * phi) + 1.175 * np.cos(4 * phi)
    return float(along), float(up)


def _as_points(points: ArrayLike) -> Points:
    return np.asarray(points, dtype=np.float64).reshape(-1, 2)


def _gcj02(points: Points) -> Points:
    longitude, latitude = points.T
    x, y = longitude - 105.0, latitude - 35.0
    waves = (20 * np.sin(6 * x * np.pi) + 20 * np.sin(2 * x * np.pi)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x**2 + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x)) + waves
    east += _swell(x, 20, 40, 1, 3) + _swell(x, 150, 300, 12, 30)
    north = -100 + 2 * x + 3 * y + 0.2 * y**2 + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x)) + waves
    north += _swell(y, 20, 40, 1, 3) + _swell(y, 160, 320, 12, 30)

    phi = np.radians(latitude)
    flattened = 1 - _ECCENTRICITY * np.sin(phi) ** 2
    metres_north = _AXIS * (1 - _ECCENTRICITY) / flattened**1.5
    metres_east = _AXIS / np.sqrt(flattened) * np.cos(phi)
    shift = np.degrees(np.column_stack([east / metres_east, north / metres_north]))
    return points + np.where(_is_shifted(points)[:, None], shift, 0.0)


def _swell(along: Points, first: float, second: float, short: int, long: int) -> Points:
    """Two slow waves of the shift, in metres."""
    waves = first * np.sin(along / short * np.pi) + second * np.sin(along / long * np.pi)
    return waves * 2 / 3


def _is_shifted(points: Points) -> NDArray[np.bool_]:
    """The published formula shifts only within this box around China."""
    longitude, latitude = points.T
    is_inside: NDArray[np.bool_] = (
        (longitude >= 72.004)
        & (longitude <= 137.8347)
        & (latitude >= 0.8293)
        & (latitude <= 55.8271)
    )
    return is_inside


def _bd09(points: Points) -> Points:
    x, y = _gcj02(points).T
    turn = np.pi * 3000 / 180
    radius = np.hypot(x, y) + 2e-5 * np.sin(y * turn)
    angle = np.arctan2(y, x) + 3e-6 * np.cos(x * turn)
    return np.column_stack([radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006])


_FORWARD: dict[System, Callable[[Points], Points]] = {
    System.WGS84: lambda points: points,
    System.GCJ02: _gcj02,
    System.BD09: _bd09,
}
