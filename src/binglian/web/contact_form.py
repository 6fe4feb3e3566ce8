"""How to reach somebody without an account: the same three fields wherever they are asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ContactForm(forms.Form):
    """Name, telephone and e-mail, none of them needed, and the tick that they may be kept."""

    name = forms.CharField(
        label=_("怎么称呼您"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    phone = forms.RegexField(
        r"^[0-9+\-() 转]{5,30}$",
        label=_("电话"),
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
        error_messages={"invalid": _("电话只写数字，座机带区号。")},
    )
    email = forms.EmailField(
        label=_("电子邮箱"),
        max_length=120,
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    has_agreed = forms.BooleanField(required=False)

    def contact(self) -> dict[str, str]:
        """What was left of the three, after ``is_valid()``."""
        cleaned = self.cleaned_data
        return {name: cleaned[name] for name in ("name", "phone", "email") if cleaned.get(name)}


class ApplicantForm(ContactForm):
    """A shop or team that must be reachable; ``consent`` is what it agrees to, word for word."""

    applicant = forms.CharField(
        label=_("店名或团队名"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    has_agreed = forms.BooleanField(error_messages={"required": _("请先勾选同意。")})

    def __init__(self, *args: Any, consent: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consent = consent
        self.fields["has_agreed"].label = consent

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("phone") and not cleaned.get("email") and "phone" not in self.errors:
            self.add_error("phone", _("请留电话或邮箱，好回复您。"))
        return cleaned
