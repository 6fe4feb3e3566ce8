"""What everybody may see of the lists: what the alliance publishes, and of that what is settled."""

from __future__ import annotations

from django.db.models import QuerySet

from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.publicness import Published
from binglian.domain.alliance.queries import those_publishing

from .models import Commitment, Need, Offer
from .queries import BOTH_SIDES

#: Shown: a proposal is nobody's promise yet, and whoever declines owes the public no reason.
PROMISED = [
    Commitment.State.ACCEPTED,
    Commitment.State.DELIVERED,
    Commitment.State.JUDGED,
    Commitment.State.EXPLAINED,
]


def public_offers(*alliances: Alliance) -> QuerySet[Offer]:
    """Offers on the list today."""
    publishing = those_publishing(Published.OFFERS, alliances)
    offers = Offer.objects.filter(alliance__in=publishing, state=Offer.State.OPEN)
    return offers.select_related("organisation", "alliance")


def public_needs(*alliances: Alliance) -> QuerySet[Need]:
    """Needs on the list today, and those that were met."""
    publishing = those_publishing(Published.NEEDS, alliances)
    states = [Need.State.OPEN, Need.State.CLOSED]
    needs = Need.objects.filter(alliance__in=publishing, state__in=states)
    return needs.select_related("organisation", "alliance").prefetch_related("components")


def public_commitments(*alliances: Alliance) -> QuerySet[Commitment]:
    """What was promised, with how it ended."""
    publishing = those_publishing(Published.COMMITMENTS, alliances)
    promised = Commitment.objects.filter(alliance__in=publishing, state__in=PROMISED)
    return promised.select_related(*BOTH_SIDES).prefetch_related("deliveries")
