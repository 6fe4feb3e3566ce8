"""Matters somebody has checked and made public."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance
from binglian.domain.matters.models import Matter
from binglian.domain.matters.public_facts import (
    answer_to,
    changed_at,
    public_degrees,
    public_place,
    status_of,
    with_what_is_told,
)
from binglian.domain.matters.queries import public_matters
from binglian.domain.publishing.columns import coded, free, instant, text
from binglian.domain.publishing.dataset import Dataset, Geometry, located, point


def _rows(alliance: Alliance) -> QuerySet[Matter]:
    return with_what_is_told(public_matters(alliance))


def _place(matter: Matter) -> Geometry | None:
    return point(public_degrees(matter.longitude), public_degrees(matter.latitude))


MATTERS = Dataset(
    name="matters",
    title=_("公开诉求及答复"),
    description=_(
        "居民和商户提出、经审核公开的诉求，含公开文本、类别、十米精度的位置、主办单位、期限和答复。"
    ),
    theme="SOCI",
    keywords=(_("诉求"), _("答复"), _("接诉即办")),
    rows=_rows,
    acts=("matter.",),
    columns=(
        text("number", _("编号"), lambda matter: matter.number),
        coded(
            "status",
            _("是否办结"),
            status_of,
            lambda: [("open", _("办理中")), ("closed", _("已办结"))],
        ),
        coded("state", _("状态"), lambda matter: matter.state, lambda: Matter.State.choices),
        text("category", _("类别代码"), lambda matter: matter.category and matter.category.code),
        text("category_zh", _("类别"), lambda matter: matter.category and matter.category.name_zh),
        free("text", _("内容"), lambda matter: matter.public_text),
        free("place", _("地点"), public_place),
        text("lead", _("主办单位"), lambda matter: matter.lead and matter.lead.name),
        instant("reported_at", _("提出时间"), lambda matter: matter.reported_at),
        instant("due_at", _("办理期限"), lambda matter: matter.due_at),
        instant("changed_at", _("更新时间"), changed_at),
        free("answer", _("答复"), answer_to),
        *located(_place),
    ),
    geometry=_place,
)
