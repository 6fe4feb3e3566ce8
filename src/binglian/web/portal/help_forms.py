"""What somebody types who can help with a need."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance
from binglian.domain.coupling.actions import Help
from binglian.domain.coupling.actions.outside import KEPT_DAYS
from binglian.domain.coupling.models import Component, Need
from binglian.domain.publishing.striking import without_personal
from binglian.web.contact_form import ApplicantForm
from binglian.web.templatetags.desk import kind_label, quantity


class HelpForm(ApplicantForm):
    """Which part, how much, and a word about it; a need of one part does not ask which."""

    position = forms.TypedChoiceField(label=_("能帮哪一项"), coerce=int, empty_value=0)
    gives = forms.CharField(
        label=_("能帮什么"),
        max_length=60,
        widget=forms.TextInput({"placeholder": _("例如：二楼可借、会修木窗")}),
    )
    quantity = forms.DecimalField(
        label=pgettext_lazy("help", "能帮多少"), max_digits=12, decimal_places=2
    )
    text = forms.CharField(
        label=_("想说的话"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, need: Need, **kwargs: Any) -> None:
        super().__init__(*args, consent=help_consent(need.alliance), **kwargs)
        parts = list(need.components.all())
        self.unit = parts[0].unit if len({part.unit for part in parts}) == 1 else ""
        self.initial["quantity"] = quantity(parts[0].quantity)
        self._only = parts[0].position
        if len(parts) > 1:
            choices = [(part.position, _described(part, need)) for part in parts]
            self.fields["position"].choices = choices
            self.initial["position"] = parts[0].position
        else:
            del self.fields["position"]

    def clean_quantity(self) -> Any:
        typed = self.cleaned_data["quantity"]
        if typed <= 0:
            raise forms.ValidationError(_("数量须大于零。"))
        return typed

    def help(self) -> Help:
        cleaned = self.cleaned_data
        return Help(
            applicant=cleaned["applicant"],
            gives=cleaned["gives"],
            quantity=cleaned["quantity"],
            position=cleaned.get("position", self._only),
            text=cleaned["text"],
            consent_text=self.consent,
            contact=self.contact(),
        )


def _described(part: Component, need: Need) -> str:
    title = without_personal(part.title) or kind_label(part.kind, need.alliance)
    return f"{title} {quantity(part.quantity)} {part.unit}"


def help_consent(alliance: Alliance) -> str:
    """What a helper agrees to; kept with the contact, word for word."""
    return gettext(
        "我同意%(alliance)s为这件需求使用我留下的联系方式：只有秘书处和提需求的单位能看，每次查看留痕；"
        "最多保存 %(days)s 天，到期自动删除；我随时可以用查询链接撤回并删除。"
    ) % {"alliance": alliance, "days": KEPT_DAYS}
