"""Writing down that a key was used, what was answered, and forgetting both in the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from binglian.domain.ledger.models import KeptAnswer

from .attempts import Attempt, DoneBefore, current_attempt
from .sealing import opened, sealed

#: How long a program's repeated request is recognised: a clock that is set forward by days, and
#: back again, must not make it a new one.
KEPT_FOR = timedelta(days=30)
#: How long a form is: a page may lie open for days, and a phone may be without a network.
FORM_KEPT_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an earlier arrival; no ``answer`` when it was lost before it was kept."""

    answer: str | None
    #: What was done, in words.
    label: str
    at: datetime


def claim(label: str = "") -> None:
    """Write the key of the present arrival down; inside the transaction of the act.

    Every act that goes into the ledger does so. Two arrivals at once: the second waits here for
    the first, and then changes nothing. Something else sent under the same key, as from a form
    that was gone back to and changed, takes the key over.

    Raises
    ------
    DoneBefore
        Another arrival of the same thing was first.
    """
    attempt = current_attempt()
    if attempt is None:
        return
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("claim() must run inside the transaction of its action.")
    mine: dict[str, Any] = {
        "request": attempt.request,
        "attempt": attempt.number,
        "is_programs": attempt.is_programs,
        "label": label[:200],
        "sealed": b"",
        "kept_at": now(),
    }
    row, _is_new = KeptAnswer.objects.get_or_create(asked=attempt.asked, defaults=mine)
    if row.attempt != attempt.number:
        if row.request == attempt.request:
            raise DoneBefore
        earlier = KeptAnswer.objects.filter(pk=row.pk, attempt=row.attempt)
        if not earlier.update(**mine):
            raise DoneBefore  # taken over a moment ago by another arrival
    attempt.is_claimed = True


def keep(attempt: Attempt, answer: str) -> None:
    """What this arrival was answered, for the next of the same."""
    content = sealed(answer, attempt.asker, attempt.key, attempt.content)
    KeptAnswer.objects.filter(asked=attempt.asked, attempt=attempt.number).update(sealed=content)


def kept(attempt: Attempt) -> Kept | None:
    """What became of an earlier arrival of the very same thing."""
    row = KeptAnswer.objects.filter(asked=attempt.asked, request=attempt.request).first()
    if row is None or row.attempt == attempt.number:
        return None
    content = bytes(row.sealed)
    answer = opened(content, attempt.asker, attempt.key, attempt.content) if content else None
    return Kept(answer, row.label, row.kept_at)


def is_used_otherwise(attempt: Attempt) -> bool:
    """Whether the key stands for something else."""
    return KeptAnswer.objects.filter(asked=attempt.asked).exclude(request=attempt.request).exists()


def forget_old_answers() -> int:
    """Erase what need not be recognised any more; returns how many."""
    programs, forms = now() - KEPT_FOR, now() - FORM_KEPT_FOR
    gone, _each = KeptAnswer.objects.filter(is_programs=True, kept_at__lt=programs).delete()
    old, _each = KeptAnswer.objects.filter(is_programs=False, kept_at__lt=forms).delete()
    return gone + old
