"""In which system a file's coordinates are: told by how far they lie from where they should."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .coordinates import Points, System, metres_per_degree, to_wgs84

_FEWEST = 3  # places that must be known
_AGREES = 2.0  # how many times nearer than the next best reading
_PLAUSIBLE = 400.0  # metres: middles of areas are known to about 100 m


@dataclass(frozen=True, slots=True)
class Recognition:
    """How far, in metres, the file lies off when read in each system; ``system`` if one fits."""

    metres: dict[System, float]
    known: int
    system: System | None


def recognise(
    written: Sequence[tuple[float, float]], known: Sequence[tuple[float, float]]
) -> Recognition:
    """Compare middles of areas as the file has them with where they are known to be (WGS-84).

    A single middle may be known badly; what all have in common, the median of their shifts, is
    the system's. One fits when it is clearly nearer than the two others.
    """
    if len(written) < _FEWEST:
        return Recognition({}, len(written), None)
    expected = np.asarray(known, dtype=np.float64)
    metres = {system: _shift(to_wgs84(written, system), expected) for system in System}
    best, second, _third = sorted(System, key=metres.__getitem__)
    is_clear = metres[best] <= _PLAUSIBLE and metres[best] * _AGREES <= metres[second]
    return Recognition(metres, len(written), best if is_clear else None)


def _shift(found: Points, expected: Points) -> float:
    along, up = metres_per_degree(float(np.median(expected[:, 1])))
    east, north = np.median(found - expected, axis=0) * (along, up)
    return float(np.hypot(east, north))
