"""Changes to the list of areas and to where they end."""

from __future__ import annotations

from typing import Any, Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless
from binglian.geography.divisions import DISTRICT_DIGITS, divisions
from binglian.geography.outlines import as_geojson, inner_point

from .imports import AreaLine, AreaPlan, Verdict
from .models import Area, Boundary

#: What the ledger keeps both sides of: whether it counts, and what it lies in.
_KEPT = ("is_retired", "parent")


class HasSlug(Protocol):
    slug: str


@transaction.atomic
def add_area(*, by: User, name: str, kind: str, **facts: Any) -> Area:
    """Enter an area; an existing name is returned unchanged."""
    require_permission(by, Permission.MANAGE_PLATFORM, within=None)
    area, is_new = Area.objects.get_or_create(name=name, defaults={"kind": kind, **facts})
    if is_new:
        record(by, "area.added", area, change={"kind": kind})
    return area


@transaction.atomic
def draw_areas(
    *, plan: AreaPlan, by: User, only_good: bool = False, within: HasSlug | None = None
) -> list[Area]:
    """Enter the areas of a plan and draw their boundaries; what is the same stays untouched.

    All or nothing, unless only those without errors were asked for. Outlines belong to the
    platform: alliances of one city share them. The record stands in the chain of the alliance
    ``within`` that they were brought in for.

    Raises
    ------
    PermissionDenied
        ``by`` does not manage the platform.
    ActionRefused
        An area of the file is wrong and ``only_good`` was not asked for.
    """
    require_permission(by, Permission.MANAGE_PLATFORM, within=None)
    refuse_unless(
        only_good or not plan.errors,
        _("文件里有 %(count)s 处错误，没有导入。请改正，或者只导入无误的。")
        % {"count": len(plan.errors)},
    )
    drawn = []
    # Districts first, so that what lies in them finds them.
    for line in sorted(plan.lines, key=lambda line: len(line.outline.code) or 99):
        if line.verdict is not Verdict.SAME:
            was = [(name, getattr(line.area, name)) for name in _KEPT] if line.area else []
            area = _draw(line, plan)
            act = "area.added" if line.verdict is Verdict.CREATE else "area.redrawn"
            record(by, act, area, within=within, change=_change(line, plan, area, was))
            drawn.append(area)
    return drawn


def _draw(line: AreaLine, plan: AreaPlan) -> Area:
    outline = line.outline
    area = line.area or Area(kind=outline.kind)
    area.name = outline.name
    area.name_en = outline.name_en or area.name_en
    area.code = outline.code or area.code
    area.is_retired = line.is_retired
    area.parent = area.parent or _district(area, plan.home)
    area.longitude, area.latitude = inner_point(outline.shape)
    area.save()
    west, south, east, north = outline.shape.bounds
    Boundary.objects.update_or_create(
        area=area,
        defaults={
            "geometry": as_geojson(outline.shape),
            "west": west,
            "south": south,
            "east": east,
            "north": north,
            "is_approximate": plan.is_approximate,
            "source": plan.source,
            "licence": plan.licence,
            "attribution": plan.attribution,
        },
    )
    return area


def _district(area: Area, home: Area | None) -> Area | None:
    """The district an area lies in: by its code, entered if need be, else ``home``."""
    if area.kind == Area.Kind.DISTRICT:
        return None
    code = area.code[:DISTRICT_DIGITS]
    if not code or (home and home.code == code):
        return home
    on_record = Area.objects.filter(code=code, kind=Area.Kind.DISTRICT).first()
    division = divisions().get(code)
    if on_record or division is None:
        return on_record or home
    district, _is_new = Area.objects.get_or_create(
        name=division.name,
        defaults={"kind": Area.Kind.DISTRICT, "code": code, "name_en": division.name_en},
    )
    return district


def _change(
    line: AreaLine, plan: AreaPlan, area: Area, was: list[tuple[str, Any]]
) -> dict[str, Any]:
    change = {
        "kind": line.outline.kind,
        "code": line.outline.code,
        "is_approximate": plan.is_approximate,
        "source": plan.source or plan.attribution,
    }
    for name, before in was:
        if (after := getattr(area, name)) != before:
            change[name] = [before, after]
    return change
