"""How to reach somebody without an account: the same three fields wherever they are asked."""

from __future__ import annotations

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
