"""What every page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from binglian.domain.indicators.kept import kept_for
from binglian.domain.matters.queries import awaited_matters

from .access import alliances_of, decisions_of, seats_held, waiting_facts


def desk(request: HttpRequest) -> dict[str, Any]:
    """The reader's alliances and waiting things; empty for somebody not signed in."""
    frame: dict[str, Any] = {
        "is_demo": settings.DEMO,
        "has_care_mode": getattr(request, "has_care_mode", False),
    }
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        frame["my_alliances"] = alliances_of(request)
        frame["unread_count"] = waiting_facts(request)["unread_count"]
        frame |= _waiting(request)
    return frame


def _waiting(request: HttpRequest) -> dict[str, int]:
    """Decisions that wait for the reader, and matters in the alliance of the page's address."""
    match = request.resolver_match
    slug = match.kwargs.get("slug") if match else None
    alliance = next((one for one in alliances_of(request) if one.slug == slug), None)
    if alliance is None:
        return {"decisions_waiting": len(decisions_of(request))}

    def counted() -> dict[str, int]:
        waiting = awaited_matters(request.user, seats_held(request)).filter(alliance=alliance)
        return {
            "decisions_waiting": len(decisions_of(request)),
            "matters_waiting": waiting.order_by().count(),
        }

    acts = waiting_facts(request)["acts"]
    return kept_for(request.user, alliance.pk, make=counted, acts=acts)
