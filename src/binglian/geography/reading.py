"""A file of outlines, read: coordinates converted, rings mended, everything odd said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import shapely
from django.utils.translation import gettext as _

from . import divisions
from .coordinates import System, to_wgs84
from .features import Feature, FeatureFile, read_features
from .findings import BadAreaFile, Finding, Severity, positions_in_error
from .neighbours import gaps, overlaps
from .outlines import Outline
from .recognising import Recognition, recognise
from .registered import about_missing, with_present_codes
from .repairing import is_wound_wrongly, mended

#: How the «crs» member of older files names systems that need no conversion.
_SAME_AS_WGS84 = ("CRS84", "4326", "4490", "WGS84", "WGS 84", "CGCS2000")
_NAMES = {System.WGS84: "WGS-84", System.GCJ02: "GCJ-02", System.BD09: "BD-09"}


@dataclass(frozen=True, slots=True)
class AreaFile:
    """What a file of outlines holds: those that can be taken, and what there is to say."""

    outlines: tuple[Outline, ...]
    findings: tuple[Finding, ...]
    system: System
    recognition: Recognition | None  # None when the system was declared
    source: str
    licence: str
    attribution: str

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity is Severity.ERROR]


def read_areas(
    content: bytes,
    *,
    system: System | None = None,
    middles: Mapping[str, tuple[float, float]] | None = None,
) -> AreaFile:
    """Read GeoJSON outlines and bring them to WGS-84.

    Parameters
    ----------
    content
        The file, UTF-8.
    system
        What its coordinates are in; None to recognise it by the middles of known areas.
    middles
        Longitude and latitude (WGS-84) of known areas, by code or name, besides the bundled ones.

    Raises
    ------
    BadAreaFile
        The file cannot be read at all, or says it uses coordinates that cannot be converted.
    """
    file = read_features(content)
    findings = [*file.findings, *_about_winding(file.features), *_about_twins(file.features)]
    recognition = None
    if system is None:
        recognition = recognise(*_known(file.features, middles or {}))
        system, said = _chosen(recognition, _declared(file))
        findings.append(said)
    outlines = []
    for feature in file.features:
        moved = shapely.transform(feature.shape, lambda xy: to_wgs84(xy, system))
        shape, finding = mended(feature, moved)
        findings += [finding] if finding else []
        outlines.append(
            Outline(
                feature.position, feature.name, feature.name_en, feature.code, feature.kind, shape
            )
        )
    wrong = positions_in_error(findings)
    outlines = [outline for outline in outlines if outline.position not in wrong]
    outlines, about_codes = with_present_codes(outlines)
    findings += [*about_codes, *about_missing(outlines), *overlaps(outlines), *gaps(outlines)]
    rank = list(Severity).index
    return AreaFile(
        outlines=tuple(outlines),
        findings=tuple(sorted(findings, key=lambda finding: rank(finding.severity))),
        system=system,
        recognition=recognition,
        source=file.source,
        licence=file.licence,
        attribution=file.attribution,
    )


def _declared(file: FeatureFile) -> System | None:
    """The system the file names itself; silence is no statement."""
    if not file.system:
        return None
    if any(name in file.system.upper() for name in _SAME_AS_WGS84):
        return System.WGS84
    raise BadAreaFile(
        _("文件注明的坐标系是 %(crs)s，不能直接使用。请转换为 WGS-84（EPSG:4326）后导出。")
        % {"crs": file.system}
    )


def _known(
    features: Sequence[Feature], middles: Mapping[str, tuple[float, float]]
) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Middles as the file has them, and where they are known to be."""
    written, known = [], []
    for feature in features:
        division = divisions.divisions().get(feature.code) or divisions.named(feature.name)
        middle = division.middle if division else None
        middle = middle or middles.get(feature.code) or middles.get(feature.name)
        if middle:
            centre = feature.shape.centroid
            written.append((centre.x, centre.y))
            known.append(middle)
    return written, known


def _chosen(recognition: Recognition, declared: System | None) -> tuple[System, Finding]:
    """The system to read the file in, and the sentence about it."""
    system = recognition.system
    shifts = _("、").join(
        _("%(system)s 差 %(metres)s 米") % {"system": _NAMES[each], "metres": f"{shift:.0f}"}
        for each, shift in recognition.metres.items()
    )
    if system is None:
        facts = {"system": _NAMES[declared or System.WGS84], "shifts": shifts}
        severity = Severity.NOTE if declared else Severity.WARNING
        message = _("认不出坐标系，按 %(system)s 读取。") % facts
        if shifts:
            message = _("认不出坐标系（%(shifts)s），按 %(system)s 读取。") % facts
        remedy = (
            ""
            if declared
            else _("如果是高德、腾讯或百度的坐标，请用 --crs gcj02 或 --crs bd09 写明。")
        )
        return declared or System.WGS84, Finding(severity, "system", message, remedy)
    facts = {"system": _NAMES[system], "shifts": shifts, "known": str(recognition.known)}
    message = _("对照 %(known)s 处已知位置，坐标系认作 %(system)s（%(shifts)s）。") % facts
    if system is System.WGS84:
        return system, Finding(Severity.NOTE, "system", message)
    remedy = _("已换算为 WGS-84。如果认错了，请用 --crs wgs84 写明。")
    return system, Finding(Severity.WARNING, "system", message, remedy)


def _about_winding(features: Sequence[Feature]) -> list[Finding]:
    turned = [feature.name for feature in features if is_wound_wrongly(feature)]
    if not turned:
        return []
    facts = {"count": len(turned), "names": _("、").join(turned)}
    message = _("%(count)s 处边界的方向与 RFC 7946 相反，已改正：%(names)s。") % facts
    return [Finding(Severity.NOTE, "winding", message)]


def _about_twins(features: Sequence[Feature]) -> list[Finding]:
    """The same name, code or ground twice: the later one is kept out."""
    findings = []
    seen: dict[object, Feature] = {}
    for feature in features:
        marks = {
            _("名称"): ("name", feature.name),
            _("区划代码"): ("code", feature.code),
            _("边界"): ("shape", feature.shape.normalize().wkb),
        }
        for what, mark in marks.items():
            first = seen.setdefault(mark, feature) if mark[1] else feature
            if first is not feature:
                facts = {"what": what, "other": first.name, "position": first.position}
                findings.append(
                    Finding(
                        Severity.ERROR,
                        "duplicate",
                        _("%(what)s与第 %(position)s 个要素（%(other)s）相同。") % facts,
                        _("请删去其中一个，或者改正。"),
                        feature.position,
                        feature.name,
                    )
                )
                break
    return findings
