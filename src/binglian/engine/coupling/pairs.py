"""Columns of pairs and of supplies: what may flow between offers and needs, and what does.

Millions of rows fit, where objects would not: each field is one read-only numpy array.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self, get_args

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Indexes = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Fits = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Pair:
    """An offer that may serve a component, and how well it fits (0 to 1, three decimals count).

    Each unit received takes ``use`` units of the offer and adds ``value`` points to the first
    aim (a cost, if negative); each supply begun adds ``fixed`` points, say for a tie kept.
    """

    offer: int
    need: int
    component: int
    fit: float = 1.0
    use: int = 1
    value: float = 0.0
    fixed: float = 0.0


class Columns:
    """A frozen dataclass of equally long arrays, each turned into its declared type."""

    def __post_init__(self) -> None:
        rows = None
        for field in fields(self):  # type: ignore[arg-type]
            column = np.ascontiguousarray(getattr(self, field.name), dtype=_dtype(field.type))
            rows = len(column) if rows is None else rows
            if column.shape != (rows,):
                raise ValueError(f"{field.name}: shape {column.shape} instead of {rows} rows")
            column.flags.writeable = False
            object.__setattr__(self, field.name, column)

    def __len__(self) -> int:
        return len(next(iter(vars(self).values())))

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        mine, theirs = vars(self), vars(other)
        return all(np.array_equal(mine[name], theirs[name]) for name in mine)

    __hash__ = None  # type: ignore[assignment]

    def rows(self, index: npt.NDArray[Any]) -> Self:
        """Return the rows of these indexes, in their order."""
        return type(self)(*(column[index] for column in vars(self).values()))

    def joined(self, other: Self) -> Self:
        """Return these rows and then the others."""
        both = zip(vars(self).values(), vars(other).values(), strict=True)
        return type(self)(*(np.concatenate(columns) for columns in both))


def _dtype(annotation: Any) -> Any:
    """Return the number type of an ``NDArray`` annotation."""
    return get_args(get_args(annotation)[1])[0]


@dataclass(frozen=True, eq=False)
class Pairs(Columns):
    """Every pair allowed, one array per field of ``Pair``; ``pairs[p]`` is a ``Pair``."""

    offer: Indexes
    need: Indexes
    component: Indexes
    fit: Fits
    use: Ints
    value: Floats
    fixed: Floats

    @classmethod
    def of(cls, rows: Iterable[Pair]) -> "Pairs":
        """Put single pairs into columns."""
        listed = list(rows)
        columns: Any = ([getattr(row, f.name) for row in listed] for f in fields(Pair))
        return cls(*columns)

    @classmethod
    def plain(cls, offer: Indexes, need: Indexes, component: Indexes, fit: Fits) -> "Pairs":
        """Return pairs that take one unit for one and add nothing but the need's own weight."""
        rows = len(offer)
        none = np.zeros(rows)
        return cls(offer, need, component, fit, np.ones(rows, dtype=np.int64), none, none)

    def __getitem__(self, p: int) -> Pair:
        return Pair(
            int(self.offer[p]),
            int(self.need[p]),
            int(self.component[p]),
            round(float(self.fit[p]), 6),
            int(self.use[p]),
            float(self.value[p]),
            float(self.fixed[p]),
        )

    def __iter__(self) -> Iterator[Pair]:
        return (self[p] for p in range(len(self)))

    def check(self, offers: int, components: Sequence[int]) -> None:
        """Raise ``ValueError`` naming the first pair that points nowhere or is listed twice."""
        if not len(self):
            return
        counts = np.array(components or [0], dtype=np.int64)
        inside = (self.need >= 0) & (self.need < len(components))
        _all(inside, "there is no need {}", self.need)
        _all((self.offer >= 0) & (self.offer < offers), "there is no offer {}", self.offer)
        within = (self.component >= 0) & (self.component < counts[self.need])
        _all(within, "no component {}", self.component)
        _all((self.fit >= 0) & (self.fit <= 1), "fit {} is not between 0 and 1", self.fit)
        _all(self.use >= 1, "use {} is less than 1", self.use)
        _all(np.isfinite(self.value), "value {} is no number", self.value)
        _all(np.isfinite(self.fixed), "fixed {} is no number", self.fixed)
        first = np.concatenate(([0], np.cumsum(counts)))[self.need] + self.component
        ends = np.sort(first * max(1, offers) + self.offer)
        if (ends[1:] == ends[:-1]).any():
            raise ValueError("pairs: the same pair is listed twice")


@dataclass(frozen=True, eq=False)
class Supplies(Columns):
    """An answer: so much through a pair in a slot, one row each; sorted by pair, then slot."""

    pair: Ints
    slot: Indexes
    quantity: Ints

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int, int]]) -> "Supplies":
        """Put (pair, slot, quantity) rows into columns, in order."""
        listed = sorted(rows)
        columns: Any = ([row[i] for row in listed] for i in range(3))
        return cls(*columns)

    @classmethod
    def at_once(cls, quantities: Sequence[int]) -> "Supplies":
        """Return the answer that sends ``quantities[p]`` through pair ``p`` in the first slot."""
        return cls.of((p, 0, quantity) for p, quantity in enumerate(quantities) if quantity)

    def __iter__(self) -> Iterator[tuple[int, int, int]]:
        return zip(self.pair.tolist(), self.slot.tolist(), self.quantity.tolist(), strict=True)

    def per_pair(self, pairs: int) -> Ints:
        """Return the quantity of every pair, all slots together."""
        totals = np.zeros(pairs, dtype=np.int64)
        np.add.at(totals, self.pair, self.quantity)
        return totals


def _all(holds: npt.NDArray[np.bool_], problem: str, values: npt.NDArray[Any]) -> None:
    if not holds.all():
        p = int(np.argmin(holds))
        raise ValueError(f"Pair {p}: {problem.format(values[p])}")
