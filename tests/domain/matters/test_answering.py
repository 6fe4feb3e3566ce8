"""The answer, and what is thought of it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localtime

from binglian.domain.matters.actions import (
    close_matter,
    extend,
    move_back,
    pause,
    reopen,
    review_unreasonable,
    revisit,
)
from binglian.domain.refusals import ActionRefused


def judge(reply, solved="yes", content="yes", channel="link", by=None):
    return revisit(reply=reply, channel=channel, solved=solved, content=content, by=by)


def test_the_leader_answers_and_the_reporter_closes_it(handled, answer):
    judge(answer(handled))

    handled.refresh_from_db()
    assert (handled.state, handled.closed_at is not None) == ("closed", True)


def test_a_helper_does_not_answer(handled, answer, receiver):
    with pytest.raises(PermissionDenied):
        answer(handled, by=receiver)


def test_nobody_answers_before_accepting(dispatched, answer):
    with pytest.raises(ActionRefused, match="请先签收"):
        answer(dispatched)


def test_unreasonable_counts_only_after_a_second_person(handled, answer, giver, reviewer):
    reply = answer(handled, "unreasonable", "与政策不符。")
    handled.refresh_from_db()
    assert (handled.state, handled.replied_at) == ("handling", None)
    with pytest.raises(ActionRefused, match="正在复核"):
        answer(handled)
    with pytest.raises(PermissionDenied):
        review_unreasonable(reply=reply, is_yes=True, by=giver)

    review_unreasonable(reply=reply, is_yes=True, by=reviewer)

    handled.refresh_from_db()
    assert handled.state == "replied"


def test_unreasonable_not_agreed_is_handled_on(handled, answer, reviewer):
    review_unreasonable(reply=answer(handled, "unreasonable"), is_yes=False, by=reviewer)

    answer(handled, "explained", "产权归个人，建议协商。")

    handled.refresh_from_db()
    assert handled.state == "replied"


def test_not_solved_stays_open_until_somebody_decides(handled, answer, reviewer, giver):
    judge(answer(handled), solved="no", content="no")
    handled.refresh_from_db()
    assert handled.state == "replied"

    reopen(matter=handled, reason="雨后又堵", by=reviewer)

    handled.refresh_from_db()
    assert (handled.state, handled.replied_at) == ("handling", None)
    assert giver.notifications.first().text_zh == f"诉求 {handled.number} 重新办理：雨后又堵"
    judge(answer(handled))
    handled.refresh_from_db()
    assert handled.state == "closed"


def test_who_was_not_reached_is_tried_again(handled, answer, reviewer):
    reply = answer(handled)
    judge(reply, "", "", "phone", reviewer)

    judge(reply, "explained", "basically", "phone", reviewer)

    reply.refresh_from_db()
    assert (reply.revisit.solved, reply.revisit.content) == ("explained", "basically")
    with pytest.raises(ActionRefused, match="不在回访中"):
        judge(reply)


def test_both_questions_are_answered_or_none(handled, answer):
    with pytest.raises(ActionRefused, match="同时回答"):
        judge(answer(handled), "yes", "")


def test_the_handler_does_not_revisit_itself(handled, answer, giver):
    with pytest.raises(PermissionDenied):
        judge(answer(handled), channel="phone", by=giver)


def test_a_worker_revisits_only_whom_they_filed_for(handled, answer, worker):
    reply = answer(handled)
    with pytest.raises(PermissionDenied):
        judge(reply, channel="worker", by=worker)
    handled.refresh_from_db()
    handled.entered_by = worker
    handled.save()

    assert judge(handled.replies.get(), channel="worker", by=worker).by == worker


def test_only_the_review_desk_closes_what_the_reporter_did_not(handled, answer, giver, reviewer):
    answer(handled)
    with pytest.raises(PermissionDenied):
        close_matter(matter=handled, by=giver)

    assert close_matter(matter=handled, by=reviewer).state == "closed"


def test_an_answer_is_late_after_its_time_extension_allowed_for(
    handled, answer, giver, administrator
):
    extend(matter=handled, reason="材料未到", working_days=3, by=giver)
    move_back(matter=handled, days=30, by=administrator)

    answer(handled)

    handled.refresh_from_db()
    assert handled.is_answered_late
    told = handled.events.get(what="extended").facts["until"]
    assert told == f"{localtime(handled.due_at):%Y-%m-%d}"
    assert handled.extensions.get().due_after == handled.due_at


def test_an_answer_while_the_clock_stands_still_is_not_late(handled, answer, giver, administrator):
    pause(matter=handled, reason="家中无人", by=giver)
    move_back(matter=handled, days=30, by=administrator)

    answer(handled)

    handled.refresh_from_db()
    assert handled.due_at > handled.replied_at
    assert not handled.is_answered_late
