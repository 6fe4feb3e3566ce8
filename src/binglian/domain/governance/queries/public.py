"""What everybody may see of decisions and meetings."""

from __future__ import annotations

from django.db.models import QuerySet

from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.publicness import Published
from binglian.domain.governance.models import Decision, Resolution

from .meetings import resolutions_of


def public_decisions(alliance: Alliance) -> QuerySet[Decision]:
    """What both leads have put in force, where the alliance publishes it."""
    if not alliance.publishes(Published.DECISIONS):
        return Decision.objects.none()
    in_force = alliance.decisions.filter(state=Decision.State.IN_FORCE)
    return in_force.select_related("alliance__lead_a", "alliance__lead_b").prefetch_related(
        "approvals"
    )


def public_resolutions(alliance: Alliance) -> QuerySet[Resolution]:
    """What meetings with confirmed minutes resolved, where the alliance publishes it."""
    if not alliance.publishes(Published.RESOLUTIONS):
        return Resolution.objects.none()
    return resolutions_of(alliance)
