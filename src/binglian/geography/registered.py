"""Codes of outlines held against the table of divisions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from .coordinates import metres_per_degree
from .divisions import (
    AS_OF,
    DISTRICT_DIGITS,
    Division,
    divisions,
    named,
    retired,
    subdistricts_of,
)
from .findings import Finding, Severity
from .outlines import Outline

_NEAR = 5_000.0  # metres between two middles of what can be the same sub-district


def with_present_codes(outlines: Sequence[Outline]) -> tuple[list[Outline], list[Finding]]:
    """The outlines, a code given up replaced where the same body carries on under another."""
    present, findings = [], []
    for outline in outlines:
        gone = retired(outline.code)
        if not outline.code:
            outline, finding = _coded(outline)
        elif gone is None:
            finding = _about_unknown(outline)
        else:
            outline, finding = _renewed(outline, gone)
        present.append(outline)
        findings += [finding] if finding else []
    return present, findings


def about_missing(outlines: Sequence[Outline]) -> list[Finding]:
    """Sub-districts of a district the file draws in part, and does not hold."""
    held = {outline.code for outline in outlines}
    drawn = {outline.code[:DISTRICT_DIGITS] for outline in outlines if len(outline.code) == 9}
    findings = []
    for district in sorted(drawn):
        missing = [row.name for row in subdistricts_of(district) if row.code not in held]
        if missing:
            facts = {"district": divisions()[district].name, "names": _("、").join(missing)}
            message = _("%(district)s还缺：%(names)s。") % facts
            remedy = _("请补上它们的界线，否则那里的诉求没有所属街道。")
            findings.append(Finding(Severity.WARNING, "missing", message, remedy))
    return findings


def _coded(outline: Outline) -> tuple[Outline, Finding | None]:
    """The code of the division that bears the name and has its middle near."""
    division = named(outline.name)
    if division is None or division.middle is None:
        return outline, None
    middle = outline.shape.centroid
    east, north = metres_per_degree(middle.y)
    longitude, latitude = division.middle
    off = math.hypot((middle.x - longitude) * east, (middle.y - latitude) * north)
    if off > _NEAR:
        return outline, None
    message = _("没有区划代码，按名录补为 %(code)s。") % {"code": division.code}
    finding = Finding(Severity.NOTE, "coded", message, "", outline.position, outline.name)
    return replace(outline, code=division.code), finding


def _renewed(outline: Outline, gone: Division) -> tuple[Outline, Finding]:
    heir = divisions()[gone.successor]
    facts = {
        "code": outline.code,
        "year": gone.retired_in,
        "heir": heir.name,
        "new": heir.code,
    }
    message = _("区划代码 %(code)s 已于 %(year)s 年停用，现属%(heir)s（%(new)s）。") % facts
    is_heir = outline.code == gone.code and outline.name.startswith(heir.name[:-1])
    remedy = _("已改用现行代码。") if is_heir else _("按停用的地方导入，不用来判断诉求在哪里。")
    finding = Finding(Severity.WARNING, "retired", message, remedy, outline.position, outline.name)
    return (replace(outline, code=heir.code) if is_heir else outline), finding


def _about_unknown(outline: Outline) -> Finding | None:
    """A code the table gives to another name, or should hold and does not."""
    held = divisions().get(outline.code)
    facts = {"code": outline.code, "as_of": AS_OF, "name": held.name if held else ""}
    if held and held.name not in outline.name:
        message = _("区划代码 %(code)s 在名录（%(as_of)s）里是“%(name)s”。") % facts
    elif held is None and _is_known_district(outline.code):
        message = _("区划代码 %(code)s 不在名录（%(as_of)s）里，可能已停用或写错。") % facts
    else:
        return None
    remedy = _("请核对代码和名称。")
    return Finding(Severity.WARNING, "code", message, remedy, outline.position, outline.name)


def _is_known_district(code: str) -> bool:
    """Whether the table knows every sub-district there; of communities it knows none."""
    return len(code) == 9 and bool(subdistricts_of(code[:DISTRICT_DIGITS]))
