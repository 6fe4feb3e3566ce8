"""Announcements as news of the topics one can follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from binglian.domain.openness.topics import MOST_ENTRIES, Entry, Kind, Topic, add_source

from .queries import standing_announcements


def follow_announcements() -> None:
    """Called once, when the app is ready."""
    add_source(entries=_entries)


def _entries(topic: Topic, since: datetime | None) -> Iterator[Entry]:
    if topic.kind not in (Kind.ALLIANCE, Kind.NEWS):
        return
    rows = standing_announcements(topic.alliance).order_by("-changed_at", "-pk")
    for row in (rows.filter(changed_at__gt=since) if since else rows)[:MOST_ENTRIES]:
        if row.shown and row.changed_at:
            title, text = row.shown.in_language("title"), row.shown.in_language("summary")
            yield Entry(f"news-{row.pk}", row.changed_at, title, row.path, text)
