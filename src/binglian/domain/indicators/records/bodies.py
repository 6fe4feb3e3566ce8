"""Organisations as they stood at an instant: what kind they were and where they were seated."""

from __future__ import annotations

from copy import copy
from datetime import datetime
from functools import cached_property

from django.db import models

from binglian.domain.alliance.models import Organisation
from binglian.domain.places.models import Area

from .rewinding import Later


class Bodies:
    """Undoes on organisations what was corrected only after the instant."""

    def __init__(self, as_of: datetime) -> None:
        self._later = Later(Organisation, as_of, chain=None)

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

    @cached_property
    def _areas(self) -> dict[str, int]:
        return pk_by_name(Area)


def pk_by_name(model: type[models.Model]) -> dict[str, int]:
    """Both names of each row → its key: the ledger keeps the name in the actor's language."""
    rows = model._default_manager.values_list("pk", "name", "name_en")
    return {name: pk for pk, *names in rows for name in names if name}
