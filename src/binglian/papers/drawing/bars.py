"""A month beside the month before it, one pair of bars for each figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import svg

WIDTH = 640.0
_LABELS, _VALUES = 190.0, 60.0
_ROW, _THICK, _TOP = 42.0, 13.0, 34.0


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    now: float
    before: float


def bars(rows: Sequence[Bar], *, now: str, before: str, alternative: str) -> str:
    """Pairs of bars from the top down, the length of all in one scale.

    Parameters
    ----------
    now, before
        What the dark and the light bars are called.
    """
    longest = max([1.0, *(max(row.now, row.before) for row in rows)])
    scale = (WIDTH - _LABELS - _VALUES) / longest
    drawn = [_legend(now, before)]
    for place, row in enumerate(rows):
        top = _TOP + place * _ROW
        drawn.append(svg.text(row.label, _LABELS - 12, top + 21, text_anchor="end"))
        drawn.append(_bar(row.now, top + 3, scale, svg.DARK))
        drawn.append(_bar(row.before, top + 3 + _THICK + 2, scale, svg.LIGHT))
    return svg.picture(WIDTH, _TOP + len(rows) * _ROW + 4, "".join(drawn), alternative)


def _bar(value: float, top: float, scale: float, colour: str) -> str:
    long = max(value * scale, 1.5)
    place = {"x": _LABELS, "y": top, "width": long, "height": _THICK}
    told = svg.text(svg.number(float(value)), _LABELS + long + 7, top + 12, font_size=14)
    return svg.element("rect", fill=colour, **place) + told


def _legend(now: str, before: str) -> str:
    signs = []
    for x, colour, words in ((_LABELS, svg.DARK, now), (_LABELS + 150, svg.LIGHT, before)):
        signs.append(svg.element("rect", x=x, y=6.0, width=14.0, height=14.0, fill=colour))
        signs.append(svg.text(words, x + 21, 19))
    return "".join(signs)
