"""A site is open to visitors; places are never promised twice, contacts go in time."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now
from django.utils.translation import override
from icalendar import Calendar

from binglian.domain.checks.actions import (
    announce_open_day,
    cancel_open_day,
    change_open_day,
    erase_due_sign_ups,
    read_sign_up_contacts,
    record_open_day,
    sign_up,
    tell_visitors,
    withdraw_sign_up,
)
from binglian.domain.checks.calendar_file import calendar_of
from binglian.domain.checks.models import OpenDay, SignUp
from binglian.domain.checks.queries import (
    coming,
    looks_at_visitors,
    past,
    public_open_days,
    sign_up_by_token,
)
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.projects.models import Project
from binglian.domain.refusals import ActionRefused

PHONE = "13900001234"


@pytest.fixture
def announce(site, giver):
    def make(**facts):
        soon = now().replace(microsecond=0) + timedelta(days=10)
        starts_at = facts.pop("starts_at", soon)
        facts = {
            "title_zh": "十二月工地开放日（示例）",
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=2),
            "meet_at": "馆陶路北口",
            "notes": "请穿平底鞋。",
            "capacity": 4,
        } | facts
        return announce_open_day(project=site, by=giver, **facts)

    return make


@pytest.fixture
def open_day(announce):
    return announce()


def come(open_day, people=1, **contact):
    contact = contact or {"phone": PHONE}
    return sign_up(open_day=open_day, people=people, contact=contact, consent_text="同意")


def test_places_are_counted_in_people(open_day):
    come(open_day, 3)
    open_day.refresh_from_db()

    assert (open_day.taken, open_day.left) == (3, 1)
    with pytest.raises(ActionRefused, match="只剩 1 个名额"):
        come(open_day, 2)
    come(open_day, 1)
    with pytest.raises(ActionRefused, match="名额已满"):
        come(open_day, 1)


def test_the_database_keeps_a_day_from_being_oversold(open_day):
    with pytest.raises(IntegrityError), transaction.atomic():
        OpenDay.objects.filter(pk=open_day.pk).update(taken=5)


def test_who_stays_away_frees_the_places_and_is_forgotten_at_once(open_day):
    row, token = come(open_day, 4)

    withdraw_sign_up(row=sign_up_by_token(token))

    row.refresh_from_db()
    open_day.refresh_from_db()
    assert (open_day.left, bytes(row.sealed), row.erased_at is None) == (4, b"", False)
    with pytest.raises(ActionRefused, match="已经取消"):
        withdraw_sign_up(row=row)


def test_the_contact_is_nowhere_in_the_database_in_plain(open_day):
    row, token = come(open_day, email="visitor@example.org")
    row.refresh_from_db()

    kept = str([getattr(row, field.attname) for field in SignUp._meta.fields])
    assert "visitor@example.org" not in kept + bytes(row.sealed).decode("latin-1")
    assert token not in kept
    assert LedgerEntry.objects.filter(change__contains="visitor@example.org").count() == 0


def test_the_desk_reads_contacts_with_a_reason_that_stays(open_day, giver, receiver):
    row, _token = come(open_day)

    with pytest.raises(PermissionDenied):
        read_sign_up_contacts(open_day=open_day, reason="想看看", by=receiver)
    with pytest.raises(ActionRefused, match="为什么查看"):
        read_sign_up_contacts(open_day=open_day, reason=" ", by=giver)
    found = read_sign_up_contacts(open_day=open_day, reason="天气有变，逐个告知", by=giver)

    assert found == [(row, {"phone": PHONE})]
    assert [(one.by, one.reason) for one in looks_at_visitors(open_day)] == [
        ("giver", "天气有变，逐个告知")
    ]


def test_contacts_are_erased_thirty_days_after_the_day(open_day):
    row, _token = come(open_day)
    due = localdate(open_day.ends_at) + timedelta(days=30)

    assert erase_due_sign_ups(today=due - timedelta(days=1)) == 0
    assert erase_due_sign_ups(today=due) == 1

    row.refresh_from_db()
    assert (bytes(row.sealed), row.erased_at is None) == (b"", False)
    assert erase_due_sign_ups(today=due) == 0


def test_visitors_with_a_mail_address_hear_once_of_a_change(open_day, giver):
    come(open_day)
    with override("en"):
        come(open_day, email="visitor@example.org")
    later = open_day.starts_at + timedelta(days=1)
    facts = {"starts_at": later, "ends_at": later + timedelta(hours=2)}
    change_open_day(open_day=open_day, by=giver, **facts)

    assert (tell_visitors(), tell_visitors()) == (1, 0)

    (letter,) = mail.outbox
    assert letter.to == ["visitor@example.org"]
    assert letter.subject == "Changed: 十二月工地开放日（示例）"
    event = Calendar.from_ical(letter.attachments[0].content).walk("VEVENT")[0]
    assert (event.decoded("dtstart"), event["sequence"]) == (later, 1)


def test_a_change_of_words_alone_writes_to_nobody(open_day, giver):
    come(open_day, email="visitor@example.org")
    change_open_day(open_day=open_day, by=giver, notes="请穿平底鞋，戴安全帽。", capacity=9)

    assert tell_visitors() == 0


def test_a_cancelled_day_takes_nobody_and_tells_why(open_day, giver):
    come(open_day, email="visitor@example.org")
    cancel_open_day(open_day=open_day, reason="大风预警", by=giver)

    assert tell_visitors() == 1
    assert "大风预警" in mail.outbox[0].body
    with pytest.raises(ActionRefused, match="不接受报名"):
        come(open_day)


def test_places_are_not_taken_back_from_those_who_have_them(open_day, giver):
    come(open_day, 3)

    with pytest.raises(ActionRefused, match="已有 3 人报名"):
        change_open_day(open_day=open_day, by=giver, capacity=2)


def test_a_day_is_not_moved_into_the_past(open_day, giver):
    with pytest.raises(ActionRefused, match="在现在之后"):
        change_open_day(open_day=open_day, by=giver, starts_at=now() - timedelta(hours=1))


def test_a_day_that_is_over_is_entered_for_its_questions_and_takes_nobody(announce, giver):
    day = announce(starts_at=now() - timedelta(hours=5), ends_at=now() - timedelta(hours=3))
    with pytest.raises(ActionRefused, match="不接受报名"):
        come(day)

    assert record_open_day(open_day=day, record_zh="无人提问", visitors=0, by=giver).state == "held"


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"ends_at": now() + timedelta(days=9)}, "在开始时间之后"),
        ({"capacity": 0}, "名额须在"),
        ({"meet_at": " "}, "集合地点"),
        ({"notes": f"联系 {PHONE}"}, "手机号"),
    ],
)
def test_what_cannot_be_an_open_day_is_refused(announce, wrong, why):
    with pytest.raises(ActionRefused, match=why):
        announce(**wrong)


@pytest.mark.parametrize(
    ("people", "contact", "why"),
    [
        (0, {"phone": PHONE}, "1 到 5 人"),
        (6, {"phone": PHONE}, "1 到 5 人"),
        (1, {"phone": " "}, "手机或邮箱"),
    ],
)
def test_what_cannot_be_a_sign_up_is_refused(open_day, people, contact, why):
    with pytest.raises(ActionRefused, match=why):
        come(open_day, people, **contact)


def test_only_a_public_project_has_open_days(announce, site):
    Project.objects.filter(pk=site.pk).update(is_public=False)

    with pytest.raises(ActionRefused, match="还没有公开"):
        announce()


def test_what_was_asked_on_the_day_is_there_for_everybody(announce, alliance, giver):
    day = announce()
    with pytest.raises(ActionRefused, match="还没开始"):
        record_open_day(open_day=day, record_zh="问：噪声？答：夜间停工。", visitors=3, by=giver)
    OpenDay.objects.filter(pk=day.pk).update(
        starts_at=now() - timedelta(hours=3), ends_at=now() - timedelta(hours=1)
    )
    with pytest.raises(ActionRefused, match="手机号"):
        record_open_day(open_day=day, record_zh=f"请打 {PHONE}", visitors=3, by=giver)
    record_open_day(open_day=day, record_zh="问：噪声？答：夜间停工。", visitors=3, by=giver)

    days = public_open_days(alliance)
    assert list(coming(days)) == []
    assert [(one.record, one.visitors) for one in past(days)] == [("问：噪声？答：夜间停工。", 3)]


def test_the_desk_takes_a_machines_sign_up_off_and_says_why(open_day, giver, receiver):
    row, token = come(open_day, 4)

    with pytest.raises(PermissionDenied):
        withdraw_sign_up(row=row, by=receiver, reason="疑似机器")
    withdraw_sign_up(row=row, by=giver, reason="电话打不通，疑似机器填写")

    assert sign_up_by_token(token).reason == "电话打不通，疑似机器填写"
    open_day.refresh_from_db()
    assert open_day.left == 4


def test_the_calendar_file_knows_the_time_zone(open_day):
    book = Calendar.from_ical(calendar_of("开放日", [open_day], site="https://example.org"))
    event = book.walk("VEVENT")[0]

    assert [str(zone["tzid"]) for zone in book.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    assert event["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert event.decoded("dtstart") == open_day.starts_at.replace(microsecond=0)
    assert (str(event["uid"]), str(event["url"])) == (
        f"open-day-{open_day.pk}@example.org",
        f"https://example.org/p/historic/open-days/{open_day.pk}/",
    )
