"""Bringing in what was told before it was entered here, with its own dates."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.newsroom.models import Announcement
from binglian.domain.refusals import refuse_unless

from .steps import locked, note

_OWN = ("entered_at", "published_at", "changed_at", "withdrawn_at")
_OF_VERSIONS = ("written_at", "submitted_at", "reviewed_at")


@transaction.atomic
def move_announcement_back(*, announcement: Announcement, days: int, by: User) -> Announcement:
    """Everything that happened to an announcement happened so many days earlier (补录).

    For what an alliance told elsewhere before it came here. When it is to go out stays as it is.
    The ledger keeps when this was done and by how much; only the platform's administrator may.
    """
    require_permission(by, Permission.MANAGE_PLATFORM, within=None)
    refuse_unless(days > 0, _("补录公告要写明早多少天。"))
    announcement = locked(announcement)
    span = timedelta(days=days)
    # Instants not known yet stay unknown: the database adds nothing to nothing.
    Announcement.objects.filter(pk=announcement.pk).update(**{n: F(n) - span for n in _OWN})
    announcement.versions.update(**{name: F(name) - span for name in _OF_VERSIONS})
    announcement.refresh_from_db()
    note(announcement, "moved_back", by, days=days)
    return announcement
