"""How outlines lie beside each other: what two of them claim, what none of them holds."""

from __future__ import annotations

from collections.abc import Sequence

import shapely
from django.utils.translation import gettext as _
from shapely.geometry import Polygon

from .divisions import holds
from .findings import Finding, Severity
from .outlines import Outline, inner_point, only_polygons, square_metres

#: Smaller than this is the line's own width, m².
_NEGLIGIBLE = 100.0


def overlaps(outlines: Sequence[Outline]) -> list[Finding]:
    """Ground that two areas of the same kind both claim, the greatest first."""
    tree = shapely.STRtree([outline.shape for outline in outlines])
    found = []
    for here, outline in enumerate(outlines):
        for there in sorted(tree.query(outline.shape, predicate="intersects").tolist()):
            other = outlines[there]
            if there <= here or not _are_peers(outline, other):
                continue
            shared = only_polygons(outline.shape.intersection(other.shape))
            size = square_metres(shared)
            if size < _NEGLIGIBLE:
                continue
            facts = {"one": outline.name, "other": other.name, "size": f"{size:,.0f}"}
            found.append(
                Finding(
                    Severity.WARNING,
                    "overlap",
                    _("“%(one)s”和“%(other)s”重叠 %(size)s 平方米。") % facts,
                    _("请核对两处界线；在改正之前，重叠处归面积较小的一个。"),
                    position=outline.position,
                    name=outline.name,
                    at=inner_point(shared),
                    square_metres=size,
                )
            )
    return sorted(found, key=lambda finding: -(finding.square_metres or 0))


def _are_peers(one: Outline, other: Outline) -> bool:
    """Whether the two must not share ground: neither is a part of the other."""
    is_part = holds(one.code, other.code) or holds(other.code, one.code)
    return one.kind == other.kind and not is_part


def gaps(outlines: Sequence[Outline]) -> list[Finding]:
    """Ground that areas of one kind enclose and none of them holds, the greatest first."""
    found = []
    for kind in sorted({outline.kind for outline in outlines}):
        same = [outline for outline in outlines if outline.kind == kind]
        whole = shapely.union_all([outline.shape for outline in same])
        holes = [Polygon(ring) for part in shapely.get_parts(whole) for ring in part.interiors]
        found += [_gap(hole, same) for hole in holes if square_metres(hole) >= _NEGLIGIBLE]
    return sorted(found, key=lambda finding: -(finding.square_metres or 0))


def _gap(hole: Polygon, outlines: Sequence[Outline]) -> Finding:
    around = [outline.name for outline in outlines if outline.shape.intersects(hole)]
    facts = {"around": _("、").join(around), "size": f"{square_metres(hole):,.0f}"}
    return Finding(
        Severity.WARNING,
        "gap",
        _("%(around)s之间有 %(size)s 平方米不属于任何一个。") % facts,
        _("请核对界线；在改正之前，该处的诉求没有所属街道，由人工指定。"),
        at=inner_point(hole),
        square_metres=square_metres(hole),
    )
