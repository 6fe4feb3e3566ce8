"""Readings of the five promises, for those who may see them."""

from __future__ import annotations

from datetime import date

from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.publicness import Published

from .figures import Indicator, Promise, Reading, read
from .measures import INDICATORS
from .periods import Period, months_until
from .records import Records


def readings_of(records: Records, period: Period) -> dict[Promise, list[Reading]]:
    """Every indicator over a period, by promise; what is known is as old as the records."""
    found: dict[Promise, list[Reading]] = {promise: [] for promise in Promise}
    for indicator in INDICATORS:
        found[indicator.promise].append(read(indicator, records, period))
    return found


def history_of(
    indicator: Indicator, records: Records, *, until: date, months: int = 12
) -> list[Reading]:
    """The indicator month by month, as the same records have it, the latest last."""
    return [read(indicator, records, one) for one in months_until(until, months)]


def public_readings(
    alliance: Alliance, records: Records, period: Period
) -> dict[Promise, list[Reading]]:
    """The readings everybody may see: none, unless the alliance publishes them."""
    return readings_of(records, period) if alliance.publishes(Published.FIGURES) else {}
