"""广吸纳: who is in, and does everybody give?"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from binglian.domain.indicators.figures import Case, Indicator, Promise, evenness
from binglian.domain.indicators.periods import Period
from binglian.domain.indicators.records import Member, Records
from binglian.domain.indicators.records.members import GOVERNMENT


def _present(records: Records, period: Period) -> list[Member]:
    return [one for one in records.members if one.belongs_on(period.last)]


def _register(records: Records, period: Period) -> Iterator[Case]:
    members = {one.organisation.pk for one in _present(records, period)}
    for body in records.register.organisations:
        yield Case(
            title=str(body),
            part=body.pk in members,
            note=str(body.get_kind_display()),
            path=f"members/{body.pk}/" if body.pk in members else "",
        )


def _members(records: Records, period: Period) -> Iterator[Case]:
    for member in _present(records, period):
        body = member.organisation
        yield Case(
            title=str(body),
            part=body.kind not in GOVERNMENT,
            note=str(body.get_kind_display()),
            path=f"members/{body.pk}/",
        )


def _contributions(records: Records, period: Period) -> Iterator[Case]:
    words = records.category_words()
    for one, day in records.fulfilled(period):
        category = records.category_of(one.giver_id, day)
        yield Case(
            title=one.title,
            group=category,
            note=str(words.get(category, category)),
            path=f"commitments/{one.pk}/",
            is_public=one.is_public,
        )


INCLUSION = (
    Indicator(
        code="W1",
        promise=Promise.INCLUSION,
        name=gettext_lazy("片区单位加入率"),
        counts=gettext_lazy("已是成员的单位"),
        of=gettext_lazy("平台登记的、所在地在片区内的单位"),
        cases=_register,
    ),
    Indicator(
        code="W2",
        promise=Promise.INCLUSION,
        name=gettext_lazy("非政府成员占比"),
        counts=gettext_lazy("职能部门和街道以外的成员单位"),
        of=gettext_lazy("期末的成员单位"),
        cases=_members,
    ),
    Indicator(
        code="W3",
        promise=Promise.INCLUSION,
        name=gettext_lazy("各类成员贡献的均衡度"),
        counts=gettext_lazy("经对方确认的兑现在各成员类别间分布的熵，−Σp·ln p"),
        of=gettext_lazy("成员类别数的对数 ln K：各类贡献相等时两者相同"),
        cases=_contributions,
        figure=evenness,
    ),
)
