"""Workers give signs of life; what a dead one left is taken back."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_noop
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User

from .identity import is_gone
from .interrupted import resumption_of

logger = logging.getLogger(__name__)

#: A worker that cannot be seen from here is believed dead after so much silence.
SILENCE = timedelta(seconds=60)
#: A job that has taken so many workers with it is not begun again.
MOST_ATTEMPTS = 3
_GIVEN_UP = gettext_noop("后台任务“%(name)s”中断了 %(times)s 次，不再重试。请查看运行日志。")


def beat(worker_id: str) -> None:
    """Sign of life of a worker, to be given several times within ``SILENCE``."""
    cache.set(f"worker:{worker_id}", 1, SILENCE.total_seconds())


def take_back_jobs() -> list[str]:
    """Put every job of a dead worker in order; returns their names.

    It is done again, by whoever comes first; the third time it is given up, with a notice to
    administrators and whatever its subject says to who asked for it.
    """
    found = []
    for job in DBTaskResult.objects.running().only("worker_ids", "started_at"):
        if job.worker_ids and job.started_at and _is_dead(job.worker_ids[-1], job.started_at):
            found += _taken_back(job.pk, job.worker_ids)
    return found


def _is_dead(worker_id: str, began: datetime) -> bool:
    gone = is_gone(worker_id)
    if gone is not None:
        return gone
    # Whichever way the clock was set meanwhile.
    return abs(now() - began) > SILENCE and cache.get(f"worker:{worker_id}") is None


@transaction.atomic
def _taken_back(pk: UUID | str, worker_ids: list[str]) -> list[str]:
    jobs = DBTaskResult.objects.select_for_update().running()
    job = jobs.filter(pk=pk, worker_ids=worker_ids).first()
    if job is None:  # another worker was faster
        return []
    resumption = resumption_of(job.task_path)
    args, kwargs = job.args_kwargs["args"], job.args_kwargs["kwargs"]
    if len(worker_ids) < MOST_ATTEMPTS:
        job.status = TaskResultStatus.READY
        logger.warning("%s%s is done again: its worker is gone", job.task_path, args)
        if resumption:
            resumption.again(*args, **kwargs)
    else:
        job.status, job.finished_at = TaskResultStatus.FAILED, now()
        job.exception_class_path = "binglian.domain.workers.WorkerGone"
        job.traceback = f"The worker ended {len(worker_ids)} times while it did this."
        logger.error("%s%s is given up: %s", job.task_path, args, job.traceback)
        if resumption:
            resumption.give_up(*args, **kwargs)
        _tell_administrators(job, len(worker_ids))
    job.save()
    return [job.task_path]


def _tell_administrators(job: DBTaskResult[..., object], times: int) -> None:
    role = User.PlatformRole.ADMINISTRATOR
    notify(
        User.objects.filter(is_active=True, platform_role=role),
        key=f"job:{job.pk}",
        message=_GIVEN_UP,
        facts={"name": job.task_path.rpartition(".")[2], "times": times},
        url="/platform/",
    )
