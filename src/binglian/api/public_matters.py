"""What of a public matter leaves the platform. Nothing else does."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from binglian.domain.matters.models import Matter, Photo, Reply


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


def photo_addresses(matter: Matter) -> list[str]:
    """Where the pictures are that somebody has looked at and made public."""
    public = [photo.pk for photo in matter.photos.all() if photo.is_public]
    where = [reverse("public_matters:photo", args=[matter.alliance.slug, pk]) for pk in public]
    return [settings.SITE_URL + path for path in where]
