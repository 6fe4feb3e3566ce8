"""Organisations as they stood at an instant: what kind they were and where they were seated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Protocol

from binglian.domain.alliance.models import Organisation

from .rewinding import Later


class Named(Protocol):
    """Something with a name in each language."""

    pk: int
    name: str
    name_en: str


class Bodies:
    """Undoes on organisations what was corrected only after the instant."""

    def __init__(self, later: Later, areas: Mapping[str, int]) -> None:
        self._later, self._areas = later, areas

    def as_it_stood(self, body: Organisation) -> Organisation:
        """The organisation with its kind and seat of then; itself where neither has changed."""
        kind = self._later.before(body.pk, "kind", body.kind)
        seat = self._later.before(body.pk, "area", body.area_id)
        if isinstance(seat, str):  # the ledger names what an organisation lies in
            seat = self._areas.get(seat)
        if (kind, seat) == (body.kind, body.area_id):
            return body
        found = copy(body)
        found.kind, found.area_id = kind, seat
        return found

    def is_known(self, pk: int) -> bool:
        """Whether it had been entered by the instant."""
        return not self._later.has(pk, "organisation.entered")

    @property
    def corrected(self) -> list[int]:
        """Those that may have been seated elsewhere then."""
        return self._later.touched("organisation.changed")


def pk_by_name(rows: Iterable[Named]) -> dict[str, int]:
    """Both names of each row → its key: the ledger keeps the name in the actor's language."""
    return {name: row.pk for row in rows for name in (row.name, row.name_en) if name}
