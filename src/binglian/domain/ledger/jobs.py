"""The daily round: every chain is walked, and what holds is sealed by a checkpoint."""

import logging

from django.db import transaction
from django_tasks import task

from binglian.domain.refusals import ActionRefused

from .actions import sign_checkpoint, verify_and_note
from .once.actions import claim, forget_old_answers
from .queries import chains_to_verify

logger = logging.getLogger(__name__)


def every_minute() -> None:
    """What a clock does for the ledger: once a day, in its first minute, the round.

    What does not hold is never sealed; the alarm is raised by the verification itself.
    """
    forget_old_answers()
    for chain in chains_to_verify():
        if verify_and_note(chain=chain, by=None).is_sound:
            _seal(chain)


@task()
def verify_in_background(chain: str) -> None:
    """A walk too long for a request. Time limit: none; a million rows take about 20 seconds."""
    verify_and_note(chain=chain, by=None)


def enqueue_verification(chain: str) -> None:
    """Ask for the walk, once however often the button was pressed."""
    with transaction.atomic():
        claim(chain)
        verify_in_background.enqueue(chain)


def _seal(chain: str) -> None:
    try:
        sign_checkpoint(chain=chain, by=None)
    except ActionRefused as refusal:
        logger.error("No checkpoint was signed for %s: %s", chain, refusal)
