"""The agenda gathers what is unfinished; topics come from members, with an answer to each."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from binglian.domain.accounts.models import Notification
from binglian.domain.alliance.models import today
from binglian.domain.coupling.actions import accept_commitment
from binglian.domain.coupling.models import Commitment, UnmetNeed
from binglian.domain.governance.actions import (
    accept_topic,
    add_agenda_item,
    convene_meeting,
    defer_topic,
    gather_agenda,
    offer_topic,
    order_agenda,
    remove_agenda_item,
)
from binglian.domain.refusals import ActionRefused


@pytest.fixture
def topic(alliance, giving, giver):
    return offer_topic(
        alliance=alliance,
        organisation=giving,
        title="夜间停车共享",
        paper="八处可开放",
        by=giver,
    )


@pytest.fixture
def late(propose, giver):
    """An accepted commitment whose day has passed."""

    def make(**facts):
        commitment = accept_commitment(commitment=propose(**facts), by=giver)
        Commitment.objects.filter(pk=commitment.pk).update(due_on=today() - timedelta(3))
        return commitment

    return make


def titles(meeting):
    return [str(item) for item in meeting.items.all()]


def test_a_topic_accepted_is_on_the_agenda_and_its_member_told(topic, prepared, secretariat, giver):
    accept_topic(topic=topic, word="请带图纸。", by=secretariat)

    told = Notification.objects.filter(user=giver, key__startswith="topic:").get()
    assert titles(prepared) == ["夜间停车共享"]
    assert told.text_zh == ("贵单位的议题“夜间停车共享”已列入第 1 次联席会议议程。请带图纸。")


def test_a_topic_deferred_leaves_the_agenda_with_a_word(topic, prepared, secretariat):
    accept_topic(topic=topic, by=secretariat)

    deferred = defer_topic(topic=topic, word="下季度再议", by=secretariat)

    assert (titles(prepared), deferred.state, deferred.word) == ([], "deferred", "下季度再议")


def test_a_deferral_without_a_word_is_refused(topic, prepared, secretariat):
    with pytest.raises(ActionRefused, match="请写明暂缓的理由"):
        defer_topic(topic=topic, word="", by=secretariat)


def test_nobody_offers_a_topic_for_a_neighbour(alliance, needing, giver):
    with pytest.raises(PermissionDenied):
        offer_topic(alliance=alliance, organisation=needing, title="别人的事", by=giver)


def test_a_topic_waits_while_no_meeting_is_prepared(topic, secretariat):
    with pytest.raises(ActionRefused, match="还没有筹备中的会议"):
        accept_topic(topic=topic, by=secretariat)


def test_overdue_commitments_come_onto_the_agenda_in_both_languages(prepared, late, secretariat):
    late()

    assert gather_agenda(meeting=prepared, by=secretariat) == 1
    item = prepared.items.get()
    assert item.announced == "逾期的承诺 · 居民议事场地 · 建设集团（示例）"
    with override("en"):
        assert item.announced == "Overdue commitments · 居民议事场地 · Builders (illustrative)"


def test_gathering_twice_brings_nothing_twice(prepared, late, secretariat):
    late()
    gather_agenda(meeting=prepared, by=secretariat)

    assert gather_agenda(meeting=prepared, by=secretariat) == 0
    assert prepared.items.count() == 1


def test_what_was_settled_since_leaves_the_agenda(prepared, late, secretariat):
    commitment = late()
    gather_agenda(meeting=prepared, by=secretariat)
    Commitment.objects.filter(pk=commitment.pk).update(due_on=today() + timedelta(3))

    gather_agenda(meeting=prepared, by=secretariat)

    assert titles(prepared) == []


def test_a_need_no_run_could_serve_comes_onto_the_agenda(prepared, propose, make_need, secretariat):
    run = propose().run
    run.published_at = run.asked_at
    run.save()
    need = make_need(title="社区食堂")
    UnmetNeed.objects.create(run=run, need=need)

    gather_agenda(meeting=prepared, by=secretariat)

    assert [(str(item), item.organisation.name) for item in prepared.items.all()] == [
        ("社区食堂", "海关后社区（示例）")
    ]


def test_a_long_list_is_cut_to_six_and_a_link_to_the_rest(prepared, late, make_need, secretariat):
    for number in range(9):
        late(need=make_need(title=f"场地{number}"))

    gather_agenda(meeting=prepared, by=secretariat)

    items = list(prepared.items.all())
    assert (len(items), str(items[-1])) == (7, "逾期的承诺：另有 3 项")
    assert items[-1].url == "/a/historic/commitments/?overdue=on"


def test_the_order_is_what_was_asked_for(prepared, secretariat):
    first, _second, third = (
        add_agenda_item(meeting=prepared, title=title, by=secretariat) for title in "甲乙丙"
    )

    order_agenda(meeting=prepared, order=[third.pk, first.pk], by=secretariat)

    assert titles(prepared) == ["丙", "甲", "乙"]


def test_a_point_of_another_meeting_cannot_be_smuggled_in(prepared, secretariat):
    with pytest.raises(ActionRefused, match="议程已有变动"):
        order_agenda(meeting=prepared, order=[999], by=secretariat)


def test_topics_are_deferred_rather_than_struck_off(topic, prepared, secretariat):
    accept_topic(topic=topic, by=secretariat)

    with pytest.raises(ActionRefused, match="请在议题页写明理由后暂缓"):
        remove_agenda_item(item=prepared.items.get(), by=secretariat)


def test_after_the_invitation_a_topic_stays(topic, prepared, secretariat):
    accept_topic(topic=topic, by=secretariat)
    convene_meeting(meeting=prepared, by=secretariat)

    with pytest.raises(ActionRefused, match="会议通知已发出"):
        defer_topic(topic=topic, word="算了", by=secretariat)
