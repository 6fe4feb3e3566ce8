"""What is typed about rooms to let."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import organisations_kept_by
from binglian.domain.coupling.actions.outside import KEPT_DAYS
from binglian.domain.heritage.actions import SpaceWish
from binglian.domain.heritage.models import Place, Space, SpaceApplication
from binglian.domain.heritage.queries import landlords_of
from binglian.sheets.cells import read_tags
from binglian.web.contact_form import ApplicantForm


class SpaceForm(forms.Form):
    """Rooms of a place, and on which terms."""

    landlord = forms.ModelChoiceField(label=_("出租单位"), queryset=Organisation.objects.none())
    floor = forms.CharField(
        label=pgettext_lazy("rooms", "位置"),
        max_length=40,
        required=False,
        help_text=_("例如：一层东厢"),
    )
    area = forms.DecimalField(
        label=_("面积（平方米）"), min_value=0, max_digits=8, decimal_places=2
    )
    rent = forms.DecimalField(
        label=_("月租金（元）"),
        min_value=0,
        max_digits=12,
        decimal_places=2,
        required=False,
        help_text=_("0 或留空即免租"),
    )
    trades = forms.CharField(
        label=_("希望的业态"),
        max_length=120,
        required=False,
        help_text=_("几个词，用“、”分开；与申请人用词一致才容易配上"),
    )
    available_on = forms.DateField(
        label=_("可入驻日期"), required=False, widget=forms.DateInput({"type": "date"})
    )
    conditions = forms.CharField(
        label=_("条件"), max_length=200, required=False, help_text=_("几条用“、”分开")
    )
    is_public = forms.BooleanField(label=_("向公众公开"), required=False, initial=True)

    def __init__(self, *args: Any, place: Place, space: Space | None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"trades": place.intended_trade}
        if space:
            offer = space.offer
            initial = {
                "landlord": offer.organisation_id,
                "floor": space.floor,
                "area": space.area,
                "rent": offer.price,
                "trades": "、".join(offer.tags),
                "available_on": space.available_on,
                "conditions": "、".join(offer.conditions),
                "is_public": space.is_public,
            }
        super().__init__(*args, **(kwargs | {"initial": initial}))
        landlords = landlords_of(place)
        self.fields["landlord"].queryset = landlords
        if space is None and len(landlords) == 1:
            self.initial["landlord"] = landlords[0].pk

    def facts(self) -> dict[str, Any]:
        facts = dict(self.cleaned_data)
        facts["rent"] = facts["rent"] or 0
        for name in ("trades", "conditions"):
            facts[name] = list(read_tags(facts[name]))
        return facts


class WishForm(ApplicantForm):
    """What a merchant or maker without an account says."""

    trade = forms.CharField(
        label=_("打算经营什么"),
        max_length=60,
        widget=forms.TextInput({"placeholder": _("例如：咖啡、修表、木工")}),
    )
    text = forms.CharField(
        label=_("想法"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    wanted_on = forms.DateField(
        label=_("希望入驻日期"), required=False, widget=forms.DateInput({"type": "date"})
    )

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, consent=wish_consent(alliance), **kwargs)

    def wish(self) -> SpaceWish:
        cleaned = self.cleaned_data
        return SpaceWish(
            applicant=cleaned["applicant"],
            trade=cleaned["trade"],
            text=cleaned["text"],
            wanted_on=cleaned["wanted_on"],
            consent_text=self.consent,
            contact=self.contact(),
        )


def wish_consent(alliance: Alliance) -> str:
    """What an applicant agrees to; kept with the contact, word for word."""
    return gettext(
        "我同意%(alliance)s为办理这份申请使用我留下的联系方式：只有秘书处和出租单位能看，每次查看留痕；"
        "最多保存 %(days)s 天，到期自动删除；我随时可以用查询链接撤回并删除。"
    ) % {"alliance": alliance, "days": KEPT_DAYS}


class TakeUpForm(forms.Form):
    """The member that stands for the applicant."""

    on_behalf = forms.ModelChoiceField(
        label=_("由谁代为提出需求并评价"),
        queryset=Organisation.objects.none(),
        help_text=_("通常是所在街道或社区；申请人自己是成员单位的，选它自己"),
    )

    def __init__(self, *args: Any, application: SpaceApplication, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = organisations_kept_by(user, application.alliance)
        kept = kept.exclude(pk=application.space.offer.organisation_id)
        self.fields["on_behalf"].queryset = kept
        lead = application.alliance.lead_b
        self.initial["on_behalf"] = lead.pk if kept.filter(pk=lead.pk).exists() else None
