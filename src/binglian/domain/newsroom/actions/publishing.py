"""From approval to the public, and back from there."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.matters.redaction import refuse_certain
from binglian.domain.newsroom.models import Announcement
from binglian.domain.refusals import refuse_unless

from .steps import State, latest_version, locked, note, refuse_unless_in, tell

#: Public statements are reserved for the leads.
STATEMENT = "newsroom.statement"
_OUT = gettext_noop("公告“%(title)s”已发布。")
_REFUSED = gettext_noop("公开声明“%(title)s”未获牵头单位同意，已退回起草。")


def line_up(announcement: Announcement) -> None:
    """Approved by all who had to: into the queue, and out at once where its time has come."""
    announcement.state = State.QUEUED
    announcement.save(update_fields=["state"])
    note(announcement, "queued", None, goes_out_at=announcement.goes_out_at)
    if announcement.goes_out_at is None or announcement.goes_out_at <= now():
        _publish(announcement)


@transaction.atomic
def move_publication(
    *, announcement: Announcement, goes_out_at: datetime | None, by: User
) -> Announcement:
    """What waits in the queue goes out at another time; ``None`` is at once."""
    announcement = locked(announcement)
    require_permission(by, Permission.PUBLISH_NEWS, within=announcement.alliance)
    refuse_unless_in(announcement, State.QUEUED)
    change = {"goes_out_at": [announcement.goes_out_at, goes_out_at]}
    announcement.goes_out_at = goes_out_at
    announcement.save(update_fields=["goes_out_at"])
    note(announcement, "moved", by, **change)
    if goes_out_at is None or goes_out_at <= now():
        _publish(announcement)
    return announcement


def publish_due() -> int:
    """Publish what has come to its time; safe to run as often as wished. Returns how many."""
    due = Announcement.objects.filter(state=State.QUEUED, goes_out_at__lte=now())
    return sum(_publish_if_due(one) for one in due.order_by("goes_out_at", "pk"))


@transaction.atomic
def _publish_if_due(announcement: Announcement) -> bool:
    announcement = locked(announcement)
    goes_out_at = announcement.goes_out_at
    if announcement.state != State.QUEUED or goes_out_at is None or goes_out_at > now():
        return False  # moved or taken back since the list was read
    _publish(announcement)
    return True


def _publish(announcement: Announcement) -> None:
    version = latest_version(announcement)
    announcement.shown, announcement.state = version, State.PUBLISHED
    announcement.changed_at = now()
    announcement.published_at = announcement.published_at or announcement.changed_at
    announcement.goes_out_at = None
    announcement.save()
    note(announcement, "published", None, version=version.number)
    tell([version.written_by], announcement, "published", _OUT)


@transaction.atomic
def withdraw_announcement(*, announcement: Announcement, why: str, by: User) -> Announcement:
    """Take what is published away; the note stays at its address for whoever comes by a link.

    Raises
    ------
    PermissionDenied
        ``by`` does not publish here.
    ActionRefused
        It is not published; no note, or one with a personal number in it.
    """
    announcement = locked(announcement)
    require_permission(by, Permission.PUBLISH_NEWS, within=announcement.alliance)
    is_public = announcement.shown is not None and announcement.state != State.WITHDRAWN
    refuse_unless(is_public, _("只有已发布的公告可以撤回。"))
    why = why.strip()
    refuse_unless(why, _("请写撤回说明：它会留在原来的网址上。"))
    refuse_certain(why)
    announcement.state, announcement.goes_out_at = State.WITHDRAWN, None
    announcement.withdrawn_by, announcement.withdrawn_at = by, now()
    announcement.withdrawal_note = why
    announcement.changed_at = announcement.withdrawn_at
    announcement.save()
    note(announcement, "withdrawn", by, why=why)
    return announcement


@transaction.atomic
def put_out_statement(*, announcement_id: int) -> Announcement:
    """The leads have approved the statement."""
    announcement = locked(Announcement(pk=announcement_id))
    refuse_unless_in(announcement, State.ASKED)
    line_up(announcement)
    return announcement


@transaction.atomic
def send_back_statement(*, announcement_id: int) -> Announcement:
    """A lead has refused the statement: it is changed, reviewed and asked again, or dropped."""
    announcement = locked(Announcement(pk=announcement_id))
    refuse_unless_in(announcement, State.ASKED)
    announcement.state = State.DRAFT
    announcement.save(update_fields=["state"])
    note(announcement, "statement_refused", None)
    writer = latest_version(announcement).written_by
    tell([writer], announcement, "statement_refused", _REFUSED)
    return announcement
