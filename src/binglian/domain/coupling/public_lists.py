"""What everybody may see of the lists: what the alliance publishes, and of that what is settled."""

from __future__ import annotations

from django.db.models import QuerySet

from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.publicness import Published

from .models import Commitment, Need, Offer
from .queries import BOTH_SIDES

#: A proposal is nobody's promise yet, and whoever declines owes the public no reason.
_PROMISED = [
    Commitment.State.ACCEPTED,
    Commitment.State.DELIVERED,
    Commitment.State.JUDGED,
    Commitment.State.EXPLAINED,
]


def public_offers(alliance: Alliance) -> QuerySet[Offer]:
    """Offers on the list today."""
    if not alliance.publishes(Published.OFFERS):
        return Offer.objects.none()
    offers = alliance.offers.filter(state=Offer.State.OPEN)
    return offers.select_related("organisation", "alliance")


def public_needs(alliance: Alliance) -> QuerySet[Need]:
    """Needs on the list today, and those that were met."""
    if not alliance.publishes(Published.NEEDS):
        return Need.objects.none()
    needs = alliance.needs.filter(state__in=[Need.State.OPEN, Need.State.CLOSED])
    return needs.select_related("organisation", "alliance").prefetch_related("components")


def public_commitments(alliance: Alliance) -> QuerySet[Commitment]:
    """What was promised, with how it ended."""
    if not alliance.publishes(Published.COMMITMENTS):
        return Commitment.objects.none()
    promised = alliance.commitments.filter(state__in=_PROMISED)
    return promised.select_related(*BOTH_SIDES).prefetch_related("deliveries")
