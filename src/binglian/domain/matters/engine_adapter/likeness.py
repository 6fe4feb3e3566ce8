"""How much two reports are alike: by what they say and by how near they are."""

from __future__ import annotations

import math
from dataclasses import dataclass

from binglian.engine.routing.terms import GROUPS, terms_of

_EARTH_M = 6_371_000
#: Metres at which nearness has halved.
_HALF_M = 300.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A text and where it is about, in WGS-84 degrees; no place counts as neither near nor far."""

    text: str
    longitude: float | None = None
    latitude: float | None = None


def likeness(one: Spot, other: Spot) -> float:
    """0 … 1: the share of terms in common (cosine of counts), halved every 300 m."""
    return _words_alike(one.text, other.text) * _nearness(one, other)


def metres_between(one: Spot, other: Spot) -> float | None:
    """Distance over ground, none where a place is unknown; flat-earth, fine within a city."""
    if one.longitude is None or one.latitude is None:
        return None
    if other.longitude is None or other.latitude is None:
        return None
    across = math.radians(other.longitude - one.longitude) * math.cos(math.radians(one.latitude))
    return _EARTH_M * math.hypot(across, math.radians(other.latitude - one.latitude))


def _words_alike(one: str, other: str) -> float:
    a, b = _words(one), _words(other)
    both = sum(n * b.get(word, 0) for word, n in a.items())
    size = math.sqrt(sum(n * n for n in a.values()) * sum(n * n for n in b.values()))
    return both / size if size else 0.0


def _words(text: str) -> dict[str, int]:
    """Counts of words of two characters and more."""
    counts = dict(zip(GROUPS, terms_of(text), strict=True))["words"]
    return {word: n for word, n in counts.items() if len(word) > 1}


def _nearness(one: Spot, other: Spot) -> float:
    metres = metres_between(one, other)
    return 0.5 if metres is None else 0.5 ** (metres / _HALF_M)
