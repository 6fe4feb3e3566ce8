"""The areas that matters and organisations refer to."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from binglian.domain.places.models import Area

from .answers import answers
from .schemas import AreaOut

router = Router(tags=["areas"])


@router.get("", response=answers(list[AreaOut]), url_name="areas")
def list_areas(request: HttpRequest, kind: Area.Kind | None = None) -> list[AreaOut]:
    """Districts, sub-districts, communities and renewal areas; all, or those of one kind."""
    areas = Area.objects.order_by("id")
    if kind is not None:
        areas = areas.filter(kind=kind)
    return [_told(area) for area in areas]


def _told(area: Area) -> AreaOut:
    return AreaOut(
        id=area.pk,
        name_zh=area.name,
        name_en=area.name_en,
        kind=area.kind,
        code=area.code,
        parent_id=area.parent_id,
        longitude=area.longitude,
        latitude=area.latitude,
    )
