"""A briefing's content, counted and listed from the records of one instant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import override

from binglian.domain.alliance.models import Alliance
from binglian.domain.indicators.periods import Period, month
from binglian.domain.indicators.records import Records
from binglian.papers.drawing import Drawing

from .drawing import chart_of, map_of
from .figuring import Figure, figures_of
from .subjects import SUBJECTS
from .telling import Told

#: Parts of a briefing in order: their titles, and what stands there when nothing is to be told.
PARTS = {
    "done": ("已办成", "本月没有记录到办成的事项。"),
    "stuck": ("卡住的：等谁、自何时", "没有逾期和等待的事项。"),
    "ahead": ("下月安排", "下月没有到期的事项。"),
    "cases": ("案例", "本月没有写明情况或评价的兑现。"),
}
#: The kinds of record that subjects tell of.
_READ = ("roll", "commitments", "topics", "projects", "findings", "books")
#: More lines of a part nobody reads in one sitting; the rest is a link away.
_MOST = 15


@dataclass(frozen=True, slots=True)
class Listed:
    """The lines of one part, the most pressing first, and how many there are in all."""

    lines: tuple[Told, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Composition:
    """All that a briefing says by itself. Never edited; composed anew when more is known."""

    month: Period
    as_of: datetime
    figures: tuple[Figure, ...]
    parts: Mapping[str, Listed]
    drawings: tuple[Drawing, ...]

    def as_json(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "month": str(self.month),
            "as_of": self.as_of.isoformat(),
            "figures": [asdict(one) for one in self.figures],
            "parts": {
                name: {
                    "lines": [asdict(line) | {"on": line.on.isoformat()} for line in part.lines],
                    "total": part.total,
                }
                for name, part in self.parts.items()
            },
            "drawings": [asdict(one) for one in self.drawings],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Composition:
        return cls(
            month=month(date.fromisoformat(f"{stored['month']}-01")),
            as_of=datetime.fromisoformat(stored["as_of"]),
            figures=tuple(
                Figure(**one | {"bars": tuple(one["bars"]) if one["bars"] else None})
                for one in stored["figures"]
            ),
            parts={
                name: Listed(
                    tuple(
                        Told(**line | {"on": date.fromisoformat(line["on"])})
                        for line in part["lines"]
                    ),
                    part["total"],
                )
                for name, part in stored["parts"].items()
            },
            drawings=tuple(Drawing(**one) for one in stored["drawings"]),
        )


def compose(alliance: Alliance, period: Period, as_of: datetime) -> Composition:
    """The month of an alliance as it was known at an instant, in Chinese."""
    records = Records(alliance, as_of)
    previous = month(period.first - timedelta(days=1))
    records.prepare(*_READ)
    with override("zh-hans"):
        figures = figures_of(records, period, previous)
        told = told_in(records, period)
        drawings = chart_of(figures, period, previous), map_of(records)
    return Composition(
        month=period,
        as_of=as_of,
        figures=tuple(figures),
        parts={name: Listed(tuple(lines[:_MOST]), len(lines)) for name, lines in told.items()},
        drawings=drawings,
    )


def told_in(records: Records, period: Period) -> dict[str, list[Told]]:
    """Every line of each part: the earliest first, what waits longest, what is due next."""
    return {part: lines_of(part, records, period) for part in PARTS}


def lines_of(part: str, records: Records, period: Period) -> list[Told]:
    """Every line of one part."""
    about = month(period.last + timedelta(days=1)) if part == "ahead" else period
    records.prepare(*_READ)
    with override("zh-hans"):
        lines = [line for one in SUBJECTS for line in getattr(one, part)(records, about)]
    if part == "stuck":  # of a month that is over: what waited at its end, and waits still
        lines = [line for line in lines if line.on <= period.last]
    return sorted(lines, key=lambda line: line.on)
