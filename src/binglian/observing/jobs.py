"""Background jobs: each knows what asked for it, and tells when it begins and how it ended."""

import logging
from contextlib import ExitStack
from typing import Any

from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks.signals import task_finished, task_started
from django_tasks_db import DatabaseBackend

from . import origins, traces

logger = logging.getLogger(__name__)

#: Where the origin stands in the arguments kept with a job, beside ``args`` and ``kwargs``.
_ORIGIN = "origin"


class Backend(DatabaseBackend):
    """Jobs in the database, each with the request that asked for it."""

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        origin = origins.carried()
        if not origin:
            return super().enqueue(task, args, kwargs)
        with transaction.atomic():  # no worker takes it before it is complete
            asked: Any = super().enqueue(task, args, kwargs)
            row = asked.db_result
            row.args_kwargs = {**row.args_kwargs, _ORIGIN: origin}
            row.save(update_fields=["args_kwargs"])
        return asked


def listen() -> None:
    """Called once by a worker: from now on its log lines say which job they belong to."""
    task_started.connect(_begin, dispatch_uid=__name__)
    task_finished.connect(_finish, dispatch_uid=__name__)


#: The span of the job at hand; a worker does one at a time.
_under_way = ExitStack()


def _begin(*, task_result: Any, **_: Any) -> None:
    origin = dict(task_result.db_result.args_kwargs.get(_ORIGIN, {}))
    parent = origin.pop("parent", "")
    name = task_result.task.module_path.removeprefix("binglian.domain.")
    origins.begin(job=name, job_id=str(task_result.id), **origin)
    _under_way.enter_context(traces.span(f"job {name}", parent=parent))


def _finish(*, task_result: Any, **_: Any) -> None:
    facts: dict[str, Any] = {"outcome": task_result.status.lower()}
    if task_result.started_at and task_result.finished_at:
        took = task_result.finished_at - task_result.started_at
        facts["ms"] = round(1000 * took.total_seconds(), 1)
    if task_result.status == TaskResultStatus.FAILED:
        logger.error("job", extra=facts, exc_info=True)  # sent while the error is being dealt with
    else:
        logger.info("job", extra=facts)
    _under_way.close()
    origins.end()
