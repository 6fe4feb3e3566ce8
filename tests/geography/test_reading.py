"""Claims on files of outlines: what is mended, what is said, what is kept out."""

import json
import os
from pathlib import Path

import pytest

from binglian.geography.coordinates import System, from_wgs84
from binglian.geography.findings import BadAreaFile
from binglian.geography.outlines import as_geojson, square_metres
from binglian.geography.reading import read_areas

pytestmark = pytest.mark.once


def said(file, kind):
    return [finding.message for finding in file.findings if finding.kind == kind]


def test_rings_are_wound_as_the_standard_wants(feature, collection, box):
    clockwise = box(120.35, 36.08)[::-1]

    file = read_areas(collection(feature(clockwise)))

    (outline,) = file.outlines
    assert as_geojson(outline.shape)["coordinates"] == [[box(120.35, 36.08)]]
    assert said(file, "winding") == ["1 处边界的方向与 RFC 7946 相反，已改正：台东街道。"]


def test_a_ring_that_crosses_itself_is_repaired_and_told_with_its_place(feature, collection):
    bow = [[120.0, 36.0], [120.02, 36.02], [120.02, 36.0], [120.0, 36.02], [120.0, 36.0]]

    file = read_areas(collection(feature(bow)))

    (outline,) = file.outlines
    (finding,) = [finding for finding in file.findings if finding.kind == "repaired"]
    assert outline.shape.is_valid
    assert finding.at == (120.01, 36.01)
    assert round(square_metres(outline.shape)) == round(finding.square_metres)
    assert finding.message.startswith("边界有误（与自身相交），已修补")


def test_an_overlap_is_told_with_size_and_place(feature, collection, box):
    file = read_areas(
        collection(
            feature(box(120.30, 36.0), name="甲街道"), feature(box(120.309, 36.0), name="乙街道")
        )
    )

    (finding,) = [finding for finding in file.findings if finding.kind == "overlap"]
    assert finding.message == "“甲街道”和“乙街道”重叠 100,038 平方米。"
    assert finding.at == (120.3095, 36.005)


def test_a_gap_between_areas_is_told_with_size_and_place(feature, collection, box):
    around = [box(120.30, 36.0, 0.03), box(120.31, 36.01)[::-1]]
    ring = {"type": "Polygon", "coordinates": around}

    file = read_areas(collection(feature(name="甲街道", geometry=ring)))

    (finding,) = [finding for finding in file.findings if finding.kind == "gap"]
    assert finding.message == "甲街道之间有 1,000,260 平方米不属于任何一个。"
    assert finding.at == (120.315, 36.015)


def test_areas_that_only_touch_are_no_finding(shibei):
    file = read_areas(shibei())

    assert [finding.kind for finding in file.findings] == ["system"]


def test_a_part_within_its_whole_is_no_overlap(feature, collection, box):
    file = read_areas(
        collection(
            feature(box(120.3, 36.0, 0.1), name="青岛市", code="370200"),
            feature(box(120.3, 36.0), name="市北区", code="370203"),
        )
    )

    assert said(file, "overlap") == []


@pytest.mark.parametrize("system", System)
def test_the_system_of_coordinates_is_recognised_and_undone(shibei, system):
    plain = {o.code: o.shape for o in read_areas(shibei(), system=System.WGS84).outlines}

    file = read_areas(shibei(system))

    assert file.system is system
    moved = [outline.shape.symmetric_difference(plain[outline.code]) for outline in file.outlines]
    # A line displaced by a decimetre around a sub-district of some kilometres.
    assert max(square_metres(shape) for shape in moved) < 2000


def test_a_declared_system_is_believed(feature, collection, box):
    shifted = from_wgs84(box(120.35, 36.08), System.BD09).tolist()

    file = read_areas(collection(feature(shifted, name="远方街道")), system=System.BD09)

    west, south, _east, _north = file.outlines[0].shape.bounds
    assert (round(west, 6), round(south, 6)) == (120.35, 36.08)


def test_where_nothing_is_known_the_reader_is_told_to_declare(feature, collection, box):
    file = read_areas(collection(feature(box(120.35, 36.08), name="远方街道")))

    assert file.system is System.WGS84
    assert said(file, "system") == ["认不出坐标系，按 WGS-84 读取。"]


def test_retired_codes_are_told_and_renewed_where_the_same_body_goes_on(feature, collection, box):
    file = read_areas(
        collection(
            feature(box(120.4, 36.4), name="即墨区", division_code="370282"),
            feature(box(120.3, 36.1), name="四方区", division_code="370205"),
        )
    )

    assert said(file, "retired") == [
        "区划代码 370282 已于 2017 年停用，现属即墨区（370215）。",
        "区划代码 370205 已于 2012 年停用，现属市北区（370203）。",
    ]
    assert [outline.code for outline in file.outlines] == ["370215", "370205"]


