"""Offers put in lists by kind, tag and organisation, neighbours side by side.

Each list is sorted by H3 cell, whose numbers run from large cells to the small ones inside them,
so that a stretch of the list is a stretch of land. Over such stretches lie boxes around the true
points on the globe: they tell how near an offer can be at best, at the poles and across the date
line too.
"""

from dataclasses import dataclass

import h3.api.basic_int as h3
import numpy as np
import numpy.typing as npt

from binglian.engine.coupling.pairs import Floats, Indexes, Ints

RESOLUTION = 10  # cells of about 0.015 km²
OF_KIND, OF_TAG, OF_TWO_TAGS, OF_ORGANISATION = range(4)  # as enum list_of
MOST_TAGS = 8  # as in candidates.c

Keys = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Entries:
    """Offers to be listed under (kind, one, other), one array each."""

    what: int
    kind: Ints
    one: Ints
    other: Ints
    offer: Ints


def cells_of(longitude: Floats, latitude: Floats) -> Keys:
    """Return the H3 cell of each place (degrees); the largest number of all if unknown (NaN)."""
    cell = h3.latlng_to_cell
    placed = np.flatnonzero(~np.isnan(latitude))
    cells = np.full(len(latitude), np.iinfo(np.uint64).max, dtype=np.uint64)
    places = zip(latitude[placed].tolist(), longitude[placed].tolist(), strict=True)
    cells[placed] = np.fromiter(
        (cell(north, east, RESOLUTION) for north, east in places),
        dtype=np.uint64,
        count=len(placed),
    )
    return cells


def order_of(kind: Indexes, cells: Keys) -> Ints:
    """Return the order in which offers are listed: those with a place first, by kind and cell."""
    placeless = cells == np.iinfo(np.uint64).max
    return np.lexsort((cells, kind, placeless))


def entries_of(
    kind: Indexes,
    organisation: Indexes,
    tags: tuple[Ints, Indexes],
    offer_tags: Indexes,
    asked_tags: Indexes,
    preferred: Indexes,
) -> list[Entries]:
    """Return what to list: every offer by kind and by tag, and those asked by two tags at once or
    by organisation.

    ``tags`` are numbered sets (start, item); ``offer_tags`` and ``asked_tags`` number the set of
    each offer and each component, ``preferred`` are organisations that some need prefers.
    """
    everything = np.arange(len(kind))
    no_tag = np.zeros(len(kind), dtype=np.int64)
    kinds = kind.astype(np.int64)
    found = [Entries(OF_KIND, kinds, no_tag, no_tag, everything)]
    start, item = tags
    sizes = np.diff(start)
    rows = np.repeat(everything, sizes[offer_tags])
    place = np.arange(len(rows)) - np.repeat(
        np.cumsum(sizes[offer_tags]) - sizes[offer_tags], sizes[offer_tags]
    )
    at = start[offer_tags[rows]] + place
    found.append(Entries(OF_TAG, kinds[rows], item[at].astype(np.int64), place * 0, rows))
    wanted = _pairs_asked(start, item, np.unique(asked_tags))
    width = np.int64(item.max(initial=0) + 1)
    for step in range(1, int(sizes[offer_tags].max(initial=0)) if len(wanted) else 0):
        inside = place + step < sizes[offer_tags[rows]]
        rows, place, at = rows[inside], place[inside], at[inside]
        one, other = item[at].astype(np.int64), item[at + step].astype(np.int64)
        asked = np.isin(one * width + other, wanted)
        found.append(
            Entries(OF_TWO_TAGS, kinds[rows[asked]], one[asked], other[asked], rows[asked])
        )
    liked = np.flatnonzero(np.isin(organisation, preferred))
    found.append(
        Entries(
            OF_ORGANISATION,
            kinds[liked],
            organisation[liked].astype(np.int64),
            np.zeros(len(liked), dtype=np.int64),
            liked,
        )
    )
    return found


def _pairs_asked(start: Ints, item: Indexes, sets: Indexes) -> Ints:
    """Return one × width + other for every two tags that a component asks for together."""
    width = np.int64(item.max(initial=0) + 1)
    sizes = np.diff(start)[sets]
    found = [np.zeros(0, dtype=np.int64)]
    for one in range(MOST_TAGS):
        for other in range(one + 1, MOST_TAGS):
            first = start[sets[(sizes > other) & (sizes <= MOST_TAGS)]]
            found.append(item[first + one] * width + item[first + other])
    return np.unique(np.concatenate(found))
