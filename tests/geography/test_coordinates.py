"""Claims on the systems of coordinates. Pairs are those other converters publish as their tests."""

import numpy as np
import pytest

from binglian.geography.coordinates import System, from_wgs84, metres_per_degree, to_wgs84

pytestmark = pytest.mark.once


def metres_between(one, other):
    along, up = metres_per_degree(float(np.mean(np.asarray(one)[..., 1])))
    east, north = ((np.asarray(one) - np.asarray(other)) * (along, up)).T
    return np.hypot(east, north)


@pytest.mark.parametrize(
    ("wgs84", "gcj02"),
    [
        ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),  # Shanghai
        ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),  # Shenzhen
        ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),  # Beijing
        ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),
    ],
)
def test_published_pairs_of_gcj02_hold_to_a_centimetre_both_ways(wgs84, gcj02):
    assert metres_between(from_wgs84(wgs84, System.GCJ02), [gcj02]).max() < 0.01
    assert metres_between(to_wgs84(gcj02, System.GCJ02), [wgs84]).max() < 0.01


def test_published_pairs_of_bd09_hold_to_a_centimetre_both_ways():
    wgs84, bd09 = (116.404, 39.915), (116.41662724378733, 39.922699552216216)

    assert metres_between(from_wgs84(wgs84, System.BD09), [bd09]).max() < 0.01
    assert metres_between(to_wgs84(bd09, System.BD09), [wgs84]).max() < 0.01

    same_place = to_wgs84((116.404, 39.915), System.GCJ02)
    published = to_wgs84((116.41036949371029, 39.92133699351021), System.BD09)
    assert metres_between(published, same_place).max() < 0.01


@pytest.mark.parametrize("system", System)
def test_there_and_back_is_exact_all_over_the_country(system):
    places = np.random.default_rng(6).uniform((75, 18), (134, 53), (5000, 2))

    assert metres_between(to_wgs84(from_wgs84(places, system), system), places).max() < 0.001


def test_outside_china_nothing_is_shifted():
    denver = (-104.9903, 39.7392)

    assert from_wgs84(denver, System.GCJ02).tolist() == [list(denver)]


def test_a_degree_is_as_long_as_the_tables_say():
    # GRS 80 tables: at 36° N 90,164 m along the parallel and 110,959 m along the meridian
    along, up = metres_per_degree(36.0)

    assert (round(along), round(up)) == (90164, 110959)
