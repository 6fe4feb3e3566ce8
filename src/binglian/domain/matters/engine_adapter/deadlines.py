"""When a matter is due: its own period, its pauses and extensions, by the calendar of today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.timezone import localtime

from binglian.domain.alliance.calendar import calendar
from binglian.engine.working_time import Counting, Deadline, Stop, deadline, warning_at

__all__ = ["Deadline", "due", "warning_at"]


def due(
    counted_from: datetime,
    period: int,
    clock: str,
    *,
    pauses: Iterable[tuple[datetime, datetime]] = (),
    extensions: Iterable[int] = (),
) -> Deadline:
    """The deadline of a period with its ended pauses and its extensions in working days.

    An extension begins where the period before it ends, and always counts working days.
    """
    stops = [Stop(start, end) for start, end in sorted(pauses)]
    found = deadline(
        localtime(counted_from), period, Counting(clock), stops=stops, calendar=calendar()
    )
    is_provisional = found.is_provisional
    for days in extensions:
        found = deadline(found.at, days, Counting.WORKING_DAYS, stops=stops, calendar=calendar())
        is_provisional |= found.is_provisional
    return Deadline(found.at, is_provisional)
