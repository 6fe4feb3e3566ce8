"""A commitment is accepted or declined, delivered, and judged by the side that needed it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.accounts.models import Notification
from binglian.domain.alliance.models import today
from binglian.domain.coupling.actions import (
    accept_commitment,
    decline_commitment,
    explain_commitment,
    judge_delivery,
    move_due_date,
    remind,
    report_delivery,
    save_offer,
)
from binglian.domain.coupling.desk_queries import desk_of
from binglian.domain.coupling.models import Commitment, Need
from binglian.domain.coupling.queries import quantity_left
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.refusals import ActionRefused


@pytest.fixture
def accepted(propose, giver):
    return accept_commitment(commitment=propose(of=10, quantity=4), by=giver)


@pytest.fixture
def delivered(accepted, giver):
    return report_delivery(commitment=accepted, quantity=Decimal(4), delivered_on=today(), by=giver)


def last_act():
    entry = LedgerEntry.objects.filter(chain="historic").order_by("-number").first()
    return entry.act, entry.user, entry.organisation


# ---- accepting ---------------------------------------------------------------------------------


def test_an_accepted_commitment_is_taken_from_the_offer(accepted):
    assert (accepted.state, quantity_left(accepted.offer)) == ("accepted", 6)


def test_the_same_space_is_never_promised_twice(giver, propose):
    first = propose(of=10, quantity=7)
    second = propose(of=10, quantity=7, offer=first.offer)
    accept_commitment(commitment=first, by=giver)

    with pytest.raises(ActionRefused, match="余量不足：还剩 3间"):
        accept_commitment(commitment=second, by=giver)


@pytest.mark.parametrize(
    "persona",
    ["receiver", "secretariat", "lead_a", "viewer", "outsider", "administrator", "auditor"],
)
def test_only_the_giver_accepts(propose, persona, request):
    commitment = propose()

    with pytest.raises(PermissionDenied):
        accept_commitment(commitment=commitment, by=request.getfixturevalue(persona))


def test_an_answer_is_given_once(accepted, giver):
    with pytest.raises(ActionRefused, match="已答复"):
        decline_commitment(commitment=accepted, by=giver, why="改主意了")


def test_a_due_day_lies_between_today_and_the_deadline(propose, giver, make_need):
    commitment = propose(need=make_need(deadline=today() + timedelta(days=10)))

    with pytest.raises(ActionRefused, match="不能早于今天"):
        accept_commitment(commitment=commitment, by=giver, due_on=today() - timedelta(days=1))
    with pytest.raises(ActionRefused, match="不能晚于"):
        accept_commitment(commitment=commitment, by=giver, due_on=today() + timedelta(days=11))


def test_accepting_is_recorded_for_the_organisation(accepted):
    assert last_act() == ("commitment.accepted", "giver", "建设集团（示例）")


def test_declining_needs_a_reason(propose, giver):
    with pytest.raises(ActionRefused, match="理由"):
        decline_commitment(commitment=propose(), by=giver, why="  ")


def test_a_declined_commitment_takes_nothing_from_the_offer(propose, giver):
    commitment = decline_commitment(commitment=propose(of=5, quantity=5), by=giver, why="已占用")

    assert (commitment.state, quantity_left(commitment.offer)) == ("declined", 5)


def test_the_other_side_and_the_secretariat_hear_of_a_decline(
    propose, giver, receiver, secretariat
):
    decline_commitment(commitment=propose(), by=giver, why="已占用")

    told = Notification.objects.order_by("user__username")
    assert [n.user.username for n in told] == ["receiver", "secretariat"]
    assert told[0].text_zh == "“建设集团（示例）”谢绝了“居民议事场地”：已占用"


# ---- delivering and judging --------------------------------------------------------------------


def test_a_delivery_counts_only_after_the_other_side_judged(delivered, receiver):
    commitment = Commitment.objects.get(pk=delivered.commitment_id)
    assert commitment.state == "delivered"

    judge_delivery(delivery=delivered, verdict="met", by=receiver)

    commitment.refresh_from_db()
    assert commitment.state == "judged"


@pytest.mark.parametrize("persona", ["giver", "secretariat", "lead_b", "viewer", "auditor"])
def test_only_the_needing_side_judges(delivered, persona, request):
    with pytest.raises(PermissionDenied):
        judge_delivery(delivery=delivered, verdict="met", by=request.getfixturevalue(persona))


def test_nobody_judges_what_they_delivered_themselves(delivered, giver, needing, alliance):
    alliance.appointments.create(user=giver, role="liaison", organisation=needing, from_on=today())

    with pytest.raises(ActionRefused, match="不能自己评价"):
        judge_delivery(delivery=delivered, verdict="met", by=giver)


def test_not_met_sends_it_back_to_the_giver(delivered, receiver, giver):
    judge_delivery(delivery=delivered, verdict="not_met", by=receiver, note="设备坏了")

    commitment = Commitment.objects.get(pk=delivered.commitment_id)
    assert commitment.state == "accepted"
    again = report_delivery(
        commitment=commitment, quantity=Decimal(4), delivered_on=today(), by=giver
    )
    assert commitment.deliveries.count() == 2
    assert again.verdict == ""


def test_anything_but_met_needs_a_word(delivered, receiver):
    with pytest.raises(ActionRefused, match="哪里没有满足"):
        judge_delivery(delivery=delivered, verdict="partly", by=receiver)


def test_less_than_promised_needs_a_word(accepted, giver):
    with pytest.raises(ActionRefused, match="少于承诺"):
        report_delivery(commitment=accepted, quantity=Decimal(3), delivered_on=today(), by=giver)


def test_more_than_promised_cannot_be_reported(accepted, giver):
    with pytest.raises(ActionRefused, match="不超过承诺"):
        report_delivery(commitment=accepted, quantity=Decimal(5), delivered_on=today(), by=giver)


def test_nothing_is_delivered_in_the_future(accepted, giver):
    tomorrow = today() + timedelta(days=1)
    with pytest.raises(ActionRefused, match="不能晚于今天"):
        report_delivery(commitment=accepted, quantity=Decimal(4), delivered_on=tomorrow, by=giver)


def test_a_need_closes_when_all_of_it_was_judged(delivered, receiver):
    judge_delivery(delivery=delivered, verdict="met", by=receiver)

    assert Need.objects.get().state == "closed"


def test_a_promise_that_cannot_be_kept_is_explained_and_frees_the_offer(accepted, giver):
    commitment = explain_commitment(commitment=accepted, by=giver, why="场地漏水")

    assert (commitment.state, quantity_left(commitment.offer)) == ("explained", 10)


def test_another_day_needs_a_reason(accepted, giver):
    with pytest.raises(ActionRefused, match="理由"):
        move_due_date(commitment=accepted, due_on=today(), by=giver, why="")


def test_an_offer_cannot_shrink_below_what_was_promised(accepted, giver, alliance, giving):
    with pytest.raises(ActionRefused, match="已有 4"):
        save_offer(
            alliance=alliance,
            organisation=giving,
            by=giver,
            offer=accepted.offer,
            title="会议室",
            kind="venue",
            quantity=Decimal(3),
        )


# ---- the desk ----------------------------------------------------------------------------------


def test_the_desk_sorts_what_is_asked_owed_and_awaited(propose, giver, receiver, make_need):
    asked = propose()
    late = propose(need=make_need(deadline=today() - timedelta(days=1)))
    soon = propose(need=make_need(deadline=today() + timedelta(days=2)))
    for commitment in (late, soon):
        accept_commitment(commitment=commitment, by=giver)

    desk = desk_of(giver)
    assert [list(desk.asked), list(desk.overdue), list(desk.due_this_week)] == [
        [asked],
        [late],
        [soon],
    ]
    assert list(desk_of(receiver).awaited) == [late, soon, asked]
    assert list(desk_of(receiver).asked) == []


def test_reminders_are_sent_once_to_whoever_is_awaited(propose, giver, secretariat, make_need):
    commitment = propose(need=make_need(deadline=today() - timedelta(days=1)))
    accept_commitment(commitment=commitment, by=giver)
    Notification.objects.all().delete()

    assert (remind(), remind()) == (2, 0)
    told = {n.user.username: n.text_zh for n in Notification.objects.all()}
    day = today() - timedelta(days=1)
    sentence = f"“居民议事场地”的兑现已逾期（{day}），等待“建设集团（示例）”。"
    assert told == {"giver": sentence, "secretariat": sentence}
