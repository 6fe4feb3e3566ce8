"""Evaluations: facts counted, remarks by who dealt with one, answers, and no ranking anywhere."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.alliance.models import Organisation, today
from binglian.domain.coupling.actions import (
    accept_commitment,
    decline_commitment,
    explain_commitment,
    judge_delivery,
    report_delivery,
)
from binglian.domain.coupling.models import Commitment, Delivery
from binglian.domain.governance.actions import (
    answer_evaluation,
    ask_evaluation,
    ask_evaluation_publication,
    draw_up_evaluation,
    remark_on,
)
from binglian.domain.governance.evaluation_facts import facts_of
from binglian.domain.governance.models import Evaluation
from binglian.domain.governance.queries import sheets_of
from binglian.domain.refusals import ActionRefused

YESTERDAY = today() - timedelta(days=1)
BEFORE = today() - timedelta(days=365)


@pytest.fixture
def promised(propose, make_need, make_offer, giver, receiver):
    """A commitment that fell due ten days ago, with what became of it."""

    def make(outcome: str, days_late: int = 0):
        number = Commitment.objects.count()
        need = make_need(title=f"事项{number}")
        commitment = propose(need=need)
        if outcome == "declined":
            return decline_commitment(commitment=commitment, by=giver, why="没有")
        accept_commitment(commitment=commitment, by=giver)
        due_on = today() - timedelta(days=10)
        if outcome == "explained":
            explain_commitment(commitment=commitment, by=giver, why="停电")
        if outcome in ("met", "not_met", "delivered"):
            delivery = report_delivery(
                commitment=commitment,
                quantity=commitment.quantity,
                delivered_on=due_on + timedelta(days=days_late),
                by=giver,
            )
            if outcome != "delivered":
                judge_delivery(delivery=delivery, verdict=outcome, by=receiver, note="看过")
        Commitment.objects.filter(pk=commitment.pk).update(due_on=due_on)
        return commitment

    return make


@pytest.fixture
def evaluation(alliance, promised, secretariat):
    promised("met")
    return draw_up_evaluation(
        alliance=alliance,
        title="去年评议",
        from_on=BEFORE,
        until_on=YESTERDAY,
        answers_due_on=today() + timedelta(days=14),
        by=secretariat,
    )


def sheet_of(evaluation, organisation):
    return evaluation.sheets.get(organisation=organisation)


def test_every_commitment_is_counted_once_under_what_became_of_it(alliance, giving, promised):
    for outcome, days_late in (
        ("met", 0),
        ("met", -2),
        ("met", 3),
        ("delivered", 0),
        ("explained", 0),
        ("overdue", 0),
        ("not_met", 0),
        ("declined", 0),
    ):
        promised(outcome, days_late)

    facts = facts_of(alliance, BEFORE, YESTERDAY)[giving.pk]

    counts = (facts.kept, facts.late, facts.unjudged, facts.explained, facts.overdue)
    assert counts == (2, 1, 1, 1, 2)  # returned as not met, it is owed still
    assert facts.due == sum(counts)
    assert (facts.judged, facts.met, facts.not_met) == (4, 3, 1)


def test_what_is_due_today_or_later_is_not_judged_yet(alliance, giving, promised):
    promised("overdue")
    Commitment.objects.update(due_on=today())

    assert facts_of(alliance, BEFORE, today() + timedelta(days=30)).get(giving.pk) is None


def test_needs_asked_and_met_are_the_receivers(alliance, needing, promised):
    promised("met")

    facts = facts_of(alliance, BEFORE, today())[needing.pk]
    assert (facts.asked, facts.got, facts.due) == (1, 1, 0)


def test_every_member_has_a_sheet_in_the_order_of_names(evaluation, alliance):
    by_name = list(Organisation.objects.order_by("name"))

    assert [sheet.organisation for sheet in sheets_of(evaluation)] == by_name
    assert len(by_name) == 4


def test_facts_do_not_move_after_they_were_drawn_up(evaluation, giving):
    Delivery.objects.update(verdict="not_met")

    assert sheet_of(evaluation, giving).facts["met"] == 1


def test_who_dealt_with_a_member_writes_one_line(evaluation, giving, needing, receiver):
    sheet = sheet_of(evaluation, giving)
    remark_on(sheet=sheet, organisation=needing, text="及时", by=receiver)
    remark_on(sheet=sheet, organisation=needing, text="及时，场地整洁", by=receiver)

    assert [remark.text for remark in sheet.remarks.all()] == ["及时，场地整洁"]


def test_who_had_no_dealings_writes_none(evaluation, alliance, needing, receiver):
    with pytest.raises(ActionRefused, match="没有承诺往来"):
        remark_on(
            sheet=sheet_of(evaluation, alliance.lead_a),
            organisation=needing,
            text="好",
            by=receiver,
        )


def test_nobody_answers_for_a_neighbour(evaluation, needing, giver):
    with pytest.raises(PermissionDenied):
        answer_evaluation(sheet=sheet_of(evaluation, needing), text="", by=giver)


def test_members_have_time_to_answer_before_the_leads_see_it(evaluation, secretariat):
    with pytest.raises(ActionRefused, match="还有 4 个单位没有答复"):
        ask_evaluation(evaluation=evaluation, by=secretariat)


@pytest.fixture
def asked(evaluation, secretariat):
    Evaluation.objects.update(answers_due_on=YESTERDAY)
    ask_evaluation(evaluation=evaluation, by=secretariat)
    return evaluation


def test_nothing_changes_while_the_leads_decide(asked, giving, giver):
    with pytest.raises(ActionRefused, match="已提请审定"):
        answer_evaluation(sheet=sheet_of(asked, giving), text="补充", by=giver)


def test_it_is_final_when_both_leads_agree_and_public_when_they_agree_again(
    asked, secretariat, both_agree
):
    both_agree("governance.evaluation")
    asked.refresh_from_db()
    assert (asked.state, asked.is_public) == ("final", False)

    ask_evaluation_publication(evaluation=asked, by=secretariat)
    both_agree("governance.evaluation_publication")

    asked.refresh_from_db()
    assert asked.is_public is True


def test_what_is_not_final_is_not_published(evaluation, secretariat):
    with pytest.raises(ActionRefused, match="审定之后"):
        ask_evaluation_publication(evaluation=evaluation, by=secretariat)


def test_a_period_that_runs_is_not_evaluated(alliance, secretariat):
    with pytest.raises(ActionRefused, match="评议期须已结束"):
        draw_up_evaluation(
            alliance=alliance,
            title="今年",
            from_on=BEFORE,
            until_on=today(),
            answers_due_on=today(),
            by=secretariat,
        )
