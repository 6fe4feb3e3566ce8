"""The Monday letter tells who speaks for an organisation what the two weeks bring."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils.translation import override

from binglian.domain.accounts.actions import choose_weekly_letter, send_waiting_mail
from binglian.domain.accounts.models import Notification
from binglian.domain.alliance.models import today
from binglian.domain.projects.actions import report, write_weekly_letters
from binglian.domain.projects.models import Project
from binglian.domain.projects.queries import outlook_of

MONDAY = today() - timedelta(days=today().weekday())


@pytest.fixture
def running(underground, planned):
    """The underground complex, worked by a plan whose first tasks fall into these weeks."""
    plan = planned(underground)
    Project.objects.update(state=Project.State.RUNNING, starts_on=today() - timedelta(days=30))
    sooner = MONDAY - plan.starts_on
    for row in plan.rows.all():
        row.starts_on, row.finishes_on = row.starts_on + sooner, row.finishes_on + sooner
        row.save()
    underground.refresh_from_db()
    return underground


def mails_to(user):
    Notification.objects.exclude(key__startswith="week:").delete()
    send_waiting_mail()
    return [one for one in mail.outbox if one.to == [user.email]]


def test_the_letter_names_what_starts_who_waits_and_what_to_prepare(running, alliance, giver):
    giver.email = "officer@example.org"
    giver.save()

    write_weekly_letters(alliance)

    (letter,) = mails_to(giver)
    task = running.tasks.get(number="01")
    assert letter.body.startswith(f"{giver}，您好：")
    assert f"【在等我们】1\n— 01 {task}（{running}）" in letter.body
    assert "后面 26 项在等" in letter.body
    assert "【提前备齐申请材料】" in letter.body
    assert task.item.papers[0] in letter.body
    assert f"/a/historic/projects/{running.pk}/tasks/{task.pk}/" in letter.body
    assert "/account/" in letter.body


def test_a_calendar_of_the_two_weeks_goes_with_it(running, alliance, giver, giving):
    giver.email = "officer@example.org"
    giver.save()
    rows = outlook_of(alliance, [giving]).rows

    write_weekly_letters(alliance)

    (letter,) = mails_to(giver)
    ((name, content, kind),) = letter.attachments
    assert (name, kind) == ("calendar.ics", "text/calendar")
    assert content.count("BEGIN:VEVENT") == len(rows) > 0


def test_an_office_hears_what_it_waits_for(running, alliance, needing):
    """The housing office can issue nothing until the owner has filed the first paper."""
    outlook = outlook_of(alliance, [needing])

    assert [one.task.number for one in outlook.from_others] == ["01"]
    assert outlook.from_us == []


def test_what_is_done_is_not_written_about(running, alliance, giving, secretariat):
    report(task=running.tasks.get(number="01"), event="passed", by=secretariat)

    numbers = {row.task.number for row in outlook_of(alliance, [giving]).rows}

    assert "01" not in numbers


def test_who_wants_no_mail_reads_it_in_the_inbox(running, alliance, giver):
    giver.email = "officer@example.org"
    giver.save()
    choose_weekly_letter(by=giver, is_wanted=False)

    write_weekly_letters(alliance)

    assert giver.notifications.filter(key__startswith="week:").count() == 1
    assert mails_to(giver) == []


def test_it_is_written_in_the_readers_language_and_once(running, alliance, giver):
    giver.language, giver.email = "en", "officer@example.org"
    giver.save()

    first, second = write_weekly_letters(alliance), write_weekly_letters(alliance)

    (letter,) = mails_to(giver)
    with override("en"):
        title = str(running)
    assert (first > 0, second) == (True, 0)
    assert title in letter.body
    assert "您好" not in letter.body