def test_codes_the_table_does_not_know_are_told(feature, collection, box):
    file = read_areas(
        collection(
            feature(box(120.35, 36.08), name="台东街道", code="370203099"),
            feature(box(120.45, 36.08), name="浮山街道", code="370203021"),
        )
    )

    assert said(file, "code") == [
        "区划代码 370203099 不在名录（2023-06）里，可能已停用或写错。",
        "区划代码 370203021 在名录（2023-06）里是“台东街道”。",
    ]


def test_a_missing_code_is_filled_in_by_name_where_the_place_fits(feature, collection, box):
    here, far = feature(box(120.35, 36.08)), feature(box(121.0, 36.9), name="大港街道")

    file = read_areas(collection(here, far))

    assert [outline.code for outline in file.outlines] == ["370203021", ""]


def test_sub_districts_left_out_are_named(shibei):
    whole = json.loads(shibei())
    whole["features"] = whole["features"][:20]

    file = read_areas(json.dumps(whole).encode())

    assert said(file, "missing") == ["市北区还缺：开平路街道、双山街道。"]


def test_the_same_area_twice_is_kept_out(feature, collection, box):
    once, again = feature(box(120.35, 36.08)), feature(box(120.36, 36.08))

    file = read_areas(collection(once, again))

    assert [(error.position, error.message) for error in file.errors] == [
        (2, "名称与第 1 个要素（台东街道）相同。")
    ]
    assert [outline.position for outline in file.outlines] == [1]


@pytest.mark.parametrize(
    ("geometry", "message"),
    [
        (None, "没有几何图形。"),
        ({"type": "Point", "coordinates": [120, 36]}, "几何类型是 Point，不是面。"),
        ({"type": "Polygon", "coordinates": []}, "有一个面没有环。"),
        (
            {"type": "Polygon", "coordinates": [[[120, 36], [121, 36]]]},
            "有一个环不足三个不同的点。",
        ),
        ({"type": "Polygon", "coordinates": [["x"]]}, "坐标应当是 [经度, 纬度] 的数对。"),
        (
            {"type": "Polygon", "coordinates": [[[36.1, 120.3], [36.2, 120.3], [36.1, 120.4]]]},
            "坐标 36.1, 120.3 的经纬度颠倒了。",
        ),
        (
            {
                "type": "Polygon",
                "coordinates": [[[40523000, 3996000], [40524000, 3996000], [0, 0]]],
            },
            "坐标 4.0523e+07, 3.996e+06 不是经纬度，像是投影坐标（米）。",
        ),
        (
            {"type": "Polygon", "coordinates": [[[120, 36], [120.1, 36.1], [120.2, 36.2]]]},
            "边界没有围住任何地方。",
        ),
    ],
)
def test_a_feature_that_cannot_be_used_is_an_error_and_the_others_stay(
    feature, collection, box, geometry, message
):
    bad = feature(name="甲街道")
    bad["geometry"] = geometry

    file = read_areas(collection(bad, feature(box(120.35, 36.08))))

    assert [(error.position, error.name, error.message) for error in file.errors] == [
        (1, "甲街道", message)
    ]
    assert [outline.name for outline in file.outlines] == ["台东街道"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe", "不是 UTF-8"),
        (b"{", "不是有效的 JSON"),
        (b"[]", "不是 GeoJSON"),
        (b'{"type": "FeatureCollection", "features": []}', "一个要素也没有"),
    ],
)
def test_what_is_no_file_of_outlines_is_refused(content, message):
    with pytest.raises(BadAreaFile, match=message):
        read_areas(content)


def test_coordinates_in_another_declared_system_are_refused(feature, collection, box):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4547"}}

    with pytest.raises(BadAreaFile, match="EPSG::4547"):
        read_areas(collection(feature(box(120.35, 36.08)), crs=crs))


def test_heights_are_left_out_and_open_rings_are_closed(feature, collection, box):
    ring = [[*position, 12.5] for position in box(120.35, 36.08)[:-1]]

    file = read_areas(collection(feature(ring)))

    assert as_geojson(file.outlines[0].shape)["coordinates"] == [[box(120.35, 36.08)]]


REAL = os.environ.get("BINGLIAN_GIS", "")


@pytest.mark.skipif(not REAL, reason="BINGLIAN_GIS names no folder with real boundaries")
@pytest.mark.parametrize("system", System)
def test_real_boundaries_are_read_in_every_system(system):
    whole = json.loads(Path(REAL, "shibei_subdistricts.wgs84.geojson").read_bytes())
    for written in whole["features"]:
        written["geometry"]["coordinates"] = [
            [from_wgs84(ring, system).tolist() for ring in polygon]
            for polygon in written["geometry"]["coordinates"]
        ]

    file = read_areas(json.dumps(whole).encode())

    assert (file.system, len(file.outlines), file.errors) == (system, 22, [])
    assert said(file, "winding")[0].startswith("13 处边界的方向")
    total = sum(square_metres(outline.shape) for outline in file.outlines)
    assert round(total / 1e6) == 63  # km²; the district with its harbour has 65
