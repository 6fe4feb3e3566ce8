"""What everybody may see of decisions and meetings."""

from __future__ import annotations

from django.db.models import QuerySet

from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.publicness import Published
from binglian.domain.alliance.queries import those_publishing
from binglian.domain.governance.models import Decision, Resolution

from .meetings import resolutions_of


def public_decisions(*alliances: Alliance) -> QuerySet[Decision]:
    """What both leads have put in force, where the alliance publishes it."""
    publishing = those_publishing(Published.DECISIONS, alliances)
    in_force = Decision.objects.filter(alliance__in=publishing, state=Decision.State.IN_FORCE)
    return in_force.select_related("alliance__lead_a", "alliance__lead_b").prefetch_related(
        "approvals"
    )


def public_resolutions(*alliances: Alliance) -> QuerySet[Resolution]:
    """What meetings with confirmed minutes resolved, where the alliance publishes it."""
    return resolutions_of(*those_publishing(Published.RESOLUTIONS, alliances))
