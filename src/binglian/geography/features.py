"""A GeoJSON file as features with names, codes and rings; what is wrong is said by feature."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from shapely.geometry import MultiPolygon, Polygon

from . import divisions
from .findings import BadAreaFile, Finding, Severity

#: Names of properties that files in use give these facts, most telling first.
_NAMES = ("name", "名称", "name:zh", "NAME", "Name", "街道", "XZQMC", "xzqmc")
_ENGLISH = ("name_en", "name:en", "official_name:en", "英文名称")
_CODES = (
    "code",
    "code9",
    "code12",
    "区划代码",
    "代码",
    "division_code",
    "adcode",
    "XZQDM",
    "xzqdm",
)
_KINDS = {
    6: "district",
    9: "subdistrict",
    12: "community",
}
_ENDINGS = (
    (("街道", "街道办", "街道办事处", "镇", "乡"), "subdistrict"),
    (("社区", "居委会", "村"), "community"),
    (("区", "县", "市"), "district"),
)


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature as it was written: rings of any winding, in the file's own coordinates."""

    position: int
    name: str
    name_en: str
    code: str
    kind: str
    rings: tuple[Polygon, ...]  # may cross themselves

    @property
    def shape(self) -> MultiPolygon:
        return MultiPolygon(self.rings)


@dataclass(frozen=True, slots=True)
class FeatureFile:
    features: tuple[Feature, ...]
    findings: tuple[Finding, ...]
    system: str  # what the file says of its coordinates, empty when it says nothing
    source: str
    licence: str
    attribution: str


