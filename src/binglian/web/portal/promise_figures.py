"""One figure for each of the five promises, as the first page tells it."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from time import monotonic

from django.core.cache import caches
from django.utils.timezone import localdate, now

from binglian.domain.alliance.models import Alliance, today
from binglian.domain.alliance.publicness import Published
from binglian.domain.indicators.figures import Indicator, read
from binglian.domain.indicators.measures import BY_CODE, INDICATORS
from binglian.domain.indicators.periods import year
from binglian.domain.indicators.records import Records
from binglian.domain.publishing.freshness import state_of_everything

#: Counted again after any act, and on another day.
_KEPT_SECONDS = 24 * 3600
#: What takes longer than this to count, in seconds, stands for so many times as long whoever acts
#: meanwhile: in a large alliance somebody always has, and each visitor would wait for the count.
_LONG, _STANDS_TIMES = 1.0, 100

_counting = Lock()


@dataclass(frozen=True)
class PromiseFigure:
    """A share of 0 to 1 of one indicator."""

    indicator: Indicator
    value: float


def promise_figures(portal: Alliance) -> list[PromiseFigure]:
    """Of each promise the first share of this year that may be told; [] where none is public."""
    if not portal.publishes(Published.FIGURES):
        return []
    return [PromiseFigure(BY_CODE[code], value) for code, value in _kept(portal)]


def _kept(portal: Alliance) -> list[tuple[str, float]]:
    """As last counted, if that still holds or somebody else of this process is counting anew."""
    key, state = f"promise-figures:{portal.pk}:{localdate()}", state_of_everything()
    nothing: tuple[str, float, list[tuple[str, float]] | None] = ("", 0.0, None)
    counted_in, stands_until, told = caches["local"].get(key, nothing)
    if told is not None and (counted_in == state or monotonic() < stands_until):
        return told
    # Only who has nothing to tell waits for another's count.
    if not _counting.acquire(blocking=told is None):
        return told or []
    try:
        counted_in, _until, told = caches["local"].get(key, nothing)
        if told is not None and counted_in == state:
            return told
        begun = monotonic()
        told = _counted(portal)
        took = monotonic() - begun
        stands_until = begun + _STANDS_TIMES * took if took > _LONG else 0.0
        caches["local"].set(key, (state, stands_until, told), _KEPT_SECONDS)
        return told
    finally:
        _counting.release()


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
