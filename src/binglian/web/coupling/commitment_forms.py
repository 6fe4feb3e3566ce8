"""What people type about commitments."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.alliance.queries import admitted_organisations
from binglian.domain.coupling.models import Commitment, Delivery
from binglian.web.row_choices import RowChoice


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options
    )


def _why(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=400, widget=forms.Textarea({"rows": 2}))


class AcceptForm(forms.Form):
    due_on = _day(
        _("兑现期限"), required=False, help_text=_("不填则以需求的截止日期为准，可以提前")
    )


class DeclineForm(forms.Form):
    why = _why(_("谢绝的理由"))


class ExplainForm(forms.Form):
    why = _why(_("不能兑现的原因"))


class MoveForm(forms.Form):
    due_on = _day(_("改到哪一天"))
    why = _why(_("改期的理由"))


class DeliverForm(forms.Form):
    quantity = forms.DecimalField(label=_("兑现数量"), max_digits=14, decimal_places=2, min_value=0)
    delivered_on = _day(_("兑现日期"))
    note = forms.CharField(
        label=_("情况说明"),
        max_length=400,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("数量少于承诺时请说明原因"),
    )


class JudgeForm(forms.Form):
    verdict = forms.ChoiceField(
        label=_("评价"),
        choices=Delivery.Verdict.choices,
        widget=forms.RadioSelect({"class": "form-check-input"}),
    )
    note = forms.CharField(
        label=_("说明"),
        max_length=400,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("未完全满足时请写明哪里没有满足"),
    )


class CommitmentFilter(forms.Form):
    """The list's conditions; whatever cannot be read is left out."""

    q = forms.CharField(label=_("查找"), required=False, max_length=60)
    side = forms.ChoiceField(
        label=_("哪一方"),
        required=False,
        choices=[("", _("全部")), ("give", _("我们提供的")), ("receive", _("我们接收的"))],
    )
    state = forms.ChoiceField(label=_("状态"), required=False)
    organisation = RowChoice(Organisation, label=_("单位"))
    overdue = forms.BooleanField(label=_("只看逾期"), required=False)

    def __init__(self, typed: Any, alliance: Alliance, *, speaks_for_somebody: bool) -> None:
        super().__init__(typed)
        self.fields["state"].choices = [("", _("全部")), *Commitment.State.choices]
        self.fields["organisation"].queryset = admitted_organisations(alliance)
        if not speaks_for_somebody:
            del self.fields["side"]


def first_values(commitment: Commitment) -> dict[str, dict[str, Any]]:
    """What each form starts with."""
    return {
        "accept": {"due_on": commitment.due_on or commitment.latest_on},
        "deliver": {"quantity": commitment.quantity.normalize(), "delivered_on": today()},
        "move": {"due_on": commitment.due_on},
    }
