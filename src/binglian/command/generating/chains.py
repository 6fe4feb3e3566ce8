"""Acts of the city, put into the ledger in the order of time: a chain for each alliance."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from operator import itemgetter
from typing import Any

from django.db import models

from binglian.domain.ledger.chain import FIRST_HASH, canonical, digest_of
from binglian.domain.ledger.models import Chain, LedgerEntry
from binglian.domain.ledger.statements import instant
from binglian.domain.matters.models import MatterEvent

from .rows import Rows

Entry = tuple[float, int, dict[str, Any], dict[str, Any] | None]


@dataclass(slots=True)
class _End:
    key: int
    number: int = 0
    hash: str = FIRST_HASH


def moment(seconds: float) -> datetime:
    """The instant so many seconds after the epoch, to the second."""
    return datetime.fromtimestamp(int(seconds), UTC)


class Acts:
    """Who did what, kept until nothing earlier can come any more, then chained and written."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._kept: list[Entry] = []
        self._ends: dict[str, _End] = {}
        self._order = count()

    def note(
        self,
        at: float,
        chain: str,
        act: str,
        model: type[models.Model],
        key: int,
        label: str,
        *,
        by: tuple[int, str] | None = None,
        of: tuple[int, str] | None = None,
        change: dict[str, Any] | None = None,
        step: dict[str, Any] | None = None,
    ) -> None:
        """One act at ``at``, seconds since the epoch.

        ``by`` is the person, ``of`` the organisation acted for, each with its key. ``step`` is
        what the reporter of a matter reads of it: columns of ``MatterEvent``.
        """
        person, organisation = by or (None, ""), of or (None, "")
        entry = {
            "chain": chain,
            "user_id": person[0],
            "user": person[1],
            "organisation_id": organisation[0],
            "organisation": organisation[1][:120],
            "act": act,
            "object_type": model._meta.label_lower,
            "object_id": str(key),
            "object_label": label[:200],
            "change": canonical(change or {}),
        }
        self._kept.append((at, next(self._order), entry, step))

    def settle(self, until: float) -> None:
        """Write all acts before ``until``, seconds since the epoch; no earlier one may follow."""
        self._kept.sort(key=itemgetter(0, 1))
        end = bisect_left(self._kept, until, key=itemgetter(0))
        for at, _order, entry, step in self._kept[:end]:
            self._append(moment(at), entry)
            if step is not None:
                self._rows.add(MatterEvent, at=moment(at), **step)
        del self._kept[:end]

    def finish(self) -> None:
        """Write all that is left, and the ends of the chains."""
        self.settle(float("inf"))
        for name, end in self._ends.items():
            self._rows.add(Chain, id=end.key, name=name, last_number=end.number, last_hash=end.hash)

    def _append(self, at: datetime, entry: dict[str, Any]) -> None:
        end = self._ends.setdefault(entry["chain"], _End(len(self._ends) + 1))
        entry |= {"number": end.number + 1, "previous_hash": end.hash}
        end.number, end.hash = end.number + 1, digest_of(entry | {"at": instant(at)})
        self._rows.add(LedgerEntry, at=at, hash=end.hash, **entry)
