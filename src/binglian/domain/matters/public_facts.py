"""Which fields of a public matter leave the platform."""

from __future__ import annotations

import re

from .models import Matter
from .redaction import personal_in

#: A single flat, or other ways to reach somebody.
_HOME = re.compile(r"\d{7,}|@|单元|\d\s*(室|户)|微信|电话|手机")


#: Ten metres: a street corner, not a doorbell.
PUBLIC_DECIMALS = 4


def public_degrees(degrees: float | None) -> float | None:
    """A longitude or latitude as coarse as everybody may know it."""
    return None if degrees is None else round(degrees, PUBLIC_DECIMALS)


def public_place(matter: Matter) -> str:
    """Where it is, in words for everybody.

    Nobody checks the lines of a place word by word, so a line that could tell who reported is left
    out; the sub-district says enough then.
    """
    lines = [
        line
        for line in (matter.courtyard, matter.address)
        if not (_HOME.search(line) or personal_in(line))
    ]
    return " ".join(part for part in (str(matter.area or ""), *lines) if part)
