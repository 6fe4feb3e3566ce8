"""Nothing is public until the alliance, or a rule of the subject, says so."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from binglian.domain.alliance.actions import change_alliance
from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.publicness import Published
from binglian.domain.alliance.queries import public_members
from binglian.domain.coupling.models import Commitment
from binglian.domain.coupling.public_lists import public_commitments, public_needs, public_offers
from binglian.domain.governance.queries import public_decisions, public_resolutions
from binglian.domain.indicators.periods import year
from binglian.domain.indicators.queries import public_readings
from binglian.domain.indicators.records import Records
from binglian.domain.refusals import ActionRefused

RULES = {
    Published.MEMBERS: public_members,
    Published.OFFERS: public_offers,
    Published.NEEDS: public_needs,
    Published.COMMITMENTS: public_commitments,
    Published.DECISIONS: public_decisions,
    Published.RESOLUTIONS: public_resolutions,
    Published.FIGURES: lambda alliance: public_readings(
        alliance, Records(alliance, now()), year(2026)
    ),
}


@pytest.mark.parametrize("what", Published)
def test_a_new_alliance_shows_nothing(alliance: Alliance, propose, what) -> None:
    propose()

    assert list(RULES[what](alliance)) == []


def test_an_alliance_shows_the_lists_it_publishes_and_no_other(
    alliance, secretariat, make_offer, make_need
) -> None:
    offer, need = make_offer(), make_need()

    change_alliance(alliance=alliance, by=secretariat, published=["offers"])

    assert list(public_offers(alliance)) == [offer]
    assert list(public_needs(alliance)) == []

    change_alliance(alliance=alliance, by=secretariat, published=["needs"])

    assert list(public_offers(alliance)) == []
    assert list(public_needs(alliance)) == [need]


def test_a_withdrawn_offer_and_a_proposal_are_nobodys_business(alliance, propose, giver) -> None:
    alliance.published = list(Published.values)
    promised, proposed, declined = propose(), propose(), propose()
    promised.offer.state = "withdrawn"
    promised.offer.save()
    for commitment, state in ((promised, "accepted"), (declined, "declined")):
        Commitment.objects.filter(pk=commitment.pk).update(
            state=state, answered_by=giver, answered_at="2026-03-01T00:00Z", explanation="理由"
        )

    assert list(public_commitments(alliance)) == [promised]
    assert set(public_offers(alliance)) == {proposed.offer, declined.offer}


def test_only_who_keeps_the_alliance_says_what_is_public(alliance, secretariat, giver) -> None:
    with pytest.raises(PermissionDenied):
        change_alliance(alliance=alliance, by=giver, published=["needs"])
    with pytest.raises(ActionRefused, match="没有这样一份"):
        change_alliance(alliance=alliance, by=secretariat, published=["contacts"])

    assert Alliance.objects.get().published == []
