"""What a row said at an instant, where later acts have overwritten it: read from the ledger."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import models

from binglian.domain.ledger.models import LedgerEntry


class Later:
    """The acts on one kind of thing after an instant, earliest first. One query.

    Attributes
    ----------
    chain
        ``None`` looks through all chains: an organisation or an area may be entered in any.
    """

    def __init__(self, model: type[models.Model], as_of: datetime, *, chain: str | None) -> None:
        entries = LedgerEntry.objects.filter(object_type=model._meta.label_lower, at__gt=as_of)
        if chain is not None:
            entries = entries.filter(chain=chain)
        self._acts: dict[str, list[tuple[str, str]]] = {}
        rows = entries.order_by("at", "number").values_list("object_id", "act", "change")
        for object_id, act, change in rows:
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


def moments(
    model: type[models.Model], pks: Collection[int], act: str, *, chain: str
) -> dict[int, datetime]:
    """When an act last happened to each of these, as the ledger has it."""
    if not pks:
        return {}
    entries = LedgerEntry.objects.filter(
        chain=chain,
        object_type=model._meta.label_lower,
        object_id__in=[str(pk) for pk in pks],
        act=act,
    )
    return {int(pk): at for pk, at in entries.order_by("number").values_list("object_id", "at")}
