"""Whom an act concerns beside the organisation that acted; each subject says it of its objects."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from binglian.domain.ledger.models import LedgerEntry

#: Keys of objects of one kind → the organisations each of them concerns.
Concerned = Callable[[Iterable[int]], dict[int, set[int]]]
_KINDS: dict[str, Concerned] = {}


def register(object_type: str, concerned: Concerned) -> None:
    """Called once when the subject's app is ready; ``object_type`` as the ledger writes it."""
    _KINDS[object_type] = concerned


def concerning(entries: Iterable[LedgerEntry], organisation: int) -> list[LedgerEntry]:
    """Those of the entries that concern the organisation, in their order."""
    entries = list(entries)
    objects: dict[str, set[int]] = {}
    for entry in entries:
        if entry.object_type in _KINDS:
            objects.setdefault(entry.object_type, set()).add(int(entry.object_id))
    known = {kind: _KINDS[kind](keys) for kind, keys in objects.items()}
    return [
        entry
        for entry in entries
        if entry.organisation_id == organisation
        or organisation in known.get(entry.object_type, {}).get(int(entry.object_id or 0), set())
    ]
