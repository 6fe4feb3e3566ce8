"""What is typed about goods given to a site."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.alliance.queries import admitted_organisations
from binglian.domain.checks.facts import GoodFacts
from binglian.domain.checks.models import DonatedGood

from .forms import SiteForm, date_field

LINES = 6


class DonationForm(SiteForm):
    """Who gave, under which receipt; the donor is an organisation, by its name."""

    donor = forms.CharField(
        label=_("捐赠单位"),
        max_length=120,
        help_text=_("写单位全称。只收单位捐赠的物资：不收个人捐赠，不收钱款，不公开募捐"),
        widget=forms.TextInput({"list": "donors", "autocomplete": "off"}),
    )
    credit_code = forms.CharField(
        label=_("统一社会信用代码"),
        max_length=18,
        required=False,
        help_text=_("本联盟没有登记过的单位才要填"),
    )
    receipt_number = forms.CharField(
        label=_("收据编号"), max_length=40, help_text=_("收下物资，先给捐赠单位开收据")
    )
    given_on = date_field(_("接收日期"), initial=today)
    are_no_wages = forms.BooleanField(
        label=_("我确认：这些物资不抵工资。工资须以货币足额支付，不得以实物、有价证券代替。"),
        error_messages={"required": _("请先确认：物资不抵工资。")},
    )


class GoodForm(forms.Form):
    """One line of the receipt; a line left blank counts for nothing."""

    item = forms.CharField(label=_("品名"), max_length=60)
    quantity = forms.IntegerField(label=_("数量"), min_value=1)
    unit = forms.CharField(label=_("计量单位"), max_length=10)
    unit_price = forms.DecimalField(
        label=_("单价（元）"), min_value=0, max_digits=10, decimal_places=2
    )

    def facts(self) -> GoodFacts:
        return GoodFacts(**self.cleaned_data)


class _GoodForms(forms.BaseFormSet):
    def clean(self) -> None:
        if not any(self.errors) and not self.filled():
            raise forms.ValidationError(_("请至少写一样物资。"))

    def filled(self) -> list[GoodFacts]:
        return [form.facts() for form in self.forms if form.has_changed() and form.is_valid()]


GoodForms = forms.formset_factory(GoodForm, formset=_GoodForms, extra=LINES, max_num=40)


class HandOutForm(forms.Form):
    """How much of which good goes to whom."""

    good = forms.ModelChoiceField(label=_("物资"), queryset=DonatedGood.objects.none())
    organisation = forms.ModelChoiceField(
        label=_("接收单位"),
        queryset=Organisation.objects.none(),
        help_text=_("班组的，选班组所在单位；只记单位，不记个人"),
    )
    quantity = forms.IntegerField(label=_("数量"), min_value=1)
    on = date_field(_("发放日期"), initial=today)

    def __init__(self, *args: Any, goods: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left = goods.filter(remaining__gt=0)
        self.fields["good"] = _GoodField(label=_("物资"), queryset=left)
        if len(left) == 1:
            self.fields["good"].empty_label = None
        self.fields["organisation"].queryset = admitted_organisations(alliance).order_by("name")


class _GoodField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(
            _("%(item)s（结存 %(left)s %(unit)s）")
            % {"item": obj.item, "left": obj.remaining, "unit": obj.unit}
        )
