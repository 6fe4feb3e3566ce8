"""What happens to every computation a worker takes up: a coupling run, a planning run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.coupling.models import Computation
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless
from binglian.domain.workers.interrupted import when_interrupted

#: A worker reports at least this often while it is alive.
SILENCE = timedelta(minutes=2)
LONGEST_SECONDS = 600

_FAILED = gettext_noop("%(run)s 没有算成：%(why)s")
_DIED_OFTEN = gettext_noop("运算进程中断了几次，不再重试。")

Kind = TypeVar("Kind", bound=Computation)


def refuse_odd_seconds(seconds: int) -> None:
    refuse_unless(1 <= seconds <= LONGEST_SECONDS, _("时限须在 1 至 600 秒之间。"))


@transaction.atomic
def take_up(kind: type[Kind], run_id: int, *, act: str) -> Kind | None:
    """A worker takes it up; ``None`` when somebody else did or it was cancelled."""
    queued = kind._default_manager.select_for_update().filter(pk=run_id, state=kind.QUEUED)
    run = queued.first()
    if run is None:
        return None
    run.state, run.heartbeat_at, run.progress = kind.RUNNING, now(), 0
    run.save(update_fields=["state", "heartbeat_at", "progress"])
    record(None, act, run, within=run.alliance)
    return run


def note_alive(kind: type[Computation], run_id: int, **seen: Any) -> bool:
    """Sign of life from the worker. Returns whether it should stop: asked to, or replaced."""
    alive = kind._default_manager.filter(pk=run_id, state=kind.RUNNING)
    alive.update(heartbeat_at=now(), **seen)
    return not alive.filter(is_cancel_asked=False).exists()


def is_settled(run: Computation) -> bool:
    """Whether it has ended meanwhile: another worker did it, this one having been silent."""
    return run.state != run.RUNNING


@transaction.atomic
def hand_back(kind: type[Computation], run_id: int, *, act: str) -> None:
    """The worker that had it is dead; it waits for another."""
    run = kind._default_manager.select_for_update().get(pk=run_id)
    if run.state == kind.RUNNING:
        run.state, run.heartbeat_at = kind.QUEUED, now()
        run.save(update_fields=["state", "heartbeat_at"])
        record(None, act, run, within=run.alliance)


def resume_after_death(
    kind: type[Computation], task_path: str, *, revived: str, failed: str
) -> None:
    """Have a computation begun again whose worker died; when that happens too often, it fails."""

    def again(run_id: int) -> None:
        hand_back(kind, run_id, act=revived)

    def surrender(run_id: int) -> None:
        if kind._default_manager.get(pk=run_id).is_open:
            give_up(kind, run_id, failure=_DIED_OFTEN, act=failed)

    when_interrupted(task_path, again=again, give_up=surrender)


def call_off(run: Kind, *, by: User, act: str, settled: str) -> Kind:
    """Ask it to stop; a queued one stops at once, a running one within a second or two.

    The caller has asked who may, and holds the transaction.
    """
    run = type(run)._default_manager.select_for_update().get(pk=run.pk)
    refuse_unless(run.is_open, _("这次运算已经结束。"))
    run.is_cancel_asked = True
    run.save(update_fields=["is_cancel_asked"])
    record(by, act, run, within=run.alliance)
    if run.state == run.QUEUED:
        settle(run, run.CANCELLED, act=settled)
    return run


@transaction.atomic
def take_up_again(kind: type[Computation], *, act: str) -> list[int]:
    """Queue again what a dead worker left; returns the ids to enqueue."""
    silent = kind._default_manager.select_for_update().filter(
        state__in=[kind.QUEUED, kind.RUNNING], heartbeat_at__lt=now() - SILENCE
    )
    ids = []
    for run in silent:
        run.state, run.heartbeat_at = kind.QUEUED, now()
        run.save(update_fields=["state", "heartbeat_at"])
        record(None, act, run, within=run.alliance)
        ids.append(run.pk)
    return ids


@transaction.atomic
def give_up(kind: type[Computation], run_id: int, *, failure: str, act: str) -> None:
    """It broke off; the reason is kept for who asked."""
    run = kind._default_manager.select_for_update().get(pk=run_id)
    run.failure = failure[: kind._meta.get_field("failure").max_length]
    run.save(update_fields=["failure"])
    settle(run, kind.FAILED, act=act, change={"failure": run.failure})
    notify(
        [run.asked_by],
        key=f"{run._meta.label_lower}:{run.pk}:failed",
        message=_FAILED,
        facts={"run": f"“{run}”", "why": _(run.failure[:200])},
        url=run.address,
    )


def settle(run: Kind, state: str, *, act: str, change: Mapping[str, Any] | None = None) -> Kind:
    """It has ended in this state."""
    run.state, run.finished_at = state, now()
    run.save(update_fields=["state", "finished_at"])
    record(None, act, run, within=run.alliance, change=change or {})
    return run
