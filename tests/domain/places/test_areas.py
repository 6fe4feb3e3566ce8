"""Claims on areas with boundaries: brought in, asked, redrawn."""

import json

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.places.actions import add_area, draw_areas
from binglian.domain.places.imports import Verdict, plan_areas
from binglian.domain.places.models import Area
from binglian.domain.places.queries import area_at, areas_at, district_of, subdistricts_around
from binglian.domain.refusals import ActionRefused

TAIDONG, JIMO_ROAD = (120.351, 36.085), (120.317, 36.080)


def geojson(*squares, **properties):
    """A file of squares of 0.01°, each a name, a code and its middle."""
    features = []
    for name, code, (x, y) in squares:
        west, south, east, north = x - 0.005, y - 0.005, x + 0.005, y + 0.005
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        features.append(
            {
                "type": "Feature",
                "properties": {"name": name, "code": code, **properties},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    whole = {"type": "FeatureCollection", "features": features, "attribution": "© 测绘"}
    return json.dumps(whole).encode()


TWO = (("台东街道", "370203021", TAIDONG), ("即墨路街道", "370203020", JIMO_ROAD))


@pytest.fixture
def shibei(administrator):
    return add_area(by=administrator, name="市北区", kind=Area.Kind.DISTRICT, code="370203")


@pytest.fixture
def drawn(shibei, administrator):
    return draw_areas(plan=plan_areas(geojson(*TWO), home=shibei), by=administrator)


def test_a_place_decides_its_sub_district(drawn):
    assert [area_at(*TAIDONG).name, area_at(*JIMO_ROAD).name] == ["台东街道", "即墨路街道"]
    assert area_at(120.5, 36.3) is None


def test_many_places_are_answered_in_three_queries(drawn, django_assert_num_queries):
    area_at(*TAIDONG)
    places = [TAIDONG, JIMO_ROAD, (120.5, 36.3)] * 1000

    with django_assert_num_queries(2):
        found = areas_at(places)

    assert [area and area.code for area in found[:3]] == ["370203021", "370203020", None]
    assert len(found) == 3000


def test_areas_lie_in_their_district(drawn, shibei):
    assert {area.parent for area in drawn} == {shibei}
    assert set(subdistricts_around(drawn[0].pk)) == set(drawn)
    assert district_of(drawn[0]) == shibei


def test_a_district_the_file_only_implies_is_entered_by_its_code(administrator):
    plan = plan_areas(geojson(("中山路街道", "370202005", (120.32, 36.06))), home=None)

    (area,) = draw_areas(plan=plan, by=administrator)

    assert (area.parent.name, area.parent.code) == ("市南区", "370202")


def test_the_same_file_again_changes_nothing(drawn, shibei, administrator):
    plan = plan_areas(geojson(*TWO), home=shibei)

    assert plan.counts == {Verdict.CREATE: 0, Verdict.CHANGE: 0, Verdict.SAME: 2}
    assert draw_areas(plan=plan, by=administrator) == []


def test_a_redrawn_boundary_is_asked_at_once(drawn, shibei, administrator):
    assert area_at(120.36, 36.085) is None
    moved = geojson(("台东街道", "370203021", (120.36, 36.085)))

    draw_areas(plan=plan_areas(moved, home=shibei), by=administrator)

    assert area_at(120.362, 36.085).name == "台东街道"
    assert Area.objects.filter(name="台东街道").count() == 1


def test_a_retired_district_decides_no_place(administrator):
    plan = plan_areas(geojson(("四方区", "370205", (120.36, 36.12))), home=None)

    (area,) = draw_areas(plan=plan, by=administrator)

    assert area.is_retired
    assert area_at(120.36, 36.12, kind=Area.Kind.DISTRICT) is None


def test_a_name_of_another_district_is_not_taken_over(drawn, shibei):
    plan = plan_areas(geojson(("台东街道", "370202021", (120.3, 36.05))), home=shibei)

    (error,) = plan.errors
    assert error.message == "已有另一个片区叫“台东街道”（区划代码 370203021）。"


def test_only_who_manages_the_platform_draws_areas(shibei, secretariat):
    plan = plan_areas(geojson(*TWO), home=shibei)

    with pytest.raises(PermissionDenied):
        draw_areas(plan=plan, by=secretariat)


def test_an_error_keeps_everything_out_unless_the_good_ones_were_asked_for(shibei, administrator):
    plan = plan_areas(geojson(*TWO, ("台东街道", "", (120.4, 36.1))), home=shibei)

    with pytest.raises(ActionRefused, match="1 处错误"):
        draw_areas(plan=plan, by=administrator)
    assert Area.objects.filter(kind=Area.Kind.SUBDISTRICT).count() == 0

    draw_areas(plan=plan, by=administrator, only_good=True)
    assert Area.objects.filter(kind=Area.Kind.SUBDISTRICT).count() == 2


def test_the_ledger_tells_of_each_area_and_where_its_line_comes_from(drawn):
    entries = LedgerEntry.objects.filter(act="area.added", object_label="台东街道")

    (entry,) = entries
    assert json.loads(entry.change) == {
        "kind": "subdistrict",
        "code": "370203021",
        "is_approximate": False,
        "source": "© 测绘",
    }
