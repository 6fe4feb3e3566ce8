"""What the columns of offers and needs have in common."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance
from binglian.domain.coupling.models.lists import ListRow
from binglian.domain.publishing.columns import Column, coded, free, instant, integer, text
from binglian.domain.publishing.dataset import Geometry, located, point

#: Ten metres, as for matters: a resident's need may lie at a resident's door.
_DECIMALS = 4


def kind_zh(alliance: Alliance, code: str) -> str:
    """The alliance's own Chinese word for a kind."""
    return next((word.zh for word in alliance.kind_words() if word.code == code), code)


def beginning(states: list[tuple[str, Any]]) -> tuple[Column, ...]:
    """What every row of a list begins with."""
    return (
        integer("id", _("行号"), lambda row: row.pk),
        text("number", _("编号"), lambda row: row.number),
        free("title", _("名称"), lambda row: row.title),
        coded("state", _("状态"), lambda row: row.state, lambda: states),
        integer("organisation_id", _("单位号"), lambda row: row.organisation_id),
        text("organisation", _("单位"), lambda row: row.organisation.name),
    )


def place_of(row: ListRow) -> Geometry | None:
    if row.longitude is None or row.latitude is None:
        return None
    return point(round(row.longitude, _DECIMALS), round(row.latitude, _DECIMALS))


def ending() -> tuple[Column, ...]:
    """Where it is, and when it was written."""
    return (
        free("place", _("地点"), lambda row: row.place),
        *located(place_of),
        instant("entered_at", _("登记时间"), lambda row: row.entered_at),
        instant("changed_at", _("修改时间"), lambda row: row.changed_at),
    )
