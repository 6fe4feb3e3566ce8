"""Rooms anybody may ask to rent."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from binglian.domain.heritage.models import Space
from binglian.domain.heritage.queries import public_spaces
from binglian.domain.publishing.columns import day, free, integer, number, text
from binglian.domain.publishing.dataset import Dataset, Geometry, located, point


def _place(space: Space) -> Geometry | None:
    return point(space.place.longitude, space.place.latitude)


SPACES = Dataset(
    name="spaces",
    title=_("待租空间"),
    description=_("里院和历史建筑里可以申请租用的房间：位置、面积、出租单位和可入驻日期。"),
    theme="REGI",
    keywords=(_("待租空间"), _("里院")),
    rows=public_spaces,
    acts=("space.", "place.", "offer.", "commitment."),
    columns=(
        integer("id", _("行号"), lambda space: space.pk),
        integer("place_id", _("里院或历史建筑"), lambda space: space.place_id),
        free("place", _("地点"), lambda space: space.place.name_zh),
        free("title", _("名称"), lambda space: space.offer.title),
        free("floor", _("位置"), lambda space: space.floor),
        number("area_m2", _("面积"), lambda space: space.area),
        number("price_yuan", _("单价（元）"), lambda space: space.offer.price),
        text("unit", _("计量单位"), lambda space: space.offer.unit),
        text("organisation", _("单位"), lambda space: space.offer.organisation.name),
        day("available_on", _("可入驻日期"), lambda space: space.available_on),
        *located(_place),
    ),
    geometry=_place,
    filters={"place_id": "place"},
)
