"""Two cores: a reserved act takes effect when both leads, two people, have approved."""

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.accounts.permissions import Permission
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.actions import propose_member
from binglian.domain.alliance.models import Membership, Organisation, today
from binglian.domain.governance.actions import answer_decision, ask_decision
from binglian.domain.governance.models import Decision, Lead
from binglian.domain.governance.queries import decisions_awaiting
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.refusals import ActionRefused


@pytest.fixture
def applicant(alliance, secretariat):
    organisation = Organisation.objects.create(name="创客空间（示例）")
    return propose_member(
        alliance=alliance, organisation=organisation, category="two_new", by=secretariat
    )


@pytest.fixture
def decision(alliance, applicant, secretariat, lead_a, lead_b):
    return ask(alliance, applicant, secretariat)


def ask(alliance, membership, by):
    return ask_decision(
        alliance=alliance,
        act="alliance.admission",
        object_ids=[membership.pk],
        by=by,
        permission=Permission.MANAGE_MEMBERS,
    )


def state_of(row):
    return type(row).objects.get(pk=row.pk).state


def test_one_approval_changes_nothing_yet(decision, applicant, lead_a):
    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)

    assert (state_of(decision), state_of(applicant)) == ("asked", "applied")


def test_both_approvals_put_it_in_force(decision, applicant, lead_a, lead_b):
    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)
    answer_decision(decision=decision, lead=Lead.B, is_yes=True, by=lead_b)

    assert (state_of(decision), state_of(applicant)) == ("in_force", "admitted")


def test_one_refusal_settles_it(decision, applicant, lead_a):
    answer_decision(decision=decision, lead=Lead.A, is_yes=False, by=lead_a, note="材料不全")

    assert (state_of(decision), state_of(applicant)) == ("refused", "refused")


def test_a_refusal_needs_a_reason(decision, lead_a):
    with pytest.raises(ActionRefused, match="理由"):
        answer_decision(decision=decision, lead=Lead.A, is_yes=False, by=lead_a)


@pytest.mark.parametrize(
    "persona", ["secretariat", "viewer", "outsider", "administrator", "lead_b"]
)
def test_nobody_else_answers_for_lead_a(decision, persona, request):
    with pytest.raises(PermissionDenied):
        answer_decision(
            decision=decision, lead=Lead.A, is_yes=True, by=request.getfixturevalue(persona)
        )


def test_the_same_person_cannot_be_both_cores(decision, alliance, lead_a):
    facts = {"organisation": alliance.lead_b, "from_on": today()}
    alliance.appointments.create(user=lead_a, role=Role.LEAD_B.value, **facts)
    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)

    with pytest.raises(ActionRefused, match="同一人"):
        answer_decision(decision=decision, lead=Lead.B, is_yes=True, by=lead_a)


def test_a_lead_answers_once(decision, lead_a):
    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)

    with pytest.raises(ActionRefused, match="已答复"):
        answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)


def test_approvals_lapse_when_the_thing_changes(decision, applicant, lead_a, lead_b):
    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)
    Membership.objects.filter(pk=applicant.pk).update(category="other")

    with pytest.raises(ActionRefused, match="作废"):
        answer_decision(decision=decision, lead=Lead.B, is_yes=True, by=lead_b)

    assert (state_of(decision), state_of(applicant)) == ("lapsed", "applied")


def test_the_same_thing_is_not_asked_twice_at_once(decision, alliance, applicant, secretariat):
    with pytest.raises(ActionRefused, match="已提请"):
        ask(alliance, applicant, secretariat)


def test_what_an_alliance_does_not_reserve_takes_effect_at_once(alliance, applicant, secretariat):
    alliance.reserved = {"alliance.admission": ""}
    alliance.save()

    decision = ask(alliance, applicant, secretariat)

    assert (state_of(decision), state_of(applicant)) == ("in_force", "admitted")


def test_each_lead_sees_what_waits_for_their_core(decision, lead_a, lead_b, secretariat):
    assert decisions_awaiting(lead_a) == [(decision, Lead.A)]
    assert decisions_awaiting(lead_b) == [(decision, Lead.B)]
    assert decisions_awaiting(secretariat) == []


def test_every_step_is_recorded(decision, lead_a, lead_b):
    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)
    answer_decision(decision=decision, lead=Lead.B, is_yes=True, by=lead_b)

    acts = LedgerEntry.objects.filter(chain="historic", act__startswith="decision.")
    assert [(e.act, e.user) for e in acts] == [
        ("decision.asked", "secretariat"),
        ("decision.approved", "lead-a"),
        ("decision.approved", "lead-b"),
        ("decision.in_force", ""),
    ]
    assert Decision.objects.count() == 1
