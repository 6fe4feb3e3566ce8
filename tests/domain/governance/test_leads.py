"""The table of reserved acts, delegations, silence, and taking an ask back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from binglian.domain.accounts.actions import send_waiting_mail
from binglian.domain.accounts.models import Notification, User
from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.actions import change_membership, propose_member
from binglian.domain.alliance.calendar import add_working_days
from binglian.domain.alliance.models import Alliance, Appointment, Organisation, today
from binglian.domain.governance.actions import (
    add_superior,
    answer_decision,
    ask_decision,
    ask_rule_change,
    delegate_decisions,
    escalate_silence,
    lapse_what_changed,
    withdraw_decision,
)
from binglian.domain.governance.models import Decision, Lead
from binglian.domain.governance.queries import decisions_awaiting
from binglian.domain.governance.reserved import Change
from binglian.domain.refusals import ActionRefused

ACT = "alliance.admission"


@pytest.fixture
def applicant(alliance, secretariat):
    organisation = Organisation.objects.create(name="创客空间（示例）")
    return propose_member(
        alliance=alliance, organisation=organisation, category="two_new", by=secretariat
    )


@pytest.fixture
def decision(alliance, applicant, secretariat, lead_a, lead_b):
    return ask_decision(
        alliance=alliance,
        act=ACT,
        object_ids=[applicant.pk],
        by=secretariat,
        permission=Permission.MANAGE_MEMBERS,
    )


@pytest.fixture
def colleague(alliance):
    """Somebody else of the first lead body."""
    user = User.objects.create(username="colleague", display_name="同事", email="c@example.org")
    Appointment.objects.create(
        alliance=alliance,
        user=user,
        role="viewer",
        organisation=alliance.lead_a,
        from_on=today(),
    )
    return user


def ask_table(alliance, by, **reserved):
    facts = {"reserved": {ACT: "a"}, "decision_days": 5, "large_from": None} | reserved
    return ask_rule_change(alliance=alliance, by=by, **facts)


def delegate(alliance, by, to, days=2, **facts):
    facts = {"lead": Lead.A, "from_on": today(), "until_on": today() + timedelta(days)} | facts
    return delegate_decisions(alliance=alliance, delegate=to, by=by, **facts)


def both_agree(decision, lead_a, lead_b):
    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)
    answer_decision(decision=decision, lead=Lead.B, is_yes=True, by=lead_b)


def state_of(row):
    return type(row).objects.get(pk=row.pk).state


# ---- the table ----


def test_another_table_is_in_force_when_both_agree(alliance, secretariat, lead_a, lead_b):
    decision = ask_table(alliance, secretariat, large_from=Decimal(500_000), decision_days=3)
    both_agree(decision, lead_a, lead_b)

    alliance = Alliance.objects.get(pk=alliance.pk)
    assert (alliance.reserved_for(ACT), alliance.decision_days) == ("a", 3)
    assert decision.changes_in_words() == [
        Change("接纳成员单位", "两个牵头单位", "牵头单位甲"),
        Change("答复决定的期限", "5 个工作日", "3 个工作日"),
        Change("大额承诺起点", "不设", "500000 元"),
    ]


def test_what_is_reserved_for_one_lead_needs_that_one(
    alliance, secretariat, lead_a, lead_b, applicant
):
    both_agree(ask_table(alliance, secretariat), lead_a, lead_b)
    decision = ask_decision(
        alliance=alliance,
        act=ACT,
        object_ids=[applicant.pk],
        by=secretariat,
        permission=Permission.MANAGE_MEMBERS,
    )

    with pytest.raises(ActionRefused, match="不须牵头单位乙答复"):
        answer_decision(decision=decision, lead=Lead.B, is_yes=True, by=lead_b)
    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)

    assert (state_of(decision), state_of(applicant)) == ("in_force", "admitted")


def test_the_table_itself_stays_with_both(alliance, secretariat):
    with pytest.raises(ActionRefused, match="不能调整"):
        ask_table(alliance, secretariat, reserved={"governance.rules": "a"})


def test_a_table_that_changes_nothing_is_not_asked(alliance, secretariat):
    with pytest.raises(ActionRefused, match="没有不同"):
        ask_table(alliance, secretariat, reserved={ACT: "ab"})


def test_what_was_asked_under_the_old_table_lapses(decision, alliance, secretariat, lead_a, lead_b):
    both_agree(ask_table(alliance, secretariat), lead_a, lead_b)

    assert state_of(decision) == "lapsed"


def test_a_liaison_officer_does_not_ask_for_another_table(alliance, giver):
    with pytest.raises(PermissionDenied):
        ask_table(alliance, giver)


# ---- delegation ----


def test_a_delegate_answers_for_the_lead(decision, alliance, lead_a, colleague):
    delegate(alliance, lead_a, colleague)
    waiting = decisions_awaiting(colleague)
    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=colleague)

    approval = decision.approvals.get()
    assert waiting == [(decision, Lead.A)]
    assert (approval.by, approval.delegation.giver) == (colleague, lead_a)


def test_a_delegation_begins_on_its_day(decision, alliance, lead_a, colleague):
    delegate(alliance, lead_a, colleague, from_on=today() + timedelta(1))

    with pytest.raises(PermissionDenied):
        answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=colleague)


def test_only_colleagues_can_be_delegates(alliance, lead_a, giver):
    with pytest.raises(ActionRefused, match="只能委托给"):
        delegate(alliance, lead_a, giver)


def test_a_delegate_does_not_delegate_on(alliance, lead_a, colleague):
    delegate(alliance, lead_a, colleague)

    with pytest.raises(PermissionDenied):
        delegate(alliance, colleague, lead_a)


def test_nobody_decides_for_the_other_lead_as_well(alliance, lead_a, lead_b, colleague):
    facts = {"role": "viewer", "organisation": alliance.lead_b, "from_on": today()}
    Appointment.objects.create(alliance=alliance, user=colleague, **facts)
    delegate(alliance, lead_a, colleague)

    with pytest.raises(ActionRefused, match="另一牵头单位委托"):
        delegate(alliance, lead_b, colleague, lead=Lead.B)


# ---- time ----


def test_silence_is_told_once_a_term_and_approves_nothing(decision, alliance, lead_a, lead_b):
    add_superior(
        alliance=alliance, lead=Lead.B, office="区政府办", email="office@example.org", by=lead_b
    )
    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)
    Decision.objects.update(answer_due_on=today() - timedelta(1))

    told = [escalate_silence(), escalate_silence()]
    send_waiting_mail()

    decision.refresh_from_db()
    silent = Notification.objects.filter(key__endswith="silent:1")
    assert (told, decision.state, decision.escalations) == ([1, 0], "asked", 1)
    assert {notice.user.username if notice.user else notice.address for notice in silent} == {
        "secretariat",
        "lead-b",
        "office@example.org",
    }
    assert ["office@example.org"] in [message.to for message in mail.outbox]
    assert decision.answer_due_on >= today()


def test_the_term_is_counted_in_working_days(decision):
    assert decision.answer_due_on == add_working_days(today(), 5)


def test_the_asker_is_told_what_changed(decision, applicant, secretariat):
    change_membership(membership=applicant, by=secretariat, category="other")

    assert lapse_what_changed() == 1
    decision.refresh_from_db()
    notice = Notification.objects.get(user=secretariat, key=f"decision:{decision.pk}:lapsed")
    assert decision.changed_since_asked() == [
        Change("创客空间（示例）", "成员 · 两新组织", "成员 · 其他")
    ]
    assert "创客空间（示例）：成员 · 两新组织 → 成员 · 其他" in notice.text_zh


# ---- taking it back ----


def test_the_asker_takes_it_back_and_may_ask_again(decision, applicant, secretariat):
    withdraw_decision(decision=decision, by=secretariat)

    assert (state_of(decision), state_of(applicant)) == ("withdrawn", "applied")


def test_nobody_else_takes_it_back(decision, lead_a):
    with pytest.raises(PermissionDenied):
        withdraw_decision(decision=decision, by=lead_a)
