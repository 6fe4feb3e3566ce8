"""What a row said at an instant, where later acts have overwritten it: read from the ledger."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import QuerySet

from binglian.domain.ledger.models import LedgerEntry


def acts_after(
    as_of: datetime, model: type[models.Model], *, chain: str | None
) -> QuerySet[LedgerEntry, tuple[str, str, str]]:
    """What happened to things of one kind after an instant, earliest first, for :class:`Later`.

    ``chain`` ``None`` looks through all chains: an organisation may be entered in any.
    """
    entries = LedgerEntry.objects.filter(object_type=model._meta.label_lower, at__gt=as_of)
    if chain is not None:
        entries = entries.filter(chain=chain)
    return entries.order_by("at", "number").values_list("object_id", "act", "change")


class Later:
    """The acts on one kind of thing after an instant, asked for by :func:`acts_after`."""

    def __init__(self, acts: Iterable[tuple[str, str, str]]) -> None:
        self._acts: dict[str, list[tuple[str, str]]] = {}
        for object_id, act, change in acts:
            self._acts.setdefault(object_id, []).append((act, change))

    def has(self, pk: int, *acts: str) -> bool:
        """Whether one of these acts happened to it only after the instant."""
        return any(act in acts for act, _change in self._acts.get(str(pk), ()))

    def touched(self, act: str) -> list[int]:
        """Everything to which this act happened after the instant."""
        return [int(pk) for pk, acts in self._acts.items() if act in (one for one, _ in acts)]

    def before(self, pk: int, field: str, now: Any) -> Any:
        """What the field said at the instant; ``now`` where nothing has changed it since."""
        for _act, change in self._acts.get(str(pk), ()):
            said = json.loads(change).get(field)
            if isinstance(said, list) and len(said) == 2:
                return said[0]
        return now
