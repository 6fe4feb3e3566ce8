"""How the desk's views find an announcement, and what the reader may do with it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.newsroom.models import Announcement
from binglian.domain.newsroom.queries import announcements_visible_to, may_write, writers_of
from binglian.web.access import alliance_or_404, may


def announcement_or_404(request: HttpRequest, slug: str, pk: int) -> tuple[Alliance, Announcement]:
    alliance = alliance_or_404(request, slug)
    visible = announcements_visible_to(request.user).filter(alliance=alliance)
    return alliance, get_object_or_404(visible, pk=pk)


@dataclass(frozen=True, slots=True)
class May:
    """Which buttons the page shows; the actions ask again."""

    edit: bool
    submit: bool
    review: bool
    #: It waits for review, and the reader wrote it.
    wrote: bool
    move: bool
    take_back: bool
    drop: bool
    withdraw: bool


def allowed_with(request: HttpRequest, announcement: Announcement) -> May:
    state, State = announcement.state, Announcement.State
    alliance = announcement.alliance
    writes = may_write(request.user, announcement)
    publishes = may(request, Permission.PUBLISH_NEWS, alliance)
    reviews = state == State.REVIEW and may(request, Permission.REVIEW_NEWS, alliance)
    wrote = reviews and request.user in writers_of(announcement)
    latest = announcement.latest
    is_new = latest is not None and latest.pk != announcement.shown_id
    is_refused = latest is not None and latest.is_approved is False
    return May(
        edit=writes and state in (State.DRAFT, State.PUBLISHED),
        submit=writes and state == State.DRAFT and is_new and not is_refused,
        review=reviews and not wrote,
        wrote=wrote,
        move=publishes and state == State.QUEUED,
        take_back=writes and state in (State.REVIEW, State.ASKED, State.QUEUED),
        drop=writes and state == State.DRAFT,
        withdraw=publishes and announcement.shown is not None and state != State.WITHDRAWN,
    )
