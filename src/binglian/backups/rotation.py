"""Which backups are kept: the newest of every recent day, week and month."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Rotation:
    """How many days, weeks (of ISO 8601) and months keep their newest backup."""

    days: int = 7
    weeks: int = 5
    months: int = 12


def kept(times: Collection[datetime], rotation: Rotation) -> set[datetime]:
    """Those of ``times`` that stay. Periods without a backup do not count; the newest stays."""
    newest_first = sorted(times, reverse=True)
    periods: list[tuple[int, Callable[[datetime], Hashable]]] = [
        (rotation.days, lambda at: at.date()),
        (rotation.weeks, lambda at: at.isocalendar()[:2]),
        (rotation.months, lambda at: (at.year, at.month)),
    ]
    staying = set(newest_first[:1])
    for most, period_of in periods:
        newest: dict[Hashable, datetime] = {}
        for at in newest_first:
            newest.setdefault(period_of(at), at)
        staying |= set(list(newest.values())[:most])
    return staying
