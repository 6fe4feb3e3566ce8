"""Figures about the work that waits, for a monitor: each a few counts in the database."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Min, QuerySet
from django.utils.timezone import now
from django_tasks_db.models import DBTaskResult

from binglian.domain.accounts.queries import waiting_mail
from binglian.domain.clients.models import WebhookMessage
from binglian.domain.coupling.models import CouplingRun
from binglian.domain.ledger.queries import last_verifications
from binglian.domain.projects.models import PlanningRun

from .backups.noting import last_verified_at


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure with its label: ``values`` by label value, or under ``""`` where there is none."""

    name: str
    meaning: str
    label: str
    values: dict[str, float]


def all_readings() -> list[Reading]:
    """Everything; about ten queries."""
    return [read() for read in _READINGS]


def oldest_job_seconds() -> float:
    """How long the job waits that has waited longest; 0 where none does."""
    return _age(DBTaskResult.objects.ready().aggregate(at=Min("enqueued_at"))["at"])


def oldest_mail_seconds() -> float:
    """How long the letter waits that has waited longest; 0 where none does."""
    return _age(waiting_mail().aggregate(at=Min("created_at"))["at"])


def oldest_verification_seconds() -> float | None:
    """How long ago the chain was walked that was not walked for longest; ``None``: none ever."""
    walks = last_verifications()
    return _age(min(walk.at for walk in walks)) if walks else None


def broken_chains() -> list[str]:
    """The chains whose last walk found a row that does not hold."""
    return [walk.chain for walk in last_verifications() if not walk.is_sound]


def last_backup_seconds() -> float | None:
    """How old the newest backup is that was restored for trial; ``None``: there is none."""
    at = last_verified_at()
    return _age(at) if at else None


def free_disk() -> tuple[int, int]:
    """Bytes free, and all bytes, of the disk that holds ``BINGLIAN_DATA``."""
    folder = settings.DATA
    while not folder.exists():
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    return usage.free, usage.total


def _jobs() -> Reading:
    states = _counted(DBTaskResult.objects.all(), "status")
    named = {state.lower(): count for state, count in states.items()}
    none = dict.fromkeys(("ready", "running", "failed", "successful"), 0.0)
    return Reading("jobs", "Background jobs by state.", "state", none | named)


def _oldest_job() -> Reading:
    meaning = "How long the oldest waiting job has waited."
    return Reading("oldest_job_seconds", meaning, "", {"": oldest_job_seconds()})


def _mail() -> Reading:
    return Reading("mail_waiting", "Letters not sent yet.", "", {"": waiting_mail().count()})


def _oldest_mail() -> Reading:
    meaning = "How long the oldest letter has waited."
    return Reading("oldest_mail_seconds", meaning, "", {"": oldest_mail_seconds()})


def _webhooks() -> Reading:
    counted = _counted(WebhookMessage.objects.all(), "state")
    return Reading("webhook_messages", "Messages to webhooks by state.", "state", counted)


def _coupling() -> Reading:
    counted = _counted(CouplingRun.objects.all(), "state")
    return Reading("coupling_runs", "Coupling runs by state.", "state", counted)


def _planning() -> Reading:
    counted = _counted(PlanningRun.objects.all(), "state")
    return Reading("planning_runs", "Planning runs by state.", "state", counted)


def _ledger_age() -> Reading:
    meaning = "Time since the chain was verified that was not verified for longest."
    age = oldest_verification_seconds()
    return Reading("ledger_verified_seconds", meaning, "", {} if age is None else {"": age})


def _ledger_broken() -> Reading:
    meaning = "Chains of the ledger that did not hold when last verified."
    return Reading("ledger_broken_chains", meaning, "", {"": len(broken_chains())})


def _disk() -> Reading:
    meaning = "Bytes free where the data lie."
    return Reading("disk_free_bytes", meaning, "", {"": free_disk()[0]})


def _backup_age() -> Reading:
    meaning = "Age of the newest backup that was restored for trial."
    age = last_backup_seconds()
    return Reading("backup_seconds", meaning, "", {} if age is None else {"": age})


_READINGS: tuple[Callable[[], Reading], ...] = (
    _jobs,
    _oldest_job,
    _mail,
    _oldest_mail,
    _webhooks,
    _coupling,
    _planning,
    _ledger_age,
    _ledger_broken,
    _disk,
    _backup_age,
)


def _counted(rows: QuerySet, field: str) -> dict[str, float]:
    return dict(rows.order_by().values_list(field).annotate(Count("pk")))


def _age(at: datetime | None) -> float:
    return max(0.0, (now() - at).total_seconds()) if at else 0.0
