"""Who sees which announcement, who writes and who reviews."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission
from binglian.domain.accounts.roles import OF_AN_ORGANISATION, Role
from binglian.domain.alliance.models import Alliance, Organisation, seats_of
from binglian.domain.alliance.queries import admitted_organisations, people_with
from binglian.domain.newsroom.models import Announcement, NewsPicture

#: Whoever has one of these sees every announcement of the alliance.
_ALL = {Permission.REVIEW_NEWS, Permission.PUBLISH_NEWS}
_WITH = ("alliance", "organisation", "shown")


def announcements_visible_to(user: Any) -> QuerySet[Announcement]:
    """What is public, for everybody; drafts for those who write, review or publish them."""
    seen = Q(shown__isnull=False) | _with_drafts_for(user)
    return Announcement.objects.filter(seen).select_related(*_WITH)


def drafts_visible_to(user: Any) -> QuerySet[Announcement]:
    """Announcements of which the person may read every version, not only the one that is public."""
    return Announcement.objects.filter(_with_drafts_for(user)).select_related(*_WITH)


def sees_drafts(user: Any, announcement: Announcement) -> bool:
    """Whether the person may read every version, not only the one that is public."""
    return drafts_visible_to(user).filter(pk=announcement.pk).exists()


def pictures_visible_to(user: Any, alliance: Alliance) -> QuerySet[NewsPicture]:
    """Pictures of versions the person may read."""
    drafts = alliance.announcements.filter(_with_drafts_for(user)).order_by()
    seen = Q(announcement__in=drafts.values("pk")) | Q(
        pk__in=public_pictures(alliance).values("pk")
    )
    return NewsPicture.objects.filter(seen)


def _with_drafts_for(user: Any) -> Q:
    if not user.is_authenticated:
        return Q(pk__in=[])
    if Role.AUDITOR in user.platform_roles:
        return Q(pk__isnull=False)
    seen = Q(pk__in=[])
    for seat in seats_of(user):
        granted = Role(seat.role).permissions
        if granted & _ALL:
            seen |= Q(alliance=seat.alliance_id)
        elif Permission.WRITE_NEWS in granted and seat.organisation_id:
            seen |= Q(alliance=seat.alliance_id, organisation=seat.organisation_id)
    return seen


def public_announcements(alliance: Alliance | None = None) -> QuerySet[Announcement]:
    """What everybody may read, of one alliance or of all; of what is withdrawn, only the note."""
    rows = Announcement.objects.filter(shown__isnull=False).select_related(*_WITH)
    rows = rows.order_by("-published_at", "-id")
    return rows.filter(alliance=alliance) if alliance else rows


def standing_announcements(alliance: Alliance | None = None) -> QuerySet[Announcement]:
    """Those of them that are not withdrawn."""
    return public_announcements(alliance).exclude(state=Announcement.State.WITHDRAWN)


def public_pictures(alliance: Alliance) -> QuerySet[NewsPicture]:
    """Pictures in what everybody reads now; not those of other versions."""
    shown = standing_announcements(alliance).order_by().values("shown")
    return NewsPicture.objects.filter(illustrations__version__in=shown).distinct()


def has_to_do_with_drafts(role: Role) -> bool:
    """Whether the role is one for which :func:`drafts_visible_to` shows anything."""
    return role is Role.AUDITOR or bool(role.permissions & (_ALL | {Permission.WRITE_NEWS}))


def writes_for(user: User, alliance: Alliance) -> QuerySet[Organisation]:
    """The members in whose name the person writes."""
    members = admitted_organisations(alliance)
    held = alliance.seats_held(user)
    own = [role.value for role in OF_AN_ORGANISATION]
    roles = (Role(seat.role) for seat in held if seat.role not in own)
    if any(Permission.WRITE_NEWS in role.permissions for role in roles):
        return members
    granted = [value for value in own if Permission.WRITE_NEWS in Role(value).permissions]
    return members.filter(pk__in=[s.organisation_id for s in held if s.role in granted])


def may_write(user: User, announcement: Announcement) -> bool:
    seat = announcement.alliance.seat_of(announcement.organisation)
    return has_permission(user, Permission.WRITE_NEWS, within=seat)


def writers_of(announcement: Announcement) -> set[User]:
    """Who wrote what is not public yet: none of them may review it."""
    rows = announcement.versions.select_related("written_by")
    if announcement.shown:
        rows = rows.filter(number__gt=announcement.shown.number)
    return {version.written_by for version in rows}


def reviewers_of(announcement: Announcement) -> set[User]:
    """Who may review what is up for review."""
    roles = [role for role in Role if Permission.REVIEW_NEWS in role.permissions]
    return set(people_with(announcement.alliance, *roles)) - writers_of(announcement)
