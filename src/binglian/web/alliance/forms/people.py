"""Accounts, seats and their handover."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import LEADS, OF_AN_ORGANISATION, Role
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import liaison_officers, members_of
from binglian.web.alliance.people import person_named


class AccountForm(forms.ModelForm):
    """A new sign-in; its owner sets the password by mail."""

    email = forms.EmailField(label=_("电子邮箱"), help_text=_("设置密码的链接发到这里。"))

    class Meta:
        model = User
        fields = ["username", "email", "display_name"]
        help_texts = {
            "username": _("登录用，字母、数字和 @ . + - _ 均可。"),
            "display_name": _("别人看到的称呼，例如“联络员（某社区）”。"),
        }

    def clean_username(self) -> str:
        return _free(self.cleaned_data["username"], "username", _("这个用户名已被使用，请换一个。"))

    def clean_email(self) -> str:
        return _free(self.cleaned_data["email"], "email", _("这个邮箱已有账号。"))


class PlatformAccountForm(AccountForm):
    """A sign-in that may hold a platform role."""

    class Meta(AccountForm.Meta):
        fields = [*AccountForm.Meta.fields, "platform_role"]


class JoinAccountForm(AccountForm):
    """An invited person opens their own account."""

    email = forms.EmailField(label=_("电子邮箱"), help_text=_("提醒和重设密码的链接发到这里。"))
    password = forms.CharField(
        label=_("密码"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("至少 8 位，不能全是数字，也不要用常见密码。"),
    )

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if "password" in facts:
            try:
                validate_password(facts["password"], self.instance)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return facts


class SeatForm(forms.Form):
    """Which seat is given to whom: an account that exists, or one opened now."""

    role = forms.ChoiceField(label=_("角色"))
    organisation = forms.ModelChoiceField(
        label=_("代表单位"),
        queryset=Organisation.objects.none(),
        required=False,
        help_text=_("联络员和签署人必须选择；牵头单位的席位自动对应。"),
    )
    person = forms.CharField(
        label=_("用户名或邮箱"),
        required=False,
        help_text=_("已有账号的人填这里；没有账号的填下面三项。"),
    )

    def __init__(
        self, *args: Any, alliance: Alliance, may_appoint_leads: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        members = members_of(alliance).values("organisation")
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=members)
        # Residents' supervisors are named by their communities, on a page of their own.
        given = [r for r in Role if not r.is_on_platform and r is not Role.SUPERVISOR]
        if not may_appoint_leads:
            given = [role for role in given if role not in LEADS]
            self.fields["role"].help_text = _("牵头单位的代表由平台管理员按委派安排。")
        self.fields["role"].choices = [(role.value, role.label) for role in given]

    def clean_person(self) -> User | None:
        typed = self.cleaned_data["person"]
        return _person(typed) if typed.strip() else None

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        is_of_one = facts.get("role") in [role.value for role in OF_AN_ORGANISATION]
        if is_of_one and not facts.get("organisation"):
            self.add_error("organisation", _("请选择所代表的单位。"))
        return facts


class HandoverForm(forms.Form):
    """From whom to whom the seat of a liaison officer goes."""

    leaving = forms.ModelChoiceField(
        label=_("离任联络员"), queryset=User.objects.none(), empty_label=None
    )
    taking_over = forms.CharField(
        label=_("接任者的用户名或邮箱"),
        help_text=_("接任者还没有账号的，请秘书处先开通或发邀请链接。"),
    )

    def __init__(
        self, *args: Any, alliance: Alliance, organisation: Organisation, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leaving"].queryset = liaison_officers(alliance, organisation)

    def clean_taking_over(self) -> User:
        return _person(self.cleaned_data["taking_over"])


def _person(typed: str) -> User:
    found = person_named(typed)
    if found is None:
        raise forms.ValidationError(_("没有这个账号，请核对用户名或邮箱。"))
    return found


def _free(value: str, field: str, message: Any) -> str:
    if User.objects.filter(**{f"{field}__iexact": value}).exists():
        raise forms.ValidationError(message)
    return value
