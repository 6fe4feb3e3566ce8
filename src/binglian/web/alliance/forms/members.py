"""Organisations and how they come to be members."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance, Application, Membership, Organisation
from binglian.domain.alliance.queries import admitted_organisations

from .parts import category_field, day_input


class OrganisationForm(forms.ModelForm):
    """What is known of an organisation."""

    longitude = forms.FloatField(label=_("经度"), min_value=-180, max_value=180, required=False)
    latitude = forms.FloatField(label=_("纬度"), min_value=-90, max_value=90, required=False)

    class Meta:
        model = Organisation
        fields = [
            "name",
            "kind",
            "credit_code",
            "desk",
            "address",
            "name_en",
            "parent",
            "longitude",
            "latitude",
        ]
        help_texts = {"credit_code": _("18 位；分支机构、项目部和临时组织可不填。")}

    def __init__(self, *args: Any, among: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if among is None:
            del self.fields["parent"]
        else:
            self.fields["parent"].queryset = among.exclude(pk=self.instance.pk)

    def clean_credit_code(self) -> str:
        return self.cleaned_data["credit_code"].strip().upper()

    def facts(self) -> dict[str, Any]:
        """What the actions take; call after ``is_valid()``."""
        known = {field.name for field in Organisation._meta.get_fields()}
        return {name: self.cleaned_data[name] for name in self.fields if name in known}


class MemberForm(OrganisationForm):
    """A new organisation together with its membership."""

    from_on = forms.DateField(
        label=_("加入日期"),
        widget=day_input(),
        required=False,
        help_text=_("不填则从批准之日算起。"),
    )

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"] = category_field(alliance)
        self.order_fields(["name", "category"])

    def validate_unique(self) -> None:
        """A known name is welcome: then that organisation is put forward."""


class ApplicationForm(forms.ModelForm):
    """An organisation outside asks to join."""

    class Meta:
        model = Application
        fields = ["name", "kind", "credit_code", "address", "desk", "email", "note"]
        widgets = {"note": forms.Textarea({"rows": 3})}
        help_texts = {
            "desk": _("办公电话或公务邮箱，不填个人信息"),
            "email": _("办理结果和邀请链接发到这里。"),
            "note": _("例如：会议室、车位、志愿者、专业力量。"),
        }

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"] = category_field(alliance)
        self.order_fields(["name", "kind", "category"])


class InvitationForm(forms.Form):
    """To whom a link goes, and for which seat."""

    organisation = forms.ModelChoiceField(
        label=_("邀请谁"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("新单位（由对方填写）"),
        help_text=_("选现有成员，则打开链接的人担任它的联络员。"),
    )
    email = forms.EmailField(
        label=_("发到邮箱"), required=False, help_text=_("不填则只显示链接，由您转交。")
    )

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = admitted_organisations(alliance)


class MemberFilter(forms.Form):
    """How the list of members is narrowed; every part may be empty."""

    q = forms.CharField(label=_("名称、拼音或首字母"), required=False)
    category = forms.ChoiceField(label=_("成员类别"), required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            ("", _("全部")),
            (Membership.State.ADMITTED, Membership.State.ADMITTED.label),
            (Membership.State.APPLIED, Membership.State.APPLIED.label),
        ],
    )

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(word.code, str(word)) for word in alliance.category_words()]
        self.fields["category"].choices = [("", _("全部")), *words]
