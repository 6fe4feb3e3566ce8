"""Open days as what lies ahead of the topics one can follow."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localtime

from binglian.domain.openness.topics import Day, Kind, Topic, add_source
from binglian.domain.together import Reader

from .models import OpenDay
from .queries import public_open_days


def follow_open_days() -> None:
    """Called once, when the app is ready."""
    add_source(days=_days)


def _days(topic: Topic, since: date) -> Reader[list[Day]]:
    if topic.kind not in (Kind.ALLIANCE, Kind.PROJECT):
        return []
    [rows] = yield (public_open_days(topic.alliance).filter(ends_at__date__gte=since),)
    return [
        Day(
            f"open-day-{row.pk}",
            localtime(row.starts_at),
            f"{row.project} · {row}",
            f"/p/{topic.alliance.slug}/open-days/{row.pk}/",
            ends=localtime(row.ends_at),
            where=row.meet_at,
            edition=row.edition,
            is_cancelled=row.state == OpenDay.State.CANCELLED,
        )
        for row in rows
        if topic.is_about(row.project)
    ]
