"""Whoever makes the signed PDF of a version registers here; it works after the transaction."""

from collections.abc import Callable
from functools import partial

from django.db import transaction

_sealers: list[Callable[[int], object]] = []


def register_sealer(enqueue: Callable[[int], object]) -> None:
    """``enqueue(version_id)`` queues the job that makes the signed document."""
    _sealers[:] = [enqueue]


def seal_later(version_id: int) -> None:
    """Ask for the signed document once what was just signed is committed."""
    for enqueue in _sealers:
        transaction.on_commit(partial(enqueue, version_id))
