"""From a file of outlines to a plan of which areas it adds, redraws and leaves alone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum

from django.utils.translation import gettext as _

from binglian.geography import divisions
from binglian.geography.coordinates import System
from binglian.geography.findings import Finding, Severity
from binglian.geography.outlines import Outline, as_geojson
from binglian.geography.reading import AreaFile, read_areas

from .models import Area
from .queries import known_middles


class Verdict(Enum):
    """What carrying out the plan does with an area."""

    CREATE = "create"
    CHANGE = "change"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area of the file, and the one on record that it redraws."""

    outline: Outline
    verdict: Verdict
    area: Area | None
    is_retired: bool


@dataclass(frozen=True, slots=True)
class AreaPlan:
    """What a file of outlines would do, under which district, with everything found in it."""

    file: AreaFile
    home: Area | None
    lines: tuple[AreaLine, ...]
    findings: tuple[Finding, ...]
    is_approximate: bool = False
    source: str = ""
    licence: str = ""
    attribution: str = ""
    counts: dict[Verdict, int] = field(default_factory=dict)

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity is Severity.ERROR]


def plan_areas(
    content: bytes,
    *,
    home: Area | None,
    system: System | None = None,
    source: str = "",
    licence: str = "",
    attribution: str = "",
) -> AreaPlan:
    """Work out, without writing, what a GeoJSON file would do.

    Parameters
    ----------
    content
        The file.
    home
        The district of areas whose code names no district on record.
    system
        The system of the file's coordinates; None to recognise it.
    source, licence, attribution
        Where the outlines come from, where the file does not say so itself.

    Raises
    ------
    BadAreaFile
        The file cannot be read at all.
    """
    file = read_areas(content, system=system, middles=known_middles())
    said = replace(
        file,
        source=source or file.source,
        licence=licence or file.licence,
        attribution=attribution or file.attribution,
    )
    return plan_outlines(said, home=home)


def plan_outlines(file: AreaFile, *, home: Area | None, is_approximate: bool = False) -> AreaPlan:
    """The plan of outlines that were read, or sketched."""
    areas = Area.objects.select_related("boundary")
    by_code = {area.code: area for area in areas if area.code}
    by_name = {area.name: area for area in areas}
    lines, findings = [], list(file.findings)
    for outline in file.outlines:
        namesake = by_name.get(outline.name)
        area = by_code.get(outline.code) or namesake
        if namesake and (namesake is not area or _is_another(namesake, outline)):
            findings.append(_name_taken(outline, namesake))
            continue
        is_retired = divisions.retired(outline.code) is not None
        verdict = Verdict.CREATE if area is None else Verdict.CHANGE
        if area and _is_same(area, outline, is_retired, is_approximate):
            verdict = Verdict.SAME
        lines.append(AreaLine(outline, verdict, area, is_retired))
    return AreaPlan(
        file=file,
        home=home,
        lines=tuple(lines),
        findings=tuple(findings),
        is_approximate=is_approximate,
        source=file.source[:200],
        licence=file.licence[:100],
        attribution=file.attribution[:200],
        counts={verdict: sum(line.verdict is verdict for line in lines) for verdict in Verdict},
    )


def _is_another(area: Area, outline: Outline) -> bool:
    """Whether the two bear one name in two districts."""
    digits = divisions.DISTRICT_DIGITS
    return bool(area.code and outline.code) and area.code[:digits] != outline.code[:digits]


def _name_taken(outline: Outline, area: Area) -> Finding:
    facts = {"name": area.name, "code": area.code or "—"}
    return Finding(
        Severity.ERROR,
        "name",
        _("已有另一个片区叫“%(name)s”（区划代码 %(code)s）。") % facts,
        _("请在名称前加上区名，或者改正代码。"),
        outline.position,
        outline.name,
    )


def _is_same(area: Area, outline: Outline, is_retired: bool, is_approximate: bool) -> bool:
    boundary = getattr(area, "boundary", None)
    return (
        boundary is not None
        and boundary.geometry == as_geojson(outline.shape)
        and boundary.is_approximate == is_approximate
        and area.is_retired == is_retired
        and area.name == outline.name
        and outline.code in ("", area.code)
    )
