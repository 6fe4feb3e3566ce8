"""Ranges of instants on which a function of an instant is a straight line.

Work that pauses, lags in worked units and the file's own instants are all such functions: the
instant itself plus an offset, or a constant, from range to range.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from binglian.engine.planning.axis import Axis, Stretches


@dataclass(frozen=True, slots=True)
class Range:
    """For instants ``first`` to ``last``, both included, ``slope × instant + offset``."""

    first: int
    last: int
    slope: int
    offset: int


@dataclass(frozen=True, slots=True)
class Working:
    """Starts ``first`` to ``last``; the work is done in pieces between the stretches it spans."""

    first: int
    last: int
    gap: int  # closed units spanned: it finishes duration + gap later
    spanned: tuple[tuple[int, int], ...]


def workings(closed: Stretches, duration: int, first: int, last: int) -> list[Working]:
    """Return the ways to work ``duration`` units, > 0, started from ``first`` to ``last``."""
    rows = [(int(a), int(b)) for a, b in closed]
    before = [0]
    for a, b in rows:
        before.append(before[-1] + b - a)
    # Work units are numbered; stretch k lies before the unit of number at[k].
    at = [a - gone for (a, _), gone in zip(rows, before, strict=False)]
    low = _worked(rows, before, first)
    high = _worked(rows, before, last + 1)  # the number after the last one that may be first
    cuts = {low, high}
    for number in at:
        cuts.update(one for one in (number, number - duration + 1) if low < one < high)
    found = []
    for begin, end in pairwise(sorted(cuts)):
        left, right = bisect_right(at, begin), bisect_right(at, begin + duration - 1)
        found.append(
            Working(
                begin + before[left],
                end - 1 + before[left],
                before[right] - before[left],
                tuple(rows[left:right]),
            )
        )
    return found


def worked_units(closed: Stretches, first: int, last: int) -> list[Range]:
    """Return the worked units before an instant from ``first`` to ``last``."""
    found, gone, at = [], 0, 0
    for a, b in closed.tolist():
        found.append(Range(at, a, 1, -gone))
        gone += b - a
        found.append(Range(a, b, 0, a + (b - a) - gone))
        at = b
    found.append(Range(at, max(last, at), 1, -gone))
    return _within(found, first, last)


def file_finishes(axis: Axis, first: int, last: int) -> list[Range]:
    """Return the file's instant of a finish from ``first`` to ``last``."""
    bounds = [-1, *axis.at.tolist(), max(last, int(axis.at[-1]) if len(axis.at) else 0) + 1]
    found = [
        Range(a + 1, b, 1, gone)
        for (a, b), gone in zip(pairwise(bounds), axis.before.tolist(), strict=True)
    ]
    return _within(found, first, last)


def file_starts(axis: Axis, first: int, last: int) -> list[Range]:
    """Return the file's instant of a start from ``first`` to ``last``."""
    bounds = [0, *axis.at.tolist(), max(last, int(axis.at[-1]) if len(axis.at) else 0) + 1]
    found = [
        Range(a, b - 1, 1, gone)
        for (a, b), gone in zip(pairwise(bounds), axis.before.tolist(), strict=True)
    ]
    return _within(found, first, last)


def _worked(rows: list[tuple[int, int]], before: list[int], instant: int) -> int:
    k = bisect_right(rows, (instant,)) - 1  # the last stretch that begins before the instant
    if k < 0:
        return instant
    a, b = rows[k]
    return instant - before[k] - (min(b, instant) - a)


def _within(found: list[Range], first: int, last: int) -> list[Range]:
    cut = [Range(max(r.first, first), min(r.last, last), r.slope, r.offset) for r in found]
    return [one for one in cut if one.first <= one.last]
