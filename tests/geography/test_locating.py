"""Claims on asking which area holds a point."""

import numpy as np
import pytest
from shapely.geometry import MultiPolygon, box

from binglian.geography.cells import cells
from binglian.geography.divisions import subdistricts_of
from binglian.geography.locating import Locator
from binglian.geography.outlines import square_metres

pytestmark = pytest.mark.once

WIDE, NARROW, ELSEWHERE = 1, 2, 3


@pytest.fixture
def locator():
    shapes = {WIDE: box(0, 0, 10, 10), NARROW: box(2, 2, 4, 4), ELSEWHERE: box(10, 0, 12, 10)}
    return Locator((key, MultiPolygon([shape])) for key, shape in shapes.items())


def test_the_narrowest_area_comes_first(locator):
    assert locator.holding(3, 3) == [NARROW, WIDE]
    assert locator.holding(5, 5) == [WIDE]
    assert locator.holding(20, 20) == []


def test_a_point_on_the_line_belongs_to_both_sides(locator):
    assert locator.holding(10, 5) == [ELSEWHERE, WIDE]


def test_many_points_are_answered_as_each_alone(locator):
    points = np.random.default_rng(1).uniform(-1, 13, (500, 2))

    together = locator.narrowest(*points.T, among={WIDE, NARROW, ELSEWHERE})

    alone = [locator.holding(*point) for point in points.tolist()]
    assert together == [keys[0] if keys else None for keys in alone]


def test_only_the_areas_asked_about_answer(locator):
    assert locator.narrowest([3.0, 11.0], [3.0, 5.0], among={WIDE}) == [WIDE, None]


def test_no_areas_hold_nothing():
    assert Locator([]).holding(1, 1) == []
    assert Locator([]).narrowest([1.0], [1.0], among=set()) == [None]


def test_cells_cover_their_ground_once_and_hold_their_middles():
    middles = [row.middle for row in subdistricts_of("370203")]

    drawn = cells(middles, margin=800)

    held = [Locator(enumerate(drawn)).holding(*middle) for middle in middles]
    assert held == [[number] for number in range(22)]
    together = sum(square_metres(cell) for cell in drawn)
    assert round(together / 1e6) == 65  # km², about as large as the district