class _Wrong(ValueError):
    """What is wrong with one feature, and the remedy."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message, self.remedy = message, remedy


def read_features(content: bytes) -> FeatureFile:
    """Every feature with a name and at least one ring; the others are findings.

    Raises
    ------
    BadAreaFile
        The file is no GeoJSON, or no collection of features.
    """
    try:
        whole = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadAreaFile(_("文件不是 UTF-8 编码。请重新导出为 UTF-8 的 GeoJSON。")) from None
    except (json.JSONDecodeError, RecursionError) as error:
        where = getattr(error, "lineno", 1)
        raise BadAreaFile(
            _("第 %(line)s 行不是有效的 JSON。请导出为 GeoJSON。") % {"line": where}
        ) from None
    features = _members(whole)
    read, findings = [], []
    for position, written in enumerate(features, 1):
        name = _name_of(written)
        try:
            read.append(_feature(position, written))
        except _Wrong as wrong:
            findings.append(
                Finding(Severity.ERROR, "feature", wrong.message, wrong.remedy, position, name)
            )
    return FeatureFile(
        features=tuple(read),
        findings=tuple(findings),
        system=_declared_system(whole),
        source=_text(whole, ("source", "来源")),
        licence=_text(whole, ("licence", "license", "许可")),
        attribution=_text(whole, ("attribution", "署名")),
    )


def _members(whole: Any) -> list[Any]:
    if isinstance(whole, dict) and whole.get("type") == "Feature":
        return [whole]
    features = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(features, list) or whole.get("type") != "FeatureCollection":
        raise BadAreaFile(_("文件不是 GeoJSON 的 FeatureCollection。请按“要素集合”重新导出。"))
    if not features:
        raise BadAreaFile(_("文件里一个要素也没有。"))
    return features


def _feature(position: int, written: Any) -> Feature:
    if not isinstance(written, dict) or written.get("type") != "Feature":
        raise _Wrong(_("不是 GeoJSON 要素（Feature）。"), _("请按“要素集合”重新导出。"))
    name = _name_of(written)
    if not name:
        raise _Wrong(_("没有名称。"), _("请在属性 name 里写上名称。"))
    properties = _properties(written)
    code = _text(properties, _CODES).split(".")[0]
    if code and not (code.isascii() and code.isdigit() and len(code) in _KINDS):
        raise _Wrong(
            _("区划代码“%(code)s”不是 6、9 或 12 位数字。") % {"code": code},
            _("请改正代码，或者把它留空。"),
        )
    code = divisions.short(code)
    return Feature(
        position=position,
        name=name,
        name_en=_text(properties, _ENGLISH)[:80],
        code=code,
        kind=_kind(properties, code, name),
        rings=tuple(_polygons(written.get("geometry"))),
    )


def _properties(written: Any) -> Mapping[str, Any]:
    properties = written.get("properties") if isinstance(written, dict) else None
    return properties if isinstance(properties, dict) else {}


def _name_of(written: Any) -> str:
    return _text(_properties(written), _NAMES)[:60]


def _text(facts: Mapping[str, Any], keys: Iterable[str]) -> str:
    for key in keys:
        value = facts.get(key)
        if isinstance(value, str | int | float) and str(value).strip():
            return str(value).strip()
    return ""


def _kind(properties: Mapping[str, Any], code: str, name: str) -> str:
    """By what the file says, else the length of the code, else how the name ends."""
    said = properties.get("kind")
    if said in _KINDS.values():
        return str(said)
    if code:
        return _KINDS[len(code)]
    endings = (kind for ends, kind in _ENDINGS if name.endswith(ends))
    return next(endings, "subdistrict")


def _polygons(geometry: Any) -> list[Polygon]:
    if not isinstance(geometry, dict):
        raise _Wrong(_("没有几何图形。"), _("请补上边界，或者删去这个要素。"))
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "Polygon":
        coordinates = [coordinates]
    elif kind != "MultiPolygon":
        raise _Wrong(
            _("几何类型是 %(kind)s，不是面。") % {"kind": kind},
            _("请导出为 Polygon 或 MultiPolygon。"),
        )
    if not isinstance(coordinates, list) or not coordinates:
        raise _Wrong(_("没有坐标。"), _("请补上边界，或者删去这个要素。"))
    polygons = []
    for rings in coordinates:
        if not isinstance(rings, list) or not rings:
            raise _Wrong(_("有一个面没有环。"), _("请补上边界，或者删去这个面。"))
        outer, *holes = [_ring(ring) for ring in rings]
        polygons.append(Polygon(outer, holes))
    return polygons


def _ring(ring: Any) -> list[tuple[float, float]]:
    """Positions of a ring, closed; heights are left out."""
    if not isinstance(ring, list) or not all(_is_position(position) for position in ring):
        raise _Wrong(_("坐标应当是 [经度, 纬度] 的数对。"), _("请重新导出。"))
    points = [(float(position[0]), float(position[1])) for position in ring]
    if points and points[0] != points[-1]:
        points.append(points[0])
    if len(points) < 4 or len(set(points)) < 3:
        raise _Wrong(_("有一个环不足三个不同的点。"), _("请补全边界。"))
    for longitude, latitude in points:
        _require_degrees(longitude, latitude)
    return points


def _is_position(position: Any) -> bool:
    return (
        isinstance(position, Sequence)
        and len(position) >= 2
        and all(
            isinstance(number, int | float)
            and not isinstance(number, bool)
            and math.isfinite(number)
            for number in position[:2]
        )
    )


def _require_degrees(longitude: float, latitude: float) -> None:
    facts = {"x": f"{longitude:g}", "y": f"{latitude:g}"}
    if abs(latitude) > 90 and abs(longitude) <= 90:
        raise _Wrong(
            _("坐标 %(x)s, %(y)s 的经纬度颠倒了。") % facts, _("GeoJSON 先写经度，再写纬度。")
        )
    if abs(longitude) > 180 or abs(latitude) > 90:
        raise _Wrong(
            _("坐标 %(x)s, %(y)s 不是经纬度，像是投影坐标（米）。") % facts,
            _("请转换为 WGS-84 经纬度（EPSG:4326）后导出。"),
        )


def _declared_system(whole: Any) -> str:
    """The name in the «crs» member that GeoJSON had before RFC 7946."""
    crs = whole.get("crs")
    named = crs.get("properties") if isinstance(crs, dict) else None
    name = named.get("name") if isinstance(named, dict) else None
    return name if isinstance(name, str) else ""
