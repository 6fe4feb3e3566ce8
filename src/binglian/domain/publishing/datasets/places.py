"""Courtyards and historic buildings that somebody has said are public."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from binglian.domain.heritage.models import Place
from binglian.domain.heritage.queries import public_places
from binglian.domain.heritage.words import GRADES, grade_word
from binglian.domain.publishing.columns import coded, day, free, integer, number, text
from binglian.domain.publishing.dataset import LATITUDE, LONGITUDE, Dataset, Geometry, point


def _outline(place: Place) -> Geometry | None:
    return place.outline or point(place.longitude, place.latitude)


PLACES = Dataset(
    name="places",
    title=_("里院和历史建筑"),
    description=_("已公开的里院、历史建筑和街巷：保护等级、重点保护部位、完损、空置、阶段和业态。"),
    theme="EDUC",
    keywords=(_("里院"), _("历史建筑"), _("保护等级")),
    rows=public_places,
    acts=("place.",),
    columns=(
        integer("id", _("行号"), lambda place: place.pk),
        text("number", _("编号"), lambda place: place.number),
        free("name_zh", _("名称"), lambda place: place.name_zh),
        free("name_en", _("英文名称"), lambda place: place.name_en),
        coded("kind", _("类型"), lambda place: place.kind, lambda: Place.Kind.choices),
        integer("part_of_id", _("所属里院"), lambda place: place.part_of_id),
        free("address", _("地址"), lambda place: place.address),
        text("area", _("社区或街道"), lambda place: place.area and place.area.name),
        coded(
            "grade",
            _("保护等级"),
            lambda place: place.grade,
            lambda: [(word.code, grade_word(word.code)) for word in GRADES],
        ),
        free("grade_basis", _("定级依据"), lambda place: place.grade_basis),
        free("key_parts", _("重点保护部位"), lambda place: place.key_parts),
        text("built", _("建造年代"), lambda place: place.built),
        text("structure", _("结构"), lambda place: place.structure),
        integer("storeys", _("层数"), lambda place: place.storeys),
        number("floor_area_m2", _("建筑面积"), lambda place: place.floor_area),
        integer("units", _("房间数"), lambda place: place.units),
        integer("vacant_units", _("空置间数"), lambda place: place.vacant_units),
        coded(
            "condition",
            _("完损状况"),
            lambda place: place.condition,
            lambda: Place.Condition.choices,
        ),
        coded("state", _("阶段"), lambda place: place.state, lambda: Place.State.choices),
        day("state_on", _("进入本阶段"), lambda place: place.state_on),
        free("intended_trade", _("修缮前打算的业态"), lambda place: place.intended_trade),
        free("actual_use", _("实际使用"), lambda place: place.actual_use),
        number(LONGITUDE, _("经度（WGS-84）"), lambda place: place.longitude),
        number(LATITUDE, _("纬度（WGS-84）"), lambda place: place.latitude),
    ),
    geometry=_outline,
    filters={"kind": "kind", "grade": "grade", "state": "state"},
)
