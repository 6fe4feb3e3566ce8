"""What is kept how long: the operator's table says what the code does."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils.timezone import now
from django_tasks_db.models import DBTaskResult

from binglian.command.main import main
from binglian.domain.accounts.models import Notification
from binglian.domain.ledger.jobs import verify_in_background
from binglian.domain.operations import jobs
from binglian.domain.operations.actions.retaining import JOB_DAYS, KINDS, NOTICE_DAYS
from tools.steps import ROOT


@pytest.mark.once
def test_the_operators_table_is_the_codes():
    guide = (ROOT / "docs/guides/operator.md").read_text()
    section = guide.partition("## What is erased by itself")[2].partition("\n## ")[0]
    rows = re.findall(r"(?m)^\| (.+?) \| (.+?) \|$", section)[1:]

    assert rows == [(kind.name, kind.how_long) for kind in KINDS]


def test_what_is_due_is_erased_and_counted_and_the_rest_stays(viewer, capsys):
    for key, days in (("old", NOTICE_DAYS + 1), ("new", NOTICE_DAYS - 1), ("waiting", 9999)):
        row = Notification.objects.create(
            user=viewer, key=key, text_zh="一", text_en="one", url="/"
        )
        Notification.objects.filter(pk=row.pk).update(
            created_at=now() - timedelta(days=days), mailed_at=None if key == "waiting" else now()
        )
    for key, left in (("over", -1), ("alive", 1)):
        Session.objects.create(session_key=key, expire_date=now() + timedelta(days=left))
    verify_in_background.enqueue("platform")
    verify_in_background.enqueue("platform")
    old = DBTaskResult.objects.first()
    DBTaskResult.objects.filter(pk=old.pk).update(
        status="SUCCESSFUL", finished_at=now() - timedelta(days=JOB_DAYS + 1)
    )

    assert main(["retention", "--lang", "en"]) == 0

    told = dict(line.split(": ") for line in capsys.readouterr().out.splitlines())
    assert {name: count for name, count in told.items() if count != "0"} == {
        "sessions": "1",
        "notices and letters": "1",
        "background jobs that ended": "1",
    }
    assert set(Notification.objects.values_list("key", flat=True)) == {"new", "waiting"}
    assert list(Session.objects.values_list("session_key", flat=True)) == ["alive"]
    assert DBTaskResult.objects.count() == 1


def test_the_clock_erases_once_a_day(db):
    for _minute in range(2):
        Session.objects.create(session_key="over", expire_date=now() - timedelta(days=1))
        jobs.every_minute()
        remaining = Session.objects.filter(session_key="over").count()
        Session.objects.all().delete()

    assert remaining == 1
