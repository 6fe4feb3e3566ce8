"""Joint meetings: prepared by the cadence, convened once, moved and cancelled with notice."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from icalendar import Calendar

from binglian.domain.accounts.actions import send_waiting_mail
from binglian.domain.accounts.models import Notification
from binglian.domain.governance.actions import (
    accept_topic,
    add_agenda_item,
    cancel_meeting,
    change_meeting_rules,
    convene_meeting,
    move_meeting,
    note_superiors_told,
    offer_topic,
    prepare_meeting,
    remind_of_meetings,
    reply_to_invitation,
)
from binglian.domain.governance.meeting_dates import next_start
from binglian.domain.governance.models import Meeting, MeetingRules, Topic
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.refusals import ActionRefused
from tests.domain.governance.meetings.conftest import in_days


@pytest.mark.parametrize(
    ("after", "day"),
    [
        ("2026-11-27", "2026-12-10"),
        ("2026-12-10", "2027-03-10"),  # the day itself is past
        ("2027-04-01", "2027-06-10"),
        ("2027-08-20", "2027-09-10"),
    ],
)
def test_the_cadence_gives_the_next_day(after, day):
    start = next_start(MeetingRules(), date.fromisoformat(after))

    assert f"{start:%Y-%m-%d %H:%M}" == f"{day} 09:30"


def test_a_meeting_never_falls_on_a_day_off():
    rules = MeetingRules(months=[10], day=1)  # the National Day holidays of 2026 end on the 7th

    assert next_start(rules, date(2026, 9, 1)).date() == date(2026, 10, 8)


def test_without_months_there_is_no_next_meeting():
    assert next_start(MeetingRules(months=[]), date(2026, 9, 1)) is None


def test_lead_times_are_counted_back_from_the_day(prepared):
    on = prepared.on

    assert (
        on - prepared.topics_due_on,
        on - prepared.agenda_due_on,
        on - prepared.superiors_due_on,
    ) == (timedelta(7), timedelta(3), timedelta(2))


def test_the_clock_prepares_the_next_meeting_once(alliance, secretariat):
    day = (in_days(14)).date()
    change_meeting_rules(
        alliance=alliance, months=list(range(1, 13)), day=min(day.day, 28), by=secretariat
    )

    remind_of_meetings()
    remind_of_meetings()

    first = Meeting.objects.get()
    assert (first.number, first.state) == (1, "prepared")


def test_only_the_secretariat_convenes(prepared, giver):
    with pytest.raises(PermissionDenied):
        convene_meeting(meeting=prepared, by=giver)


def test_an_empty_agenda_is_not_sent(prepared, secretariat):
    with pytest.raises(ActionRefused, match="议程还是空的"):
        convene_meeting(meeting=prepared, by=secretariat)


def test_two_meetings_are_not_prepared_at_once(prepared, alliance, secretariat):
    with pytest.raises(ActionRefused, match="已有一次会议在筹备"):
        prepare_meeting(alliance=alliance, starts_at=in_days(60), by=secretariat)


def test_every_member_is_invited_and_answers_for_itself(convened, giver, receiver, giving, needing):
    reply_to_invitation(meeting=convened, organisation=giving, reply="coming", expected=2, by=giver)
    with pytest.raises(PermissionDenied):
        reply_to_invitation(meeting=convened, organisation=needing, reply="excused", by=giver)

    found = {row.organisation: (row.reply, row.expected) for row in convened.attendances.all()}
    assert (len(found), found[giving], found[needing]) == (4, ("coming", 2), ("", 0))


def calendars_mailed(method: str) -> list[Calendar]:
    send_waiting_mail()
    found = []
    for message in mail.outbox:
        for content, kind in message.alternatives:
            if kind == f"text/calendar; method={method}":
                found.append(Calendar.from_ical(content))
    return found


def test_the_invitation_enters_the_readers_calendar(giver, prepared, secretariat):
    add_agenda_item(meeting=prepared, title="停车共享；讲座，展览", by=secretariat)
    convene_meeting(meeting=prepared, by=secretariat)

    calendars = calendars_mailed("REQUEST")
    ours = [c for c in calendars if giver.email in str(c.walk("VEVENT")[0]["ATTENDEE"])]
    event = ours[0].walk("VEVENT")[0]
    assert (str(ours[0]["METHOD"]), len(ours[0].walk("VTIMEZONE"))) == ("REQUEST", 1)
    assert event.decoded("DTSTART") == prepared.starts_at
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(hours=2)
    assert (event["SEQUENCE"], str(event["STATUS"])) == (0, "CONFIRMED")
    assert str(event["DESCRIPTION"]).splitlines()[0] == "1. 停车共享；讲座，展览"
    assert str(event["LOCATION"]) == "三楼会议室"


def test_nobody_learns_the_address_of_another_member(convened, giver, receiver, secretariat):
    for notice in Notification.objects.exclude(calendar=""):
        others = {giver.email, receiver.email, secretariat.email} - {notice.user.email}
        assert [address for address in others if address in notice.calendar] == []


def test_a_moved_meeting_replaces_itself_in_the_calendar(giver, convened, secretariat):
    sent = Notification.objects.filter(user=giver).exclude(calendar="")
    before = Calendar.from_ical(sent.get().calendar)

    move_meeting(
        meeting=convened,
        starts_at=in_days(28),
        minutes_long=90,
        place="街道会议室",
        by=secretariat,
    )

    after = Calendar.from_ical(sent.first().calendar).walk("VEVENT")[0]
    first = before.walk("VEVENT")[0]
    assert after["UID"] == first["UID"]
    assert (first["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after.decoded("DTSTART") == in_days(28)
    moved = Meeting.objects.get()
    assert moved.on - moved.topics_due_on == timedelta(7)


def test_moving_before_the_invitation_sends_none(prepared, secretariat, giver):
    move_meeting(meeting=prepared, starts_at=in_days(30), minutes_long=60, place="", by=secretariat)

    assert Meeting.objects.get().sequence == 0
    assert Notification.objects.exclude(calendar="").count() == 0


def test_a_cancelled_meeting_leaves_the_calendar_and_frees_its_topics(
    alliance, prepared, secretariat, giver, giving
):
    topic = offer_topic(alliance=alliance, organisation=giving, title="停车共享", by=giver)
    accept_topic(topic=topic, by=secretariat)
    convene_meeting(meeting=prepared, by=secretariat)

    cancel_meeting(meeting=prepared, why="台风", by=secretariat)

    event = Calendar.from_ical(
        Notification.objects.filter(user=giver).exclude(calendar="").first().calendar
    ).walk("VEVENT")[0]
    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CANCELLED", 1)
    assert (Topic.objects.get().state, Topic.objects.get().meeting) == ("offered", None)


def test_a_cancellation_is_explained(prepared, secretariat):
    with pytest.raises(ActionRefused, match="请写明取消的原因"):
        cancel_meeting(meeting=prepared, why=" ", by=secretariat)


def test_superiors_are_told_and_it_is_on_record(convened, secretariat):
    note_superiors_told(meeting=convened, by=secretariat)

    acts = LedgerEntry.objects.filter(object_type="governance.meeting").order_by("number")
    assert [entry.act for entry in acts if entry.act.startswith("meeting.")] == [
        "meeting.prepared",
        "meeting.convened",
        "meeting.superiors_told",
    ]


def test_the_secretariat_is_reminded_of_what_is_due(convened, secretariat):
    Meeting.objects.update(starts_at=in_days(2), superiors_due_on=in_days(0).date())

    first, again = remind_of_meetings(), remind_of_meetings()

    assert (first, again) == (1, 0)
    assert Notification.objects.filter(user=secretariat, key__contains=":superiors:").count() == 1
