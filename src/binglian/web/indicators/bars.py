"""Months as bars of an SVG picture; the table beside it says the same in figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from binglian.domain.indicators.figures import Reading

#: In units of the picture.
WIDTH, HEIGHT, STEP = 600, 100, 50


@dataclass(frozen=True, slots=True)
class Bar:
    """One month; ``height`` is 0 where there is no figure."""

    x: float
    y: float
    height: float
    label: str

    @property
    def middle(self) -> float:
        return self.x + STEP * 0.3


@dataclass(frozen=True, slots=True)
class Bars:
    """The months of an indicator, the oldest first."""

    bars: list[Bar]
    #: What a bar of full height stands for.
    top: float

    def __bool__(self) -> bool:
        return any(bar.height for bar in self.bars)


def bars_of(history: Sequence[Reading]) -> Bars:
    """Shares reach to 1; days to the longest of them."""
    values = [reading.value or 0.0 for reading in history]
    is_share = bool(history) and history[0].indicator.is_share
    top = 1.0 if is_share else max([*values, 1.0])
    found = []
    for place, (reading, value) in enumerate(zip(history, values, strict=True)):
        height = round(max(value, 0) / top * HEIGHT, 1)
        x = place * STEP + STEP * 0.2
        found.append(Bar(x, HEIGHT - height, height, f"{reading.period.first:%m}"))
    return Bars(found, top)
