"""Finds the pairs that ``fitting`` allows, among a dozen rows or a million, without asking all."""

import ctypes
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt

from binglian.engine.coupling.kernel.library import library
from binglian.engine.coupling.pairs import Fits, Indexes, Pairs
from binglian.engine.coupling.problem import Need, Offer, Window

from .cells import cells_of, entries_of, order_of
from .columns import ANY, Columns, Numbers, Times
from .fitting import Rule, distance_km, fit_of, share_met, why_not
from .likeness import ALIKE, Likeness, letters_of

__all__ = ["Rule", "distance_km", "find_pairs", "fit_of", "share_met", "why_not"]

BLOCK = 8192  # components searched in one go, whatever the number of threads
LARGEST_TABLE = 1 << 24  # distinct times of both sides that are compared beforehand
WORD = 64

Array = npt.NDArray[Any]


def find_pairs(
    offers: Sequence[Offer],
    needs: Sequence[Need],
    *,
    slots: Sequence[Window] = (),
    most_per_component: int | None = None,
    threads: int = 2,
) -> Pairs:
    """Return the pairs that break no rule and share a slot, with their fit; sorted by need,
    component and offer.

    With ``most_per_component`` only so many best-fitting offers are kept for each component:
    first those whose smallest lot is not more than it asks, then by fit; who comes first among
    equals differs from component to component, so that not all are sent to the same offers.
    At most some thousand offers are then looked at for one component, nearest first. The bound of
    an answer holds for the pairs kept. Same pairs whatever the number of threads.

    Raises
    ------
    ValueError
        ``most_per_component`` is less than 1.
    MemoryError
        There are more pairs than fit into memory.
    """
    most = most_per_component
    if most is not None and most < 1:
        raise ValueError(f"most_per_component: {most} is less than 1")
    index = _Index(Columns(offers, needs), tuple(slots))
    counts, offer, fit = index.search(ANY if most is None else most, threads)
    parts = index.columns.component_count
    need = np.repeat(np.arange(len(parts), dtype=np.int32), parts)
    component = (np.arange(len(counts)) - (np.cumsum(parts) - parts)[need]).astype(np.int32)
    return Pairs.plain(offer, np.repeat(need, counts), np.repeat(component, counts), fit)


class _Sets(ctypes.Structure):
    _fields_ = [("start", ctypes.c_void_p), ("item", ctypes.c_void_p)]


class _Times(ctypes.Structure):
    _fields_ = [("count", ctypes.c_int64)] + [
        (name, ctypes.c_void_p) for name in ("start", "window", "deadline", "slots")
    ]


class _Rows(ctypes.Structure):
    """As ``struct rows`` in kernel/candidates.h."""

    _fields_ = [
        *((n, ctypes.c_int64) for n in ("offers", "lists", "slot_words", "any_offer_prefers")),
        *((n, ctypes.c_void_p) for n in ("offer", "need", "component")),
        *((n, _Sets) for n in ("tags", "conditions", "organisations")),
        *((n, _Times) for n in ("offered", "needed")),
        *((n, ctypes.c_void_p) for n in ("times_meet", "list_key", "list_start", "list_placed")),
        *((n, ctypes.c_void_p) for n in ("list_offer", "box_start", "box", "texts")),
        *((n, ctypes.c_void_p) for n in ("texts_offer_start", "texts_offer")),
        *((n, ctypes.c_void_p) for n in ("letters", "letter_start")),
        ("alike", ctypes.c_double),
    ]


class _Found(ctypes.Structure):
    _fields_ = [("count", ctypes.c_int64), ("room", ctypes.c_int64)] + [
        (name, ctypes.c_void_p) for name in ("offer", "fit")
    ]


