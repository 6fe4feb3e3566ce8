"""Announcements: what everybody reads, and beside it what is being written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance
from binglian.domain.newsroom.markdown import plain_text_of
from binglian.domain.newsroom.models import Announcement, AnnouncementVersion
from binglian.domain.newsroom.queries import (
    announcements_visible_to,
    drafts_visible_to,
    standing_announcements,
)
from binglian.domain.search.source import Entry, Letter, Source, entry, some_of

_GONE = (Announcement.State.WITHDRAWN, Announcement.State.DROPPED)


def _of_announcement(row: Announcement) -> Iterator[Entry]:
    if row.shown and row.state != Announcement.State.WITHDRAWN:
        yield _of_version([Letter.DESK, Letter.PUBLIC], row, row.shown)
    latest = row.latest
    if latest and latest != row.shown and row.state not in _GONE:
        yield _of_version([Letter.DRAFTS], row, latest)


def _of_version(classes: list[Letter], row: Announcement, text: AnnouncementVersion) -> Entry:
    return entry(
        classes,
        text.title,
        row.published_at or row.entered_at,
        text.summary,
        plain_text_of(text.body),
        text.summary_en,
        plain_text_of(text.body_en),
        title_en=text.title_en,
    )


def _public(alliances: Sequence[Alliance]) -> QuerySet[Announcement]:
    return standing_announcements().filter(alliance__in=[one.pk for one in alliances])


ANNOUNCEMENTS = Source(
    kind="announcement",
    label=_("公告"),
    model=Announcement,
    rows=lambda: Announcement.objects.select_related("shown").prefetch_related("versions"),
    entries=_of_announcement,
    readable={
        Letter.DESK: some_of(announcements_visible_to),
        Letter.DRAFTS: some_of(drafts_visible_to),
    },
    public=_public,
    order="entered_at",
    desk_page="news/{}/",
    public_page="news/{}/",
    watches={AnnouncementVersion: lambda row: [row.announcement_id]},
)
