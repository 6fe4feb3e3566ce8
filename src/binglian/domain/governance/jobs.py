"""What a clock does for decisions, agreements and meetings, and the signed documents."""

import logging

from django.core.cache import cache
from django_tasks import task

from .actions import (
    close_windows,
    end_expired,
    end_notices,
    escalate_silence,
    lapse_what_changed,
    remind_of_agreements,
    remind_of_meetings,
)
from .queries import unsealed_versions

logger = logging.getLogger(__name__)
#: Seconds until a document that could not be made is tried again.
PATIENCE = 600


@task()
def seal_agreement(version_id: int) -> None:
    """Make the signed document of a version: some seconds. Safe to start twice."""
    # pyHanko loads for most of a second, and only the worker, not every web process, needs it.
    from .actions.agreement_sealing import seal_agreement_version  # noqa: PLC0415

    try:
        seal_agreement_version(version_id)
    except Exception:
        logger.exception("The document of agreement version %s was not made", version_id)


def enqueue_sealing(version_id: int) -> None:
    cache.set(f"seal:{version_id}", True, PATIENCE)
    seal_agreement.enqueue(version_id)


def seal_what_is_left() -> None:
    """Documents that were not made, because a worker died or a time-stamp did not come."""
    for version in unsealed_versions():
        if cache.get(f"seal:{version.pk}") is None:
            enqueue_sealing(version.pk)


def every_minute() -> None:
    """Close what has changed or run out, then tell of what is still awaited."""
    lapse_what_changed()
    escalate_silence()
    close_windows()
    end_notices()
    end_expired()
    remind_of_agreements()
    remind_of_meetings()
    seal_what_is_left()
