"""Steps that several actions share, inside their transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.ledger.actions import record
from binglian.domain.newsroom.models import Announcement, AnnouncementVersion
from binglian.domain.refusals import found_or_refused, refuse_unless

State = Announcement.State


def locked(announcement: Announcement) -> Announcement:
    """The announcement as it is now, held until the transaction ends."""
    rows = Announcement.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("alliance", "organisation", "shown").get(pk=announcement.pk)


def require_writer(by: User, announcement: Announcement) -> None:
    seat = announcement.alliance.seat_of(announcement.organisation)
    require_permission(by, Permission.WRITE_NEWS, within=seat)


def latest_version(announcement: Announcement) -> AnnouncementVersion:
    return found_or_refused(announcement.latest, _("这则公告还没有内容。"))


def refuse_unless_in(announcement: Announcement, *states: str) -> None:
    refuse_unless(
        announcement.state in states,
        _("这则公告现在是“%(state)s”，不能这样办。") % {"state": announcement.get_state_display()},
    )


def note(announcement: Announcement, act: str, by: User | None, **change: Any) -> None:
    record(
        by,
        f"announcement.{act}",
        announcement,
        within=announcement.alliance,
        organisation=announcement.organisation,
        change=change,
    )


def tell(
    users: Iterable[User], announcement: Announcement, key: str, message: str, **facts: Any
) -> None:
    """Tell each of them once per ``key`` and version, with the desk's page of the announcement."""
    version = latest_version(announcement)
    notify(
        users,
        key=f"announcement:{announcement.pk}:{version.number}:{key}",
        message=message,
        facts={"title": version.title, **facts},
        url=f"/a/{announcement.alliance.slug}/news/{announcement.pk}/",
    )
