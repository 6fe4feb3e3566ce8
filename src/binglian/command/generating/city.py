"""The whole city, in the order in which its rows need each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from .bodies import found_city
from .chains import Acts, moment
from .ground import lay_out
from .lists import Lists
from .matters import Residents
from .rows import Rows, loading
from .span import Span
from .works import announce, begin_projects

#: Alliances that share a district.
_TO_A_DISTRICT = 5


@dataclass(frozen=True, slots=True)
class Size:
    """How many of each; ``organisations`` at least three for each alliance."""

    alliances: int
    organisations: int
    matters: int
    offers: int
    needs: int


def build(size: Size, *, seed: int, until: date, tell: Callable[[str, int], None]) -> int:
    """Fill the empty database with a city; returns how many rows were written.

    The same size, seed and last day give the same rows. ``tell`` hears what is under way and how
    many rows are written.
    """
    chance = np.random.default_rng(seed)
    span, rows = Span(until), Rows()
    acts = Acts(rows)
    with loading():
        tell("bodies", 0)
        districts = lay_out(rows, -(-size.alliances // _TO_A_DISTRICT), moment(span.begin), chance)
        circles = found_city(
            rows, acts, districts, span, chance,
            alliances=size.alliances, organisations=size.organisations,
        )  # fmt: skip
        tell("lists", rows.written)
        lists = Lists(rows, acts, circles, span)
        lists.enter_offers(size.offers, chance)
        lists.enter_needs(size.needs, chance)
        begin_projects(rows, acts, circles, span, chance)
        announce(rows, acts, circles, span, chance)
        for _done in Residents(rows, acts, circles, span).report(size.matters, chance):
            tell("matters", rows.written)
        acts.finish()
        rows.finish()
        tell("indices", rows.written)
    return rows.written
