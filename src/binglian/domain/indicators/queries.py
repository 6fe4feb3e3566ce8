"""Readings of the five promises, for those who may see them."""

from __future__ import annotations

from datetime import date

from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.publicness import Published

from .figures import Indicator, Promise, Reading, read
from .kept import kept
from .measures import INDICATORS
from .periods import Period, months_until
from .records import Records


def readings_of(records: Records, period: Period) -> dict[Promise, list[Reading]]:
    """Every indicator over a period, by promise; what is known is as old as the records.

    The figures alone, without the records behind them: they are kept while nothing happens.
    """

    def make() -> dict[Promise, list[Reading]]:
        found: dict[Promise, list[Reading]] = {promise: [] for promise in Promise}
        records.prepare("roll", "commitments", "topics", "projects", "publications")
        for indicator in INDICATORS:
            found[indicator.promise].append(read(indicator, records, period).brief())
        return found

    return kept(records.alliance, "readings", period, as_of=records.as_of, make=make)


def history_of(
    indicator: Indicator, records: Records, *, until: date, months: int = 12
) -> list[Reading]:
    """The indicator month by month, as the same records have it, the latest last; figures alone."""

    def make() -> list[Reading]:
        return [read(indicator, records, one).brief() for one in months_until(until, months)]

    what = ("history", indicator.code, until, months)
    return kept(records.alliance, *what, as_of=records.as_of, make=make)


def public_readings(
    alliance: Alliance, records: Records, period: Period
) -> dict[Promise, list[Reading]]:
    """The readings everybody may see: none, unless the alliance publishes them."""
    return readings_of(records, period) if alliance.publishes(Published.FIGURES) else {}
