"""How views find what they show: visible to the reader, or 404; permitted, or 403."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from binglian.domain.accounts.permissions import Permission, has_permission, require_permission
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import alliances_visible_to


def alliance_or_404(
    request: HttpRequest, slug: str, permission: Permission | None = None
) -> Alliance:
    """The alliance of a page's address; with ``permission``, only for those who hold it."""
    alliance = get_object_or_404(alliances_visible_to(request.user), slug=slug)
    if permission is not None:
        require_permission(request.user, permission, within=alliance)
    return alliance


def may(request: HttpRequest, permission: Permission, alliance: Alliance) -> bool:
    """Whether to show the button; the action asks again."""
    return has_permission(request.user, permission, within=alliance)


def may_for(
    request: HttpRequest, permission: Permission, alliance: Alliance, organisation: Organisation
) -> bool:
    return has_permission(request.user, permission, within=alliance.seat_of(organisation))
