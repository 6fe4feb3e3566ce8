"""An agreement is drafted, commented on, settled by both leads, signed, and then binds."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.accounts.models import Notification
from binglian.domain.alliance.models import Organisation, today
from binglian.domain.coupling.models import Commitment
from binglian.domain.governance.actions import (
    accede,
    answer_comment,
    answer_decision,
    ask_expulsion,
    ask_to_freeze,
    begin_version,
    change_agreement,
    close_windows,
    comment_on,
    decline_agreement,
    end_expired,
    end_notices,
    move_clause,
    open_comments,
    remind_of_agreements,
    remove_clause,
    save_clause,
    save_pledge,
    start_agreement,
    withdraw_from_agreement,
)
from binglian.domain.governance.models import (
    Agreement,
    AgreementVersion,
    Decision,
    Departure,
    Lead,
    Signature,
)
from binglian.domain.governance.promises import source_of
from binglian.domain.governance.queries.agreements import parties_of
from binglian.domain.governance.sealing import register_sealer
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.refusals import ActionRefused


def acts():
    entries = LedgerEntry.objects.filter(chain="historic").order_by("number")
    return [entry.act for entry in entries]


def state_of(row):
    return type(row).objects.get(pk=row.pk).state


# ---- drafting ----------------------------------------------------------------------------------


def test_a_draft_begins_with_the_clauses_of_the_template(draft):
    headings = list(draft.clauses.values_list("heading", flat=True))

    assert headings[1:6] == ["组织共建", "产业共促", "服务共推", "阵地共享", "力量共用"]
    assert "历史城区管委会" in draft.preamble


def test_a_charter_has_a_template_of_its_own(alliance, secretariat):
    version = start_agreement(alliance=alliance, kind="charter", by=secretariat, title="章程")

    assert version.clauses.get(number=3).heading == "双核决定"


@pytest.mark.parametrize("persona", ["giver", "viewer", "lead_a", "auditor", "administrator"])
def test_only_the_secretariat_drafts(alliance, persona, request):
    with pytest.raises(PermissionDenied):
        start_agreement(
            alliance=alliance, kind="charter", by=request.getfixturevalue(persona), title="章程"
        )


def test_clauses_change_places_and_close_ranks(draft, secretariat):
    third = draft.clauses.get(number=3)
    move_clause(clause=third, by=secretariat, is_up=True)
    remove_clause(clause=draft.clauses.get(number=1), by=secretariat)

    numbers = list(draft.clauses.values_list("number", "heading"))[:3]
    assert numbers == [(1, "产业共促"), (2, "组织共建"), (3, "服务共推")]


def test_a_pledge_is_measurable_and_between_two_members(draft, secretariat, giving, needing):
    facts = {
        "clause": draft.clauses.get(number=4),
        "by": secretariat,
        "giver": giving,
        "title": "讲座",
        "due_on": today(),
    }
    stranger = Organisation.objects.create(name="外单位")

    with pytest.raises(ActionRefused, match="可衡量"):
        save_pledge(receiver=needing, target=" ", **facts)
    with pytest.raises(ActionRefused, match="不是本联盟成员"):
        save_pledge(receiver=stranger, target="4 场", **facts)
    with pytest.raises(ActionRefused, match="同一个"):
        save_pledge(receiver=giving, target="4 场", **facts)


def test_a_term_runs_forward(draft, secretariat):
    with pytest.raises(ActionRefused, match="颠倒"):
        change_agreement(
            version=draft,
            by=secretariat,
            from_on=today(),
            until_on=today() - timedelta(days=1),
        )


def test_a_draft_changes_nothing_of_the_agreement_in_force(
    in_force, secretariat, freeze, sign, members
):
    digest, until = in_force.digest, in_force.until_on
    version = begin_version(agreement=in_force.agreement, by=secretariat)
    change_agreement(
        version=version, by=secretariat, title="新协议", until_on=today(), notice_days=0
    )

    kept = AgreementVersion.objects.get(pk=in_force.pk)
    facts = (kept.text_digest(), kept.agreement.title, kept.agreement.until_on)
    assert facts == (digest, "共建协议", until)
    assert kept.agreement.notice_days == 30

    sign(freeze(version), *members)
    assert Agreement.objects.get().title == "新协议"


# ---- the comment round -------------------------------------------------------------------------


def test_every_comment_is_answered_before_the_text_is_settled(draft, secretariat, giver, giving):
    open_comments(version=draft, until=today(), by=secretariat)
    comment = comment_on(
        version=draft, organisation=giving, clause_number=5, text="写明时段", by=giver
    )
    tomorrow = today() + timedelta(days=1)

    with pytest.raises(ActionRefused, match="1 条意见没有答复"):
        ask_to_freeze(version=draft, sign_until=tomorrow, by=secretariat)
    answer_comment(comment=comment, answer="已补充", by=secretariat)

    assert ask_to_freeze(version=draft, sign_until=tomorrow, by=secretariat).state == "asked"
    assert Notification.objects.filter(user=giver, text_zh__contains="已补充").count() == 1


def test_comments_come_only_while_they_are_asked_for(draft, giver, giving):
    with pytest.raises(ActionRefused, match="不在征求意见期内"):
        comment_on(version=draft, organisation=giving, text="写明时段", by=giver)


def test_nobody_comments_for_a_neighbour(draft, secretariat, giver, needing):
    open_comments(version=draft, until=today(), by=secretariat)

    with pytest.raises(PermissionDenied):
        comment_on(version=draft, organisation=needing, text="写明时段", by=giver)


# ---- settling the text -------------------------------------------------------------------------


def test_a_word_changed_in_between_makes_approvals_lapse(
    draft, secretariat, lead_a, lead_b, freeze
):
    day = today() + timedelta(days=5)
    decision = ask_to_freeze(version=draft, sign_until=day, by=secretariat)
    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)
    clause = draft.clauses.get(number=1)
    save_clause(
        version=draft, clause=clause, heading=clause.heading, text="改了一句。", by=secretariat
    )

    with pytest.raises(ActionRefused, match="作废"):
        answer_decision(decision=decision, lead=Lead.B, is_yes=True, by=lead_b)

    assert (state_of(decision), state_of(draft)) == ("lapsed", "draft")
    assert freeze(draft).state == "signing"


def test_a_frozen_text_is_never_written_again(draft, freeze, secretariat):
    version = freeze(draft)

    with pytest.raises(ActionRefused, match="已定稿"):
        save_clause(version=version, heading="新", text="新", by=secretariat)
    assert version.digest == version.text_digest()


def test_every_member_of_that_day_is_awaited(draft, freeze, members):
    version = freeze(draft)

    awaited = version.signatures.filter(state="awaited").values_list("organisation", flat=True)
    assert set(awaited) == {one.pk for one in members}


def test_a_refused_text_stays_a_draft(draft, secretariat, lead_a):
    decision = ask_to_freeze(version=draft, sign_until=today() + timedelta(days=5), by=secretariat)
    answer_decision(decision=decision, lead=Lead.A, is_yes=False, by=lead_a, note="期限太短")

    assert (state_of(draft), Decision.objects.get().state) == ("draft", "refused")


# ---- taking effect -----------------------------------------------------------------------------


def test_it_takes_effect_when_the_last_member_has_signed(draft, freeze, sign, members):
    version = freeze(draft)
    sign(version, *members[:-1])
    assert state_of(version) == "signing"

    sign(version, members[-1])
    assert state_of(version) == "in_force"


def test_its_pledges_are_commitments_from_then_on(in_force, giving, needing):
    commitment = Commitment.objects.get()

    assert (commitment.giver, commitment.receiver, commitment.state) == (
        giving,
        needing,
        "accepted",
    )
    source = source_of(commitment.alliance, commitment.origin)
    assert source.url == f"{in_force.path}#clause-5"


def test_who_declined_promises_nothing_and_may_accede_later(
    draft, freeze, sign, members, giving, signatory_of
):
    version = freeze(draft)
    sign(version, *[one for one in members if one != giving])
    decline_agreement(
        version=version, organisation=giving, by=signatory_of(giving), why="待上级批准"
    )
    version.refresh_from_db()
    assert (version.state, Commitment.objects.count()) == ("in_force", 0)

    sign(version, giving, act=accede)

    assert Commitment.objects.get().giver == giving
    assert set(parties_of(version)) == set(members)
    kept = version.signatures.filter(organisation=giving).order_by("is_accession")
    assert [one.state for one in kept] == ["declined", "signed"]


def test_the_window_closes_on_those_who_kept_silent(draft, freeze, sign, members):
    version = freeze(draft)
    sign(version, *members[:3])
    AgreementVersion.objects.filter(pk=version.pk).update(sign_until=today() - timedelta(days=1))

    assert (close_windows(), close_windows()) == (1, 0)

    assert state_of(version) == "in_force"
    assert state_of(version.signatures.get(organisation=members[3])) == "missed"


def test_without_both_leads_there_is_no_agreement(draft, freeze, sign, members, alliance):
    version = freeze(draft)
    sign(version, *members[1:])
    AgreementVersion.objects.filter(pk=version.pk).update(sign_until=today() - timedelta(days=1))

    close_windows()

    assert (state_of(version), Commitment.objects.count()) == ("ended", 0)
    assert acts()[-1] == "agreement.not_concluded"


def test_the_signed_document_is_asked_for_when_it_is_all_committed(
    draft, freeze, sign, members, django_capture_on_commit_callbacks, monkeypatch
):
    asked = []
    monkeypatch.setattr("binglian.domain.governance.sealing._sealers", [])
    register_sealer(asked.append)
    version = freeze(draft)
    with django_capture_on_commit_callbacks(execute=True):
        sign(version, *members)

    assert asked == [version.pk]


def test_a_new_version_takes_the_place_of_the_old_and_lets_go_of_what_it_drops(
    in_force, secretariat, freeze, sign, members, needing, giving
):
    version = begin_version(agreement=in_force.agreement, by=secretariat)
    clause = version.clauses.get(number=5)
    clause.pledges.all().delete()
    save_pledge(
        clause=clause,
        by=secretariat,
        giver=needing,
        receiver=giving,
        title="引导停车",
        target="每周一次",
        due_on=today() + timedelta(days=30),
    )
    sign(freeze(version), *members)

    assert (state_of(in_force), state_of(version)) == ("superseded", "in_force")
    states = dict(Commitment.objects.values_list("title_zh", "state"))
    assert states == {"开放报告厅": "explained", "引导停车": "accepted"}


def test_a_pledge_carried_over_stays_the_same_promise(in_force, secretariat, freeze, sign, members):
    sign(freeze(begin_version(agreement=in_force.agreement, by=secretariat)), *members)

    assert [one.state for one in Commitment.objects.all()] == ["accepted"]


def test_two_versions_are_never_in_the_making_at_once(draft, secretariat):
    with pytest.raises(ActionRefused, match="已有一版"):
        begin_version(agreement=draft.agreement, by=secretariat)


# ---- leaving -----------------------------------------------------------------------------------


def test_who_withdraws_still_owes_until_the_notice_is_over(in_force, giving, signatory_of):
    departure = withdraw_from_agreement(
        agreement=in_force.agreement, organisation=giving, by=signatory_of(giving), reason="搬迁"
    )
    assert (departure.ends_on, end_notices()) == (today() + timedelta(days=30), 0)
    assert Commitment.objects.get().state == "accepted"

    Departure.objects.update(ends_on=today() - timedelta(days=1))
    assert (end_notices(), end_notices()) == (1, 0)

    commitment = Commitment.objects.get()
    assert (commitment.state, "已退出《共建协议》" in commitment.explanation) == ("explained", True)
    assert giving not in parties_of(in_force)


def test_an_expulsion_needs_both_leads(in_force, giving, secretariat, lead_a, lead_b):
    decision = ask_expulsion(
        agreement=in_force.agreement, organisation=giving, by=secretariat, reason="长期不履行"
    )
    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)
    assert Departure.objects.get().state == "asked"

    answer_decision(decision=decision, lead=Lead.B, is_yes=True, by=lead_b)
    assert Departure.objects.get().state == "notice"


def test_a_refused_expulsion_is_dropped(in_force, giving, secretariat, lead_a):
    decision = ask_expulsion(
        agreement=in_force.agreement, organisation=giving, by=secretariat, reason="长期不履行"
    )
    answer_decision(decision=decision, lead=Lead.A, is_yes=False, by=lead_a, note="再谈一次")

    assert Departure.objects.get().state == "dropped"


def test_a_lead_does_not_leave_by_notice(in_force, alliance, signatory_of):
    with pytest.raises(ActionRefused, match="牵头单位不能退出"):
        withdraw_from_agreement(
            agreement=in_force.agreement,
            organisation=alliance.lead_a,
            by=signatory_of(alliance.lead_a),
            reason="撤并",
        )


# ---- reminders and ends ------------------------------------------------------------------------


def test_those_awaited_are_reminded_once(draft, freeze, sign, members, giving, signatory_of):
    late = signatory_of(giving)
    version = freeze(draft, days=2)
    sign(version, *[one for one in members if one != giving])
    Notification.objects.all().delete()

    assert (remind_of_agreements(), remind_of_agreements()) == (1, 0)
    assert Notification.objects.get().user == late


def test_a_term_that_runs_out_is_announced_and_then_over(in_force, secretariat):
    Agreement.objects.update(until_on=today())
    remind_of_agreements()
    assert Notification.objects.filter(user=secretariat, text_zh__contains="续签").count() == 1

    Agreement.objects.update(from_on=None, until_on=today() - timedelta(days=1))
    assert (end_expired(), state_of(in_force)) == (1, "ended")


def test_every_step_is_recorded(in_force):
    assert [act for act in acts() if act.startswith(("agreement.", "commitment."))] == [
        "agreement.entered",
        "agreement.pledge_written",
        "agreement.frozen",
        *["agreement.signed"] * 4,
        "agreement.in_force",
        "commitment.pledged",
    ]
    assert Signature.objects.filter(state="signed").count() == 4
