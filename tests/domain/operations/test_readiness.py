"""What an operator is told to look at, and when readers are sent elsewhere."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils.timezone import now
from django_tasks_db.models import DBTaskResult

from binglian.domain.accounts.models import Notification
from binglian.domain.ledger import guards
from binglian.domain.ledger.actions import verify_and_note
from binglian.domain.ledger.jobs import verify_in_background
from binglian.domain.ledger.models import Verification
from binglian.domain.operations import readiness
from binglian.domain.operations.backups.noting import note_verified
from binglian.domain.operations.readiness import State, is_ready, look
from binglian.domain.operations.readings import all_readings


@pytest.fixture(autouse=True)
def _a_disk_with_room(monkeypatch):
    """Whatever the disk of the machine that tests."""
    monkeypatch.setattr(readiness, "LITTLE_DISK", 0)
    monkeypatch.setattr(readiness, "NO_DISK", 0)


def not_well():
    return {one.name: one.state.value for one in look() if one.state is not State.OK}


def readings():
    return {reading.name: reading.values for reading in all_readings()}


def test_a_new_platform_is_ready(db):
    assert (not_well(), is_ready(look())) == ({}, True)


def test_a_job_nobody_takes_is_told_but_pages_are_served(db):
    verify_in_background.enqueue("platform")
    DBTaskResult.objects.update(enqueued_at=now() - timedelta(minutes=11))

    assert (not_well(), is_ready(look())) == ({"queue": "warning"}, True)
    assert readings()["jobs"] == {"ready": 1, "running": 0, "failed": 0, "successful": 0}
    assert readings()["oldest_job_seconds"][""] // 60 == 11


def test_a_letter_that_does_not_leave_is_told(db, viewer):
    Notification.objects.create(user=viewer, key="k", text_zh="一", text_en="one", url="/")
    Notification.objects.update(created_at=now() - timedelta(hours=2))

    assert (not_well(), readings()["mail_waiting"]) == ({"mail": "warning"}, {"": 1})


def test_without_its_guard_the_ledger_takes_nobody_in(db):
    guards.remove(connection)

    assert (not_well(), is_ready(look())) == ({"ledger_guard": "failing"}, False)


def test_a_ledger_not_verified_for_a_day_is_told(alliance):
    verify_and_note(chain="platform", by=None)
    assert not_well() == {}
    Verification.objects.update(at=now() - timedelta(hours=27))

    assert not_well() == {"ledger_verified": "warning"}
    assert readings()["ledger_verified_seconds"][""] // 3600 == 27


def test_a_chain_that_does_not_hold_is_named(alliance):
    walk = {"chain": "historic", "entries": 3, "checkpoints": 0, "sealed": 0}
    Verification.objects.create(**walk)
    Verification.objects.create(**walk, broken_at=2, fault="altered")
    (found,) = [one for one in look() if one.state is not State.OK]

    assert (found.name, "historic" in found.told) == ("ledger_verified", True)
    assert readings()["ledger_broken_chains"] == {"": 1}


@pytest.mark.parametrize(
    ("free", "state", "ready"), [(100, "failing", False), (1000, "warning", True)]
)
def test_a_disk_that_fills_up_is_told_in_time(db, monkeypatch, free, state, ready):
    megabytes = readiness.readings.free_disk()[0] // readiness.MEGABYTE
    monkeypatch.setattr(readiness, "NO_DISK", (megabytes - free + 200) * readiness.MEGABYTE)
    monkeypatch.setattr(readiness, "LITTLE_DISK", (megabytes - free + 2048) * readiness.MEGABYTE)

    assert (not_well(), is_ready(look())) == ({"disk": state}, ready)


def test_a_platform_without_a_fresh_backup_is_told(db, settings, tmp_path):
    settings.DATA, settings.PRODUCTION = tmp_path, True
    settings.BACKUP_READERS = []
    assert not_well() == {"backup": "warning"}
    settings.BACKUP_READERS = ["0" * 64]
    assert not_well() == {"backup": "warning"}

    file = tmp_path / "a.backup"
    file.write_bytes(b"")
    note_verified(file, now() - timedelta(hours=2))
    assert (not_well(), readings()["backup_seconds"][""] // 3600) == ({}, 2)
    note_verified(file, now() - timedelta(hours=27))
    assert (not_well(), is_ready(look())) == ({"backup": "warning"}, True)
