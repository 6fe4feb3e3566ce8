"""Row objects turned into arrays laid out as ``kernel/candidates.h`` expects them."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np
import numpy.typing as npt

from binglian.engine.coupling.pairs import Floats, Indexes, Ints
from binglian.engine.coupling.problem import Component, Need, Offer, Window
from binglian.engine.coupling.units import same_unit

ANY = -1
FAR_PAST, FAR_FUTURE = -(1 << 40), 1 << 40  # days

Rows = npt.NDArray[np.void]

OFFER = np.dtype(
    [
        *((name, np.float64) for name in ("longitude", "latitude", "shrink")),
        *((name, np.int64) for name in ("lot", "quantity")),
        *((name, np.int32) for name in ("row", "kind", "organisation", "unit", "tags")),
        *((name, np.int32) for name in ("conditions", "excludes", "only_for", "prefers")),
        *((name, np.int32) for name in ("time", "text")),
    ],
    align=True,
)
NEED = np.dtype(
    [
        *((name, np.float64) for name in ("longitude", "latitude", "shrink", "within_km")),
        *((name, np.int32) for name in ("organisation", "prefers", "rules_out", "refuses")),
        ("time", np.int32),
    ],
    align=True,
)
COMPONENT = np.dtype(
    [("quantity", np.int64)]
    + [(name, np.int32) for name in ("row", "need", "kind", "unit", "tags", "text")],
    align=True,
)
WINDOW = np.dtype(
    [("first_day", np.int64), ("last_day", np.int64)]
    + [(name, np.int32) for name in ("weekdays", "start_minute", "end_minute")],
    align=True,
)


class Numbers(dict[Any, int]):
    """Numbers things from 0 in the order they are first met."""

    def __missing__(self, key: Hashable) -> int:
        number = self[key] = len(self)
        return number

    def of(self, keys: Iterable[Hashable], count: int) -> Indexes:
        """Return the number of each of ``count`` things."""
        return np.fromiter(map(self.__getitem__, keys), dtype=np.int32, count=count)


class Sets:
    """Numbers sets of words; set 0 is the empty one."""

    def __init__(self, words: Numbers | None = None) -> None:
        self.words = Numbers() if words is None else words
        self.sets = Numbers({frozenset(): 0})

    def of(self, sets: Iterable[frozenset[str]], count: int) -> Indexes:
        """Return the number of each of ``count`` sets."""
        return self.sets.of(sets, count)

    def columns(self) -> tuple[Ints, Indexes]:
        """Return where each set starts (one more than sets), and its ascending word numbers."""
        # Words are met in their own order: the order within a set differs from run to run.
        items = [sorted(map(self.words.__getitem__, sorted(words))) for words in self.sets]
        start = np.cumsum([0, *map(len, items)], dtype=np.int64)
        flat = [item for one in items for item in one]
        return start, np.array(flat, dtype=np.int32)


@dataclass(frozen=True)
class Times:
    """Distinct windows of one side, as ``struct times``: windows CSR, and deadlines."""

    start: Ints
    window: Rows
    deadline: Ints

    @classmethod
    def of(cls, distinct: Sequence[tuple[Window, ...]], deadline: Ints | None = None) -> "Times":
        """Lay out each of the ``distinct`` windows; none stands for any time."""
        listed = [windows or (Window(),) for windows in distinct]
        flat = [
            (
                FAR_PAST if window.first_day is None else window.first_day,
                FAR_FUTURE if window.last_day is None else window.last_day,
                window.weekdays,
                window.start_minute,
                window.end_minute,
            )
            for windows in listed
            for window in windows
        ]
        return cls(
            np.cumsum([0, *map(len, listed)], dtype=np.int64),
            np.array(flat, dtype=WINDOW),
            np.full(len(listed), FAR_FUTURE, dtype=np.int64) if deadline is None else deadline,
        )

    def __len__(self) -> int:
        return len(self.deadline)


class Columns:
    """All rows of a problem as arrays; words, sets, units and windows are numbers.

    ``offers`` keep the caller's order. ``component_count`` holds the parts of each need.
    """

    def __init__(self, offers: Sequence[Offer], needs: Sequence[Need]) -> None:
        components = [part for need in needs for part in need.components]
        self.kinds, self.organisations = Numbers(), Numbers()
        self.units = {"": ANY}
        self.tags, self.conditions = Sets(), Sets()
        self.parties = Sets(self.organisations)
        self.component_count = np.array([len(need.components) for need in needs], dtype=np.int64)
        self.offers = self._offers(offers)
        self.needs = self._needs(needs)
        self.components = self._components(components)
        self.offer_texts = [offer.text for offer in offers]
        self.asked_texts = [part.text for part in components]

    def _offers(self, rows: Sequence[Offer]) -> Rows:
        made = _empty(rows, OFFER)
        made["row"] = np.arange(len(rows))
        made["kind"] = self.kinds.of(_each(rows, "kind"), len(rows))
        self._fill_parties(made, rows, ("excludes", "only_for", "prefers"))
        made["conditions"] = self.conditions.of(_each(rows, "conditions"), len(rows))
        self._fill_goods(made, rows)
        made["lot"] = _ints(rows, "lot")
        windows = Numbers()
        made["time"] = windows.of(_each(rows, "windows"), len(rows))
        self.offered = Times.of(list(windows))
        return made

    def _needs(self, rows: Sequence[Need]) -> Rows:
        made = _empty(rows, NEED)
        self._fill_parties(made, rows, ("prefers", "rules_out"))
        made["refuses"] = self.conditions.of(_each(rows, "refuses"), len(rows))
        radius = _floats(rows, "within_km")
        made["within_km"] = np.where(np.isnan(radius), np.inf, radius)
        windows = Numbers()
        window = windows.of(_each(rows, "windows"), len(rows))
        deadline = np.nan_to_num(_floats(rows, "deadline"), nan=FAR_FUTURE).astype(np.int64)
        days, day = np.unique(deadline, return_inverse=True)
        pairs, time = np.unique(window * max(1, len(days)) + day, return_inverse=True)
        distinct = list(windows)
        made["time"] = time
        self.needed = Times.of(
            [distinct[w] for w in pairs // max(1, len(days))], days[pairs % max(1, len(days))]
        )
        return made

    def _components(self, rows: Sequence[Component]) -> Rows:
        made = _empty(rows, COMPONENT)
        made["row"] = np.arange(len(rows))
        made["need"] = np.repeat(np.arange(len(self.needs)), self.component_count)
        kinds = [self.kinds.get(kind, ANY) for kind in _each(rows, "kind")]
        made["kind"] = kinds
        self._fill_goods(made, rows)
        return made

    def _fill_parties(
        self, made: Rows, rows: Sequence[Offer] | Sequence[Need], sets: tuple[str, ...]
    ) -> None:
        made["organisation"] = self.organisations.of(_each(rows, "organisation"), len(rows))
        made["longitude"], made["latitude"] = _floats(rows, "longitude"), _floats(rows, "latitude")
        for name in sets:
            made[name] = self.parties.of(_each(rows, name), len(rows))

    def _fill_goods(self, made: Rows, rows: Sequence[Offer] | Sequence[Component]) -> None:
        made["tags"] = self.tags.of(_each(rows, "tags"), len(rows))
        made["quantity"] = _ints(rows, "quantity")
        made["text"] = ANY
        written = list(_each(rows, "unit"))
        for unit in sorted(set(written) - self.units.keys()):
            self.units[unit] = self.units.setdefault(f"={same_unit(unit)}", len(self.units))
        made["unit"] = [self.units[unit] for unit in written]


def _each(rows: Sequence[Any], name: str) -> Iterable[Any]:
    return map(attrgetter(name), rows)


def _empty(rows: Sequence[Any], dtype: np.dtype[np.void]) -> Rows:
    return np.zeros(len(rows), dtype=dtype)


def _floats(rows: Sequence[Any], name: str) -> Floats:
    """Return one number per row, NaN for None."""
    return np.array(list(_each(rows, name)), dtype=np.float64)


def _ints(rows: Sequence[Any], name: str) -> Ints:
    return np.fromiter(_each(rows, name), dtype=np.int64, count=len(rows))
