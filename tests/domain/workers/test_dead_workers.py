"""What a dead worker left is done again; what kills every worker is given up, and said to be."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils.module_loading import import_string
from django.utils.timezone import localdate, now
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from binglian.domain.accounts.models import Notification, User
from binglian.domain.coupling import engine_adapter as engine
from binglian.domain.coupling.actions import ask_run, begin_run, finish_run
from binglian.domain.coupling.jobs import work_out_run
from binglian.domain.coupling.models import CouplingRun
from binglian.domain.ledger.jobs import verify_in_background
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.workers.actions import MOST_ATTEMPTS, beat, take_back_jobs
from binglian.domain.workers.identity import is_gone, own_id
from binglian.domain.workers.interrupted import known_jobs

ELSEWHERE = "0123456789abcdef.1-7-7"


@pytest.fixture(scope="module")
def dead() -> str:
    """The identity of a worker that has ended."""
    asks = "from binglian.domain.workers.identity import own_id; print(own_id())"
    ended = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    return ended.stdout.strip()


def taken(task: Task, *args: object, by: str, times: int = 1) -> DBTaskResult:
    """A job that a worker took up a moment ago, perhaps not the first."""
    task.enqueue(*args)
    job = DBTaskResult.objects.ready().get()
    for _ in range(times):
        job.claim(by)
    job.started_at = now() - timedelta(minutes=2)
    job.save()
    return job


def test_a_worker_knows_who_lives_and_who_is_gone(dead: str) -> None:
    assert is_gone(own_id()) is False
    assert is_gone(dead) is True
    assert is_gone(ELSEWHERE) is None
    assert len(own_id()) <= 64


def test_another_process_with_the_same_number_is_not_the_worker() -> None:
    machine, _dash, _rest = own_id().partition("-")

    assert is_gone(f"{machine}-{os.getpid()}-1") is True


@pytest.mark.django_db
def test_a_job_whose_worker_died_waits_for_the_next(dead: str) -> None:
    job = taken(verify_in_background, "platform", by=dead)

    assert take_back_jobs() == [verify_in_background.module_path]

    job.refresh_from_db()
    assert job.status == TaskResultStatus.READY
    assert take_back_jobs() == []


@pytest.mark.django_db
def test_a_job_whose_worker_lives_is_left_alone() -> None:
    taken(verify_in_background, "platform", by=own_id())

    assert take_back_jobs() == []


@pytest.mark.django_db
def test_a_worker_on_another_machine_is_believed_as_long_as_it_gives_signs_of_life() -> None:
    taken(verify_in_background, "platform", by=ELSEWHERE)
    beat(ELSEWHERE)

    assert take_back_jobs() == []


@pytest.mark.django_db
def test_a_silent_worker_on_another_machine_is_believed_dead() -> None:
    taken(verify_in_background, "platform", by=ELSEWHERE)

    assert take_back_jobs() == [verify_in_background.module_path]


@pytest.fixture
def run(alliance, secretariat: User) -> CouplingRun:
    asked = ask_run(alliance=alliance, by=secretariat)
    begin_run(run_id=asked.pk)
    return asked


def test_a_run_broken_off_is_begun_again_at_once(run: CouplingRun, dead: str) -> None:
    taken(work_out_run, run.pk, by=dead)

    take_back_jobs()

    run.refresh_from_db()
    assert run.state == CouplingRun.State.QUEUED
    assert LedgerEntry.objects.latest("pk").act == "run.revived"
    assert begin_run(run_id=run.pk) == run


def test_a_run_that_kills_every_worker_fails_and_its_people_are_told(
    run: CouplingRun, dead: str, secretariat: User, administrator: User
) -> None:
    job = taken(work_out_run, run.pk, by=dead, times=MOST_ATTEMPTS)

    take_back_jobs()

    for row in (run, job):
        row.refresh_from_db()
    assert (run.state, job.status) == (CouplingRun.State.FAILED, TaskResultStatus.FAILED)
    told = Notification.objects.filter(user__in=[secretariat, administrator])
    assert sorted(told.values_list("user__username", "text_zh")) == [
        ("administrator", "后台任务“work_out_run”中断了 3 次，不再重试。请查看运行日志。"),
        ("secretariat", f"“{run}” 没有算成：运算进程中断了几次，不再重试。"),
    ]


def test_a_worker_that_was_silent_does_not_undo_what_another_has_finished(
    run: CouplingRun,
) -> None:
    snapshot = engine.snapshot_of(run, localdate())
    outcome = engine.run_engine(
        snapshot, seconds=1, seed=0, progress=lambda _seen: None, should_stop=lambda: False
    )
    first = finish_run(run_id=run.pk, outcome=outcome)

    second = finish_run(run_id=run.pk, outcome=outcome)

    assert (first.state, second.state) == (CouplingRun.State.PROPOSED,) * 2


def test_every_job_that_is_to_be_resumed_exists() -> None:
    assert all(isinstance(import_string(path), Task) for path in known_jobs())
    assert len(known_jobs()) == 2
