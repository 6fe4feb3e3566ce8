"""The whistle."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.alliance.models import today
from binglian.domain.matters.actions import (
    arrive,
    draft_whistle,
    judge_call,
    judge_whistler,
    remind_of_matters,
    report_result,
    sign_whistle,
)
from binglian.domain.refusals import ActionRefused


@pytest.fixture
def draft(alliance, street, giving, needing):
    def make(matter, by=street, calls=(giving, needing), **facts):
        facts = {"kind": "residents", "reason": "涉及多家", "meet_at": "院门口"} | facts
        return draft_whistle(
            matter=matter, organisation=alliance.lead_b, calls=calls, by=by, **facts
        )

    return make


@pytest.fixture
def blown(handled, draft, street_leader):
    return sign_whistle(whistle=draft(handled), is_yes=True, by=street_leader)


@pytest.fixture
def call_of(blown):
    return lambda organisation: blown.calls.get(organisation=organisation)


def test_a_sub_district_calls_others_and_its_leader_signs(giver, receiver, blown):
    assert blown.state == "blown"
    for user in (giver, receiver):
        assert [n for n in user.notifications.all() if "吹哨" in n.text_zh]


def test_nobody_signs_their_own_draft(handled, draft, alliance, street):
    alliance.appointments.create(
        user=street, role="street", organisation=alliance.lead_b, from_on=today()
    )

    with pytest.raises(ActionRefused, match="自己起草"):
        sign_whistle(whistle=draft(handled), is_yes=True, by=street)


def test_only_the_leader_signs(handled, draft, street, secretariat):
    whistle = draft(handled)

    for user in (street, secretariat):
        with pytest.raises(PermissionDenied):
            sign_whistle(whistle=whistle, is_yes=True, by=user)


def test_a_whistle_not_signed_calls_nobody(handled, draft, street_leader, giver, giving):
    whistle = sign_whistle(whistle=draft(handled), is_yes=False, by=street_leader)

    assert whistle.state == "withdrawn"
    with pytest.raises(ActionRefused, match="不在进行中"):
        arrive(call=whistle.calls.get(organisation=giving), by=giver)


def test_only_a_sub_district_whistles(handled, giver, giving, needing):
    with pytest.raises(ActionRefused, match="只有街道"):
        draft_whistle(
            matter=handled,
            organisation=giving,
            kind="residents",
            reason="涉及多家",
            meet_at="院门口",
            calls=[needing],
            by=giver,
        )


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"calls": ()}, "请选择应哨单位"),
        ({"reason": " "}, "请写明需要协同解决的问题"),
        ({"meet_at": ""}, "请写明集合地点"),
        ({"kind": "party"}, "请选择吹哨类型"),
    ],
)
def test_half_a_whistle_is_refused(handled, draft, facts, words):
    with pytest.raises(ActionRefused, match=words):
        draft(handled, **facts)


def test_one_whistle_at_a_time(handled, draft):
    draft(handled)

    with pytest.raises(ActionRefused, match="已有吹哨"):
        draft(handled)


def test_who_is_called_arrives_reports_and_both_sides_judge(
    blown, call_of, giver, receiver, giving, needing, street, handled
):
    for user, organisation in ((giver, giving), (receiver, needing)):
        call = call_of(organisation)
        with pytest.raises(ActionRefused, match="请先报到"):
            report_result(call=call, text="已处置", by=user)
        arrive(call=call, by=user)
        report_result(call=call, text="已处置", by=user)
        judge_whistler(call=call, verdict="good", by=user)
        judge_call(call=call, verdict="good", by=street)

    blown.refresh_from_db()
    assert blown.state == "ended"
    assert handled.events.filter(what="whistle_ended").count() == 1


def test_a_bad_word_needs_a_reason(call_of, giver, giving, street):
    call = call_of(giving)
    arrive(call=call, by=giver)
    report_result(call=call, text="已处置", by=giver)

    with pytest.raises(ActionRefused, match="哪里不到位"):
        judge_call(call=call, verdict="bad", by=street)


def test_nobody_judges_themselves_nor_before_the_time(call_of, giver, giving, street):
    call = call_of(giving)
    with pytest.raises(PermissionDenied):
        judge_call(call=call, verdict="good", by=giver)
    with pytest.raises(ActionRefused, match="反馈期限未到"):
        judge_call(call=call, verdict="good", by=street)


def test_who_does_not_come_in_time_is_told_once(call_of, giver, giving, street):
    call = call_of(giving)
    call.arrive_by -= timedelta(days=3)
    call.save()

    remind_of_matters()
    remind_of_matters()

    for user in (giver, street):
        assert len([n for n in user.notifications.all() if "尚未按时报到" in n.text_zh]) == 1
