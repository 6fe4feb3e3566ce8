"""The pieces of the city the alliance works in, with their outlines."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance
from binglian.domain.places.models import Area
from binglian.domain.places.queries import subdistricts_around
from binglian.domain.publishing.columns import boolean, coded, integer, number, text
from binglian.domain.publishing.dataset import LATITUDE, LONGITUDE, Dataset, Geometry, point


def _rows(alliance: Alliance) -> QuerySet[Area]:
    """The alliance's area with its parts, the sub-districts around it, and their district."""
    if alliance.area_id is None:
        return Area.objects.none()
    around = subdistricts_around(alliance.area_id)
    own = Q(pk=alliance.area_id) | Q(parent=alliance.area_id)
    near = Q(pk__in=around.values("pk")) | Q(pk__in=around.values("parent"))
    return Area.objects.filter(own | near).select_related("boundary")


def _outline(area: Area) -> Geometry | None:
    boundary = getattr(area, "boundary", None)
    return boundary.geometry if boundary else point(area.longitude, area.latitude)


def _of_boundary(name: str) -> Any:
    return lambda area: getattr(getattr(area, "boundary", None), name, None)


AREAS = Dataset(
    name="areas",
    title=_("片区和街道"),
    description=_("联盟所在的片区及其组成部分、周边街道和所属的区，有界线的附界线。"),
    theme="REGI",
    keywords=(_("片区"), _("街道"), _("界线")),
    rows=_rows,
    acts=("area.",),
    columns=(
        integer("id", _("片区号"), lambda area: area.pk),
        text("name_zh", _("名称"), lambda area: area.name),
        text("name_en", _("英文名称"), lambda area: area.name_en),
        coded("kind", _("类型"), lambda area: area.kind, lambda: Area.Kind.choices),
        text("code", _("区划代码"), lambda area: area.code),
        integer("parent_id", _("上级片区号"), lambda area: area.parent_id),
        boolean("is_approximate", _("界线为示意"), _of_boundary("is_approximate")),
        text("source", _("界线来源"), _of_boundary("source")),
        text("boundary_licence", _("界线许可"), _of_boundary("licence")),
        number(LONGITUDE, _("经度（WGS-84）"), lambda area: area.longitude),
        number(LATITUDE, _("纬度（WGS-84）"), lambda area: area.latitude),
    ),
    geometry=_outline,
    filters={"kind": "kind"},
)
