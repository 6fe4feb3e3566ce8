"""Whom a commitment concerns: both sides, whoever of them acted."""

from collections.abc import Iterable

from binglian.domain.clients.concerning import register
from binglian.domain.coupling.models import Commitment


def concerned(keys: Iterable[int]) -> dict[int, set[int]]:
    """Commitment → giver and receiver."""
    rows = Commitment.objects.filter(pk__in=keys)
    return {pk: {giver, to} for pk, giver, to in rows.values_list("pk", "giver", "receiver")}


def register_concerned() -> None:
    register("coupling.commitment", concerned)
