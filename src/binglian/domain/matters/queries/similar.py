"""Open matters about the same thing nearby, shown before another one is sent."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.db.models import Q

from binglian.domain.alliance.models import Alliance
from binglian.domain.matters.engine_adapter import Spot, likeness, metres_between
from binglian.domain.matters.models import Matter

from .visibility import public_matters

#: Looked at: the newest open ones within this distance.
_METRES, _MOST = 800, 200
_DEGREE_M = 111_195.0
#: Less alike than this is another thing.
LEAST_LIKENESS = 0.15


@dataclass(frozen=True, slots=True)
class Similar:
    """A public matter like the one being written; metres only where both places are known."""

    matter: Matter
    likeness: float
    metres: float | None


def similar_matters(
    alliance: Alliance,
    text: str,
    longitude: float | None = None,
    latitude: float | None = None,
    *,
    most: int = 3,
) -> list[Similar]:
    """Public open matters that may be the same, the most alike first."""
    here = Spot(text, longitude, latitude)
    nearby = public_matters(alliance).filter(state__in=Matter.OPEN)
    if longitude is not None and latitude is not None:
        up = _METRES / _DEGREE_M
        across = up / max(0.01, math.cos(math.radians(latitude)))
        nearby = nearby.filter(
            Q(longitude=None)
            | Q(longitude__range=(longitude - across, longitude + across))
            & Q(latitude__range=(latitude - up, latitude + up))
        )
    found = []
    for matter in nearby[:_MOST]:
        there = Spot(matter.public_text, matter.longitude, matter.latitude)
        alike = likeness(here, there)
        if alike >= LEAST_LIKENESS:
            found.append(Similar(matter, alike, metres_between(here, there)))
    return sorted(found, key=lambda one: -one.likeness)[:most]
