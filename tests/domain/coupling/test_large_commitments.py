"""From the alliance's threshold on, a commitment is taken on when the leads approve."""

from decimal import Decimal

import pytest

from binglian.domain.coupling.actions import accept_commitment, decision_on, decline_commitment
from binglian.domain.coupling.models import Commitment
from binglian.domain.governance.actions import answer_decision, lapse_what_changed
from binglian.domain.governance.models import Decision, Lead
from binglian.domain.refusals import ActionRefused


@pytest.fixture
def grant(alliance, propose, make_offer):
    """A promise of 600,000 yuan where large begins at 500,000."""
    alliance.large_from = Decimal(500_000)
    alliance.save()
    funds = make_offer(title="更新资金", kind="funds", unit="万元", quantity=100)
    return propose(quantity=60, offer=funds)


def state_of(row):
    return type(row).objects.get(pk=row.pk).state


def test_a_large_commitment_waits_for_both_leads(grant, giver, lead_a, lead_b):
    accept_commitment(commitment=grant, by=giver)
    decision = decision_on(grant)
    before = state_of(grant)

    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)
    answer_decision(decision=decision, lead=Lead.B, is_yes=True, by=lead_b)

    grant = Commitment.objects.get(pk=grant.pk)
    assert (before, grant.state, grant.answered_by) == ("proposed", "accepted", giver)
    assert "600000 元" in [change.after for change in decision.changes_in_words()]


def test_a_small_one_is_taken_on_at_once(grant, giver, propose):
    small = propose(quantity=49, offer=grant.offer)

    accept_commitment(commitment=small, by=giver)

    assert (state_of(small), Decision.objects.count()) == ("accepted", 0)


def test_a_price_counts_as_money_does(grant, giver, propose, make_offer):
    hall = make_offer(title="会堂", unit="天", quantity=100, price=Decimal(20_000))
    dear = propose(quantity=25, offer=hall)

    accept_commitment(commitment=dear, by=giver)

    assert decision_on(dear) is not None


def test_it_is_not_asked_twice(grant, giver):
    accept_commitment(commitment=grant, by=giver)

    with pytest.raises(ActionRefused, match="已提请"):
        accept_commitment(commitment=grant, by=giver)


def test_declining_meanwhile_lapses_the_decision(grant, giver):
    accept_commitment(commitment=grant, by=giver)
    decision = decision_on(grant)
    decline_commitment(commitment=grant, by=giver, why="资金另有安排")

    assert lapse_what_changed() == 1
    assert (state_of(decision), state_of(grant)) == ("lapsed", "declined")


def test_where_the_table_names_nobody_it_is_taken_on_at_once(grant, alliance, giver):
    alliance.reserved = {"coupling.large_commitment": ""}
    alliance.save()
    grant = Commitment.objects.get(pk=grant.pk)

    accept_commitment(commitment=grant, by=giver)

    assert state_of(grant) == "accepted"
