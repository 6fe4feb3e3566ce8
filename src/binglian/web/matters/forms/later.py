"""What is typed when something cannot be solved now, or is left out of a rate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.coupling.actions.lists import ComponentFacts
from binglian.domain.coupling.models import Need
from binglian.domain.matters.models import Exclusion
from binglian.web.alliance.forms.parts import day_input
from binglian.web.coupling.lists.fields import QuantityField, TagsField

from .part import MatterForm, lines, radio


class ParkForm(MatterForm):
    """Why it cannot be solved now, and when it is looked at again."""

    reason = lines(_("为什么现在无法解决"), 400, help_text=_("诉求人会看到。"))
    look_again_on = forms.DateField(label=_("哪一天再研究"), widget=day_input())


class NeedForm(MatterForm):
    """What is lacking, as a row of the alliance's list of needs."""

    title = forms.CharField(
        label=_("需求名称"), max_length=120, help_text=_("所有成员可见，不写个人信息。")
    )
    kind = forms.ChoiceField(label=_("需要哪一类资源"))
    quantity = QuantityField(label=_("数量"))
    unit = forms.CharField(label=_("计量单位"), max_length=10, required=False)
    tags = TagsField(label=_("标签"))
    priority = forms.ChoiceField(
        label=_("优先级"), choices=Need.Priority.choices, initial=Need.Priority.IMPORTANT
    )
    deadline = forms.DateField(label=_("截止日期"), widget=day_input(), required=False)

    def prepare(self) -> None:
        words = [(word.code, str(word)) for word in self.matter.alliance.kind_words()]
        self.fields["kind"].choices = [("", "—"), *words]

    def facts(self) -> dict[str, Any]:
        typed = dict(self.cleaned_data)
        part = {name: typed.pop(name) for name in ("kind", "quantity", "unit", "tags")}
        return typed | {"components": [ComponentFacts(**part)]}


class ExcludeForm(MatterForm):
    """Which rate, and why."""

    rate = forms.ChoiceField(
        label=_("从哪一率剔除"), choices=Exclusion.Rate.choices, widget=radio()
    )
    reason = lines(_("理由"), 200, help_text=_("由另一人确认后生效，统计页按理由列出件数。"))
