"""What every page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from binglian.domain.accounts.queries import unread_count
from binglian.domain.governance.queries import decisions_awaiting

from .access import alliances_of


def desk(request: HttpRequest) -> dict[str, Any]:
    """The reader's alliances and waiting things; empty for somebody not signed in."""
    frame: dict[str, Any] = {
        "is_demo": settings.DEMO,
        "has_large_type": getattr(request, "has_large_type", False),
    }
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        frame |= {
            "my_alliances": alliances_of(request),
            "unread_count": unread_count(user),
            "decisions_waiting": len(decisions_awaiting(user)),
        }
    return frame
