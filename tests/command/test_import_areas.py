"""Claims on ``binglian import areas``."""

import json

import pytest

from binglian.command.main import main
from binglian.domain.places.models import Area, Boundary


def square(name, west, south, **properties):
    east, north = west + 0.01, south + 0.01
    ring = [[west, south], [west, north], [east, north], [east, south], [west, south]]
    return {
        "type": "Feature",
        "properties": {"name": name, **properties},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


@pytest.fixture
def file(tmp_path, alliance, administrator):
    def write(*features):
        path = tmp_path / "街道.geojson"
        whole = {"type": "FeatureCollection", "features": features}
        path.write_text(json.dumps(whole), encoding="utf-8")
        return str(path)

    return write


def binglian(*arguments):
    return main(["import", "areas", *arguments, "--alliance", "historic", "--lang", "zh"])


TWO = (square("台东街道", 120.346, 36.08), square("即墨路街道", 120.312, 36.075))


def test_boundaries_are_imported_and_what_was_mended_is_told(file, capsys):
    assert binglian(file(*TWO), "--attribution", "© 测绘院") == 0

    told = capsys.readouterr()
    assert told.out == "已导入：新增 2，重画 0，不变 0，有误 0\n"
    assert "2 处边界的方向与 RFC 7946 相反，已改正" in told.err
    assert Boundary.objects.get(area__name="台东街道").attribution == "© 测绘院"


def test_a_dry_run_writes_nothing_and_reports_as_json(file, capsys):
    assert binglian(file(*TWO), "--dry-run", "--crs", "wgs84", "--json") == 0

    report = json.loads(capsys.readouterr().out)
    assert (report["is_written"], report["system"]) == (False, "wgs84")
    assert [area["code"] for area in report["areas"]] == ["370203021", "370203020"]
    assert Area.objects.count() == 0


def test_an_error_names_the_feature_and_writes_nothing(file, capsys):
    assert binglian(file(*TWO, square("", 120.4, 36.1))) == 2

    told = capsys.readouterr()
    assert told.err.splitlines()[0] == "错误 第 3 个要素 没有名称。 请在属性 name 里写上名称。"
    assert told.out == "没有写入：新增 2，重画 0，不变 0，有误 1\n"
    assert Area.objects.count() == 0


def test_the_good_ones_alone_when_asked(file):
    assert binglian(file(*TWO, square("", 120.4, 36.1)), "--good-rows") == 0

    assert Boundary.objects.count() == 2


def test_what_is_no_geojson_is_refused_in_one_line(tmp_path, alliance, administrator, capsys):
    path = tmp_path / "街道.geojson"
    path.write_text("编号,名称\n")

    assert binglian(str(path)) == 2

    assert capsys.readouterr().err == f"错误：{path}: 第 1 行不是有效的 JSON。请导出为 GeoJSON。\n"
