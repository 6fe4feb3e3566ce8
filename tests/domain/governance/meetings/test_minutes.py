"""Minutes: written beside the agenda; what is resolved binds once they are confirmed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.alliance.models import today
from binglian.domain.coupling.actions import explain_commitment, judge_delivery, report_delivery
from binglian.domain.coupling.models import Commitment
from binglian.domain.governance.actions import (
    answer_decision,
    ask_minutes,
    count_attendance,
    gather_agenda,
    prepare_meeting,
    remove_agenda_item,
    resolve,
    strike_resolution,
    write_conclusion,
    write_summary,
)
from binglian.domain.governance.minutes_paper import minutes_paper
from binglian.domain.governance.models import AgendaItem, Decision, Lead, Meeting
from binglian.domain.governance.queries import open_resolutions
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.refusals import ActionRefused
from tests.domain.governance.meetings.conftest import in_days

MINUTES = "governance.minutes"


@pytest.fixture
def note(begun, secretariat, giving, needing):
    """A resolution: the giving member opens its parking for the needing one."""

    def make(**facts):
        usual = {
            "meeting": begun,
            "item": begun.items.get(),
            "text": "开放夜间车位 30 个",
            "owner": giving,
            "receiver": needing,
            "due_on": today() + timedelta(30),
            "by": secretariat,
        }
        return resolve(**(usual | facts))

    return make


@pytest.fixture
def confirmed(begun, note, giving, secretariat, both_agree):
    note()
    count_attendance(meeting=begun, present={giving.pk: 2}, by=secretariat)
    ask_minutes(meeting=begun, by=secretariat)
    both_agree(MINUTES)
    return Meeting.objects.get(pk=begun.pk)


def test_nothing_is_written_before_the_meeting_began(convened, secretariat):
    with pytest.raises(ActionRefused, match="会议还没有开始"):
        write_conclusion(item=convened.items.get(), text="同意", version=0, by=secretariat)


def test_only_the_secretariat_writes(begun, giver):
    with pytest.raises(PermissionDenied):
        write_conclusion(item=begun.items.get(), text="同意", version=0, by=giver)


def test_two_writers_do_not_overwrite_each_other(begun, secretariat):
    item = begun.items.get()
    write_conclusion(item=item, text="同意先试行", version=0, by=secretariat)

    with pytest.raises(ActionRefused, match="刚由别人改过"):
        write_conclusion(item=item, text="暂不同意", version=0, by=secretariat)

    assert AgendaItem.objects.get().conclusion == "同意先试行"


def test_typing_goes_on_record_once(begun, secretariat):
    item = begun.items.get()
    for version, text in enumerate(["同", "同意", "同意试行"]):
        write_conclusion(item=item, text=text, version=version, by=secretariat)
    write_summary(meeting=begun, summary="讨论停车共享。", by=secretariat)

    assert LedgerEntry.objects.filter(act="minutes.written").count() == 1


def test_the_owner_does_not_judge_itself(note, giving):
    with pytest.raises(ActionRefused, match="责任单位不能自己评价"):
        note(receiver=giving)


def test_a_resolution_is_not_due_before_the_meeting(note):
    with pytest.raises(ActionRefused, match="不能早于会议日期"):
        note(due_on=today() - timedelta(1))


def test_struck_resolutions_leave_no_gap(note, begun, secretariat):
    first, _second = note(), note(text="开展讲座")

    strike_resolution(resolution=first, by=secretariat)

    assert [(row.number, row.text) for row in begun.resolutions.all()] == [(1, "开展讲座")]


def test_minutes_without_a_count_of_who_came_are_not_asked(begun, secretariat):
    with pytest.raises(ActionRefused, match="请先登记到会单位"):
        ask_minutes(meeting=begun, by=secretariat)


def test_one_lead_alone_binds_nobody(begun, note, giving, secretariat, lead_a, lead_b):
    note()
    count_attendance(meeting=begun, present={giving.pk: 1}, by=secretariat)
    ask_minutes(meeting=begun, by=secretariat)

    answer_decision(decision=Decision.objects.get(), lead=Lead.A, is_yes=True, by=lead_a)

    assert (Commitment.objects.count(), Meeting.objects.get().state) == (0, "convened")


def test_minutes_changed_after_asking_are_asked_again(
    begun, note, giving, secretariat, lead_a, lead_b
):
    note()
    count_attendance(meeting=begun, present={giving.pk: 1}, by=secretariat)
    ask_minutes(meeting=begun, by=secretariat)
    write_conclusion(item=begun.items.get(), text="另加一条", version=0, by=secretariat)

    with pytest.raises(ActionRefused, match="作废"):
        answer_decision(decision=Decision.objects.get(), lead=Lead.A, is_yes=True, by=lead_a)

    assert ask_minutes(meeting=begun, by=secretariat).state == "convened"
    assert Decision.objects.filter(state="asked").count() == 1


def test_confirmed_minutes_make_each_resolution_a_commitment(confirmed, giving, needing):
    made = Commitment.objects.get()

    assert (made.giver, made.receiver, made.title, made.due_on, made.state) == (
        giving,
        needing,
        "开放夜间车位 30 个",
        today() + timedelta(30),
        "accepted",
    )
    assert made.origin == confirmed.resolutions.get().origin


def test_confirmed_minutes_do_not_change(confirmed, secretariat):
    with pytest.raises(ActionRefused, match="纪要确认前才能记录"):
        write_summary(meeting=confirmed, summary="改一改", by=secretariat)


@pytest.fixture
def next_agenda(alliance, confirmed, secretariat):
    """What the next meeting's agenda would hold."""
    following = prepare_meeting(alliance=alliance, starts_at=in_days(60), by=secretariat)

    def gathered():
        gather_agenda(meeting=following, by=secretariat)
        return list(following.items.all())

    return gathered


def test_an_open_resolution_returns_on_the_next_agenda_and_stays(next_agenda, secretariat):
    (item,) = next_agenda()

    assert (str(item), item.source) == ("开放夜间车位 30 个", "resolutions")
    with pytest.raises(ActionRefused, match="须留在议程上"):
        remove_agenda_item(item=item, by=secretariat)


def test_an_overdue_resolution_is_one_point_not_two(next_agenda):
    Commitment.objects.update(due_on=today() - timedelta(2))

    assert [item.source for item in next_agenda()] == ["resolutions"]


def test_a_delivered_resolution_returns_until_it_is_judged(next_agenda, giver, receiver):
    delivery = report_delivery(
        commitment=Commitment.objects.get(), quantity=1, delivered_on=today(), by=giver
    )
    assert len(next_agenda()) == 1

    judge_delivery(delivery=delivery, verdict="met", by=receiver)

    assert next_agenda() == []


def test_an_explained_resolution_does_not_return(next_agenda, giver, alliance):
    explain_commitment(commitment=Commitment.objects.get(), by=giver, why="车位被征用")

    assert (next_agenda(), open_resolutions(alliance)) == ([], [])


def test_the_paper_says_what_the_minutes_say(confirmed):
    paper = minutes_paper(confirmed)

    assert (paper.title, paper.place) == ("第 1 次联席会议纪要", "三楼会议室")
    ((title, resolved),) = [(item.title, item.resolutions) for item in paper.items]
    assert (title, [(r.number, r.text, r.owner) for r in resolved]) == (
        "停车共享",
        [("1-1", "开放夜间车位 30 个", "建设集团（示例）")],
    )
    assert [(a.organisation, a.how, a.note) for a in paper.attendance] == [
        ("建设集团（示例）", "出席", "2 人")
    ]
