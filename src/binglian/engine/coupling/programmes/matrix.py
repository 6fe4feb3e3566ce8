"""Collects the columns and rows of a linear programme, many at a time."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from binglian.engine.coupling.pairs import Floats, Ints

INFINITY = float("inf")
Flags = npt.NDArray[np.bool_]


def spread(start: Ints, stop: Ints) -> tuple[Ints, Ints]:
    """Return, for every place in the ranges ``start[i]:stop[i]``, i and the place."""
    sizes = stop - start
    which = np.repeat(np.arange(len(sizes)), sizes)
    before = np.cumsum(sizes) - sizes
    return which, np.arange(len(which)) - before[which] + start[which]


class Columns:
    """Columns added so far, each from 0 to its upper bound, and whether it is a whole number."""

    def __init__(self) -> None:
        self.count = 0
        self._chunks: list[tuple[Floats, Flags]] = []

    def add(self, upper: Floats, integer: Flags) -> Ints:
        """Add columns; return their numbers."""
        self._chunks.append((upper.astype(float), integer.astype(bool)))
        self.count += len(upper)
        return np.arange(self.count - len(upper), self.count)

    def add_switches(self, count: int) -> Ints:
        """Add columns that are 0 or 1."""
        return self.add(np.ones(count), np.ones(count, dtype=bool))

    def stack(self) -> tuple[Floats, Flags]:
        """Return the upper bounds of all columns, and which are whole numbers."""
        if not self._chunks:
            return np.zeros(0), np.zeros(0, dtype=bool)
        upper, integer = zip(*self._chunks, strict=True)
        return np.concatenate(upper), np.concatenate(integer)


class Rows:
    """Rows added so far, as (row, column, value) triples."""

    def __init__(self) -> None:
        self.count = 0
        self._bounds: list[tuple[Floats, Floats]] = []
        self._entries: list[tuple[Ints, Ints, Floats]] = []

    def add(
        self,
        lower: Floats | float,
        upper: Floats | float,
        count: int,
        *entries: tuple[Ints, Ints, Floats | float],
    ) -> Ints:
        """Add ``count`` rows with (row counted from 0, column, value) triples; return them."""
        rows = np.arange(self.count, self.count + count)
        self._bounds.append(
            (np.full(count, lower, dtype=float), np.full(count, upper, dtype=float))
        )
        for row, column, value in entries:
            filled = np.broadcast_to(np.asarray(value, dtype=float), row.shape)
            self._entries.append((row + self.count, column, filled))
        self.count += count
        return rows

    def add_one(self, lower: float, upper: float, entries: list[tuple[int, float]]) -> int:
        """Add one row of (column, value) entries; return its number."""
        columns = np.array([column for column, _ in entries], dtype=np.int64)
        values = np.array([value for _, value in entries], dtype=float)
        return int(self.add(lower, upper, 1, (np.zeros_like(columns), columns, values))[0])

    def stack(self, columns: int) -> tuple[Floats, Floats, Ints, Ints, Floats]:
        """Return (lower, upper, start, index, value), rowwise, like entries added up."""
        lower, upper = (np.concatenate([np.zeros(0), *side]) for side in _turned(self._bounds, 2))
        row, column, value = (
            np.concatenate([np.zeros(0), *side]) for side in _turned(self._entries, 3)
        )
        key = (row * columns + column).astype(np.int64)
        order = np.argsort(key, kind="stable")
        key, value = key[order], value[order]
        is_first = np.concatenate((np.ones(len(key[:1]), dtype=bool), key[1:] != key[:-1]))
        if not is_first.all():
            first = np.flatnonzero(is_first)
            key, value = key[first], np.add.reduceat(value, first)
        start = np.searchsorted(key, np.arange(self.count + 1) * columns)
        return lower, upper, start, key % max(1, columns), value


def _turned(chunks: Sequence[tuple[npt.NDArray[Any], ...]], width: int) -> list[Any]:
    """Return the chunks field by field; ``width`` empty fields if there are none."""
    return list(zip(*chunks, strict=True)) or [()] * width
