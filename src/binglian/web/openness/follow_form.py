"""What is typed to follow a topic by mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance


class FollowForm(forms.Form):
    """One address; sending it is the consent that stands above the button."""

    email = forms.EmailField(
        label=_("电子邮箱"),
        max_length=120,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"required": _("请写电子邮箱。")},
    )

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consent = gettext(
            "提交即同意%(alliance)s用这个邮箱寄送这一主题的消息：加密保存，不作别用，"
            "每封信都能一键退订，退订后马上删除。"
        ) % {"alliance": alliance}
