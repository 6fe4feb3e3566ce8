"""One figure for each of the five promises, as the first page tells it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import caches
from django.utils.timezone import now

from binglian.domain.alliance.models import Alliance, today
from binglian.domain.alliance.publicness import Published
from binglian.domain.indicators.figures import Indicator, read
from binglian.domain.indicators.measures import BY_CODE, INDICATORS
from binglian.domain.indicators.periods import year
from binglian.domain.indicators.records import Records
from binglian.domain.publishing.freshness import state_of_everything

#: Counted again after any act, and on another day.
_KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True)
class PromiseFigure:
    """A share of 0 to 1 of one indicator."""

    indicator: Indicator
    value: float


def promise_figures(portal: Alliance) -> list[PromiseFigure]:
    """Of each promise the first share of this year that may be told; [] where none is public."""
    if not portal.publishes(Published.FIGURES):
        return []
    key = f"promise-figures:{portal.pk}:{state_of_everything()}"
    told = caches["local"].get_or_set(key, lambda: _counted(portal), _KEPT_SECONDS)
    return [PromiseFigure(BY_CODE[code], value) for code, value in told or []]


def _counted(portal: Alliance) -> list[tuple[str, float]]:
    records, period = Records(portal, now()), year(today().year)
    records.prepare("roll", "commitments", "topics", "projects", "publications")
    found: dict[str, tuple[str, float]] = {}
    for indicator in INDICATORS:
        if indicator.is_share and indicator.promise not in found:
            value = read(indicator, records, period).value
            if value is not None:
                found[indicator.promise] = (indicator.code, value)
    return list(found.values())