class _Index:
    """All rows laid out for the kernel; keeps the arrays alive."""

    def __init__(self, columns: Columns, slots: tuple[Window, ...]) -> None:
        self.columns = columns
        self.alive: list[Any] = []
        self.rows = _Rows(alike=ALIKE)
        self._sort_by_place()
        self._lay_out_sets()
        self._lay_out_times(slots)
        self._lay_out_texts()
        self.rows.offers = len(columns.offers)
        self.rows.any_offer_prefers = bool(columns.offers["prefers"].any())
        self.rows.offer, self.rows.need = self._at(columns.offers), self._at(columns.needs)
        self.rows.component = self._at(columns.components)
        self._lay_out_lists()

    def _at(self, array: Array) -> int:
        self.alive.append(array)
        return int(array.ctypes.data)

    def _sort_by_place(self) -> None:
        """Put offers, and the components that ask for the same, next to their neighbours."""
        columns = self.columns
        for rows in (columns.offers, columns.needs):
            latitude, shrink = rows["latitude"].copy(), np.empty(len(rows))
            library().pairs_shrink(_pointer(latitude), ctypes.c_int64(len(rows)), _pointer(shrink))
            rows["shrink"] = shrink
        offers, needs, components = columns.offers, columns.needs, columns.components
        cells = cells_of(offers["longitude"], offers["latitude"])
        columns.offers = offers[order_of(offers["kind"], cells)]
        cells = cells_of(needs["longitude"], needs["latitude"])[components["need"]]
        columns.components = components[np.lexsort((cells, components["tags"], components["kind"]))]

    def _lay_out_sets(self) -> None:
        columns = self.columns
        self.tags, self.parties = columns.tags.columns(), columns.parties.columns()
        self.rows.tags = self._sets(*self.tags)
        self.rows.conditions = self._sets(*columns.conditions.columns())
        self.rows.organisations = self._sets(*self.parties)

    def _sets(self, start: Array, item: Array) -> _Sets:
        return _Sets(self._at(start), self._at(item))

    def _times(self, times: Times, slots: Array | None = None) -> _Times:
        return _Times(
            count=len(times),
            **{n: self._at(getattr(times, n)) for n in ("start", "window", "deadline")},
            slots=None if slots is None else self._at(slots),
        )

    def _lay_out_times(self, slots: tuple[Window, ...]) -> None:
        offered, needed = self.columns.offered, self.columns.needed
        self.rows.slot_words = -(-len(slots) // WORD)
        words = [self._slot_words(times, slots) for times in (offered, needed)]
        self.rows.offered = self._times(offered, words[0])
        self.rows.needed = self._times(needed, words[1])
        if len(offered) * len(needed) <= LARGEST_TABLE:
            self.rows.times_meet = self._at(_meeting(self.rows))

    def _slot_words(self, times: Times, slots: tuple[Window, ...]) -> Array:
        """Return which slots each of the times shares, as words of 64 bits."""
        each = _Rows(offered=self._times(Times.of([(s,) for s in slots])))
        each.needed = self._times(times)
        shared = np.zeros((len(times), -(-len(slots) // WORD) * WORD), dtype=np.uint8)
        shared[:, : len(slots)] = _meeting(each).T
        return np.packbits(shared, axis=1, bitorder="little").view(np.uint64)

    def _lay_out_texts(self) -> None:
        columns = self.columns
        asked = Numbers()
        components = columns.components
        components["text"] = [
            asked[text] if text else ANY
            for text in map(columns.asked_texts.__getitem__, components["row"].tolist())
        ]
        start, letters = letters_of(list(asked))
        kept = Numbers()
        if asked:
            kinds = columns.offers["kind"].tolist()
            written = map(columns.offer_texts.__getitem__, columns.offers["row"].tolist())
            columns.offers["text"] = [
                kept[kind, text] if text else ANY for kind, text in zip(kinds, written, strict=True)
            ]
        self.likeness = Likeness.of([text for _, text in kept], [kind for kind, _ in kept])
        text = columns.offers["text"]
        having = np.flatnonzero(text >= 0)
        of_text = having[np.argsort(text[having], kind="stable")].astype(np.int32)
        first = np.searchsorted(text[of_text], np.arange(len(kept) + 1)).astype(np.int64)
        self.rows.texts = ctypes.addressof(self.likeness.struct)
        self.rows.texts_offer_start, self.rows.texts_offer = self._at(first), self._at(of_text)
        self.rows.letters, self.rows.letter_start = self._at(letters), self._at(start)

    def _lay_out_lists(self) -> None:
        columns, lib = self.columns, library()
        offers, start, item = columns.offers, *self.parties
        prefers = np.unique(columns.needs["prefers"])
        preferred = [item[start[s] : start[s + 1]] for s in prefers.tolist()]
        key, offer = [], []
        for entries in entries_of(
            offers["kind"],
            offers["organisation"],
            self.tags,
            offers["tags"],
            columns.components["tags"],
            np.concatenate([np.zeros(0, dtype=np.int32), *preferred]),
        ):
            made = np.empty(len(entries.offer), dtype=np.uint64)
            lib.pairs_keys(
                ctypes.c_int64(entries.what),
                *(_pointer(np.ascontiguousarray(a)) for a in (entries.kind, entries.one)),
                _pointer(np.ascontiguousarray(entries.other)),
                ctypes.c_int64(len(made)),
                _pointer(made),
            )
            key.append(made)
            offer.append(entries.offer)
        keys, listed = np.concatenate(key), np.concatenate(offer).astype(np.int32)
        order = np.lexsort((listed, keys))
        keys, listed = keys[order], listed[order]
        first = np.flatnonzero(np.diff(keys, prepend=~keys[:1]))
        starts = np.append(first, len(keys)).astype(np.int64)
        places = np.cumsum(np.append(0, ~np.isnan(offers["latitude"][listed])))
        placed = np.diff(places[starts]).astype(np.int64)
        box_start = np.empty(len(first) + 1, dtype=np.int64)
        lib.pairs_box_starts(_pointer(placed), ctypes.c_int64(len(first)), _pointer(box_start))
        boxes = np.empty((int(box_start[-1]), 6))
        self.rows.lists = len(first)
        self.rows.list_key, self.rows.list_start = self._at(keys[first]), self._at(starts)
        self.rows.list_placed, self.rows.list_offer = self._at(placed), self._at(listed)
        self.rows.box_start, self.rows.box = self._at(box_start), self._at(boxes)
        lib.pairs_boxes(ctypes.byref(self.rows), _pointer(boxes))

    def search(self, most: int, threads: int) -> tuple[Indexes, Indexes, Fits]:
        """Return how many pairs each component has; offer and fit of each pair."""
        total = len(self.columns.components)
        counts = np.zeros(total, dtype=np.int32)

        def block(first: int) -> tuple[Indexes, Fits]:
            found, last = _Found(), min(first + BLOCK, total)
            failed = library().pairs_find(
                ctypes.byref(self.rows),
                *map(ctypes.c_int64, (first, last, most)),
                ctypes.byref(found),
                _pointer(counts[first:last]),
            )
            try:
                if failed:
                    raise MemoryError(f"more pairs than fit: {found.count:,} in one block")
                return (
                    _copied(found.offer, found.count, np.int32),
                    _copied(found.fit, found.count, np.float32),
                )
            finally:
                library().pairs_free(ctypes.byref(found))

        with ThreadPoolExecutor(threads) as pool:
            blocks = list(pool.map(block, range(0, total, BLOCK)))
        offers = [np.zeros(0, dtype=np.int32), *(offer for offer, _ in blocks)]
        fits = [np.zeros(0, dtype=np.float32), *(fit for _, fit in blocks)]
        row = self.columns.components["row"]
        in_order = np.empty_like(counts)
        in_order[row] = counts
        begins = np.empty(total, dtype=np.int64)
        begins[row] = np.cumsum(counts) - counts
        ends = np.cumsum(in_order, dtype=np.int64)
        moved = np.arange(ends[-1] if total else 0)
        moved += np.repeat(begins - (ends - in_order), in_order)
        return in_order, np.concatenate(offers)[moved], np.concatenate(fits)[moved]


def _meeting(rows: _Rows) -> Array:
    """Return which of the times offered (rows) meet which of those needed (columns)."""
    meet = np.empty((rows.offered.count, rows.needed.count), dtype=np.uint8)
    library().pairs_times(
        ctypes.byref(rows), ctypes.c_int64(0), ctypes.c_int64(len(meet)), _pointer(meet)
    )
    return meet


def _copied(address: int | None, count: int, dtype: type[Any]) -> Array:
    if not address or not count:
        return np.zeros(0, dtype=dtype)
    held = (ctypes.c_char * (count * np.dtype(dtype).itemsize)).from_address(address)
    return np.array(np.frombuffer(memoryview(held), dtype=dtype))


def _pointer(array: Array) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)
