"""Reads about clients."""

from __future__ import annotations

from django.db.models import QuerySet

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.queries import own_organisations
from binglian.domain.ledger.once.sealing import digest_of

from .models import ApiClient, Webhook


def clients_visible_to(user: User, alliance: Alliance | None) -> QuerySet[ApiClient]:
    """Clients of the alliance, or those of the whole platform, for who may manage them.

    A member's own are seen by its officers too.
    """
    permission = Permission.MANAGE_ALLIANCE if alliance else Permission.MANAGE_PLATFORM
    rows = ApiClient.objects.filter(alliance=alliance).select_related("alliance", "organisation")
    if has_permission(user, permission, within=alliance):
        return rows
    return (
        rows.filter(organisation__in=own_organisations(user, alliance)) if alliance else rows.none()
    )


def client_of_key(key: str) -> ApiClient | None:
    """The client in use whose key this is."""
    found = ApiClient.objects.filter(digest=digest_of(key), revoked_at=None)
    return found.select_related("alliance", "organisation", "made_by").first()


def alliances_open_to_clients() -> QuerySet[Alliance]:
    """Every alliance may be asked about; what of it may be read is public anyway."""
    return Alliance.objects.select_related("lead_a", "lead_b").order_by("slug")


def webhooks_visible_to(user: User, alliance: Alliance) -> QuerySet[Webhook]:
    """All of the alliance for who manages it; a member's own for its officers."""
    rows = alliance.webhooks.select_related("organisation", "alliance")
    if has_permission(user, Permission.MANAGE_ALLIANCE, within=alliance):
        return rows
    return rows.filter(organisation__in=own_organisations(user, alliance))
