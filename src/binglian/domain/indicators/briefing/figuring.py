"""The figures of a month beside the month before: counts, the three rates, one of each promise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from binglian.domain.indicators.figures import read
from binglian.domain.indicators.measures import BY_CODE
from binglian.domain.indicators.periods import Period
from binglian.domain.indicators.records import Records
from binglian.domain.matters.queries.rates import ThreeRates, three_rates

from .subjects import SUBJECTS

#: Of each promise the indicator that a month says most of.
_INDICATORS = ("C1", "W1", "O1", "D2", "E2")
_SAME = "持平"
_RATES = (("response", "诉求响应率"), ("solved", "诉求解决率"), ("content", "诉求满意率"))


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it is printed.

    Attributes
    ----------
    path
        Where the records behind it are, within the pages of the alliance.
    bars
        Both months as numbers, for the chart; none where it is not drawn.
    """

    code: str
    label: str
    now: str
    before: str
    change: str
    path: str
    bars: tuple[int, int] | None = None


def figures_of(records: Records, month: Period, previous: Period) -> list[Figure]:
    """Every figure of the month, counted anew from the records."""
    return [
        *_counted(records, month, previous),
        *_rates(records, month, previous),
        *_promises(records, month, previous),
    ]


def _counted(records: Records, month: Period, previous: Period) -> Iterator[Figure]:
    for count in (count for one in SUBJECTS for count in one.counts):
        now, before = (len(list(count.cases(records, one))) for one in (month, previous))
        if count.is_optional and not (now or before):
            continue
        yield Figure(
            code=count.code,
            label=str(count.label),
            now=str(now),
            before=str(before),
            change=_signed(now - before),
            path=f"briefings/{month}/figures/{count.code}/?at={records.as_of.isoformat()}",
            bars=(now, before) if count.is_drawn else None,
        )


def _rates(records: Records, month: Period, previous: Period) -> Iterator[Figure]:
    now, before = (
        three_rates(records.alliance, one.first, min(one.last, records.on))
        for one in (month, previous)
    )
    for name, label in _RATES:
        values = [_rate(one, name) for one in (now, before)]
        yield Figure(
            code=name,
            label=label,
            now=_share(*values[0]),
            before=_share(*values[1]),
            change=_points(*values),
            path=f"matters/rates/?first={month.first}&last={month.last}",
        )


def _rate(rates: ThreeRates, name: str) -> tuple[float | None, float, float]:
    rate = getattr(rates, name)
    return rate.share, rate.numerator, rate.denominator


def _promises(records: Records, month: Period, previous: Period) -> Iterator[Figure]:
    for code in _INDICATORS:
        indicator = BY_CODE[code]
        readings = [read(indicator, records, one) for one in (month, previous)]
        values = [(one.value, one.figure.numerator, one.figure.denominator) for one in readings]
        yield Figure(
            code=code,
            label=f"{indicator.promise.label}·{indicator.name}",
            now=_share(*values[0]),
            before=_share(*values[1]),
            change=_points(*values),
            path=f"figures/{code}/?period={month}&as_of={records.on}",
        )


def _share(value: float | None, numerator: float, denominator: float) -> str:
    """Never without what it is of; too few are told as they are, without a share."""
    if value is None:
        return "—" if not denominator else f"不足 5（{numerator:g}/{denominator:g}）"
    return f"{value:.1%}（{numerator:g}/{denominator:g}）"


def _points(
    now: tuple[float | None, float, float], before: tuple[float | None, float, float]
) -> str:
    if now[0] is None or before[0] is None:
        return "—"
    points = round((now[0] - before[0]) * 100, 1)
    return f"{points:+.1f} 点".replace("-", "−") if points else _SAME


def _signed(change: int) -> str:
    return f"{change:+d}".replace("-", "−") if change else _SAME
