"""Which fields of a public matter leave the platform."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Literal

from django.db.models import Prefetch, QuerySet

from .models import Matter, Photo, Reply
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


def with_what_is_told(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """Everything told of a matter, in a fixed number of queries."""
    photos = Photo.objects.defer("image")
    return rows.prefetch_related("replies", Prefetch("photos", photos))


def status_of(matter: Matter) -> Literal["open", "closed"]:
    """Open until it is answered or led elsewhere."""
    return "open" if matter.is_open else "closed"


def answer_to(matter: Matter) -> str | None:
    """The public part of the last answer that counts: «unreasonable» once a second one agreed."""
    counting = [
        reply
        for reply in matter.replies.all()
        if reply.outcome != Reply.Outcome.UNREASONABLE or reply.is_confirmed
    ]
    return counting[-1].public_text if counting else None


def changed_at(matter: Matter) -> datetime:
    """When it last changed; for what is closed, when it was closed."""
    if matter.is_open:
        return matter.changed_at
    return matter.closed_at or matter.replied_at or matter.changed_at
