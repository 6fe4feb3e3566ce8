"""What every page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from binglian.domain.accounts.queries import unread_count
from binglian.domain.indicators.kept import kept_for
from binglian.domain.matters.queries import awaited_matters

from .access import alliances_of, decisions_of, seats_held


def desk(request: HttpRequest) -> dict[str, Any]:
    """The reader's alliances and waiting things; empty for somebody not signed in."""
    frame: dict[str, Any] = {
        "is_demo": settings.DEMO,
        "has_care_mode": getattr(request, "has_care_mode", False),
    }
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        frame |= {"my_alliances": alliances_of(request), "unread_count": unread_count(user)}
        frame |= _waiting(request)
    return frame


def _waiting(request: HttpRequest) -> dict[str, int]:
    """Decisions that wait for the reader, and matters in the alliance of the page's address."""
    match = request.resolver_match
    slug = match.kwargs.get("slug") if match else None
    alliance = next((one for one in alliances_of(request) if one.slug == slug), None)

    def counted() -> dict[str, int]:
        found = {"decisions_waiting": len(decisions_of(request))}
        if alliance is not None:
            waiting = awaited_matters(request.user, seats_held(request)).filter(alliance=alliance)
            found["matters_waiting"] = waiting.order_by().count()
        return found

    return kept_for(request.user, alliance and alliance.pk, make=counted)
