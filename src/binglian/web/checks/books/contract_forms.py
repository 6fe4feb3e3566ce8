"""What is typed about contracts and promises."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import admitted_organisations
from binglian.domain.checks.promise_text import PROPOSED

from .forms import SiteForm, date_field

MOST_BYTES = 50 * 1024 * 1024


class ContractForm(SiteForm):
    """A contract; its file is read for the fingerprint alone and not kept."""

    number = forms.CharField(label=_("合同编号"), max_length=40)
    title = forms.CharField(label=_("合同名称"), max_length=120)
    subject = forms.CharField(
        label=_("标的"), max_length=300, help_text=_("买什么、做什么，一句话；会公开")
    )
    signed_on = date_field(_("签订日期"))
    parties = forms.ModelMultipleChoiceField(
        label=_("当事单位"),
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("至少两个；名单里没有的，先请秘书处邀请它加入"),
    )
    file = forms.FileField(
        label=_("合同文件"),
        required=False,
        help_text=_("只算出指纹，文件不保存、不上网；以后谁拿着文件，都能证明是不是这一份"),
    )
    digest = forms.RegexField(
        r"^\s*[0-9a-fA-F]{64}\s*$",
        label=_("或填文件指纹（SHA-256）"),
        required=False,
        error_messages={"invalid": _("文件指纹须是 64 位十六进制的 SHA-256。")},
    )

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parties"].queryset = admitted_organisations(alliance).order_by("name")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if file and file.size > MOST_BYTES:
            self.add_error("file", _("文件超过 %(n)s MB。") % {"n": MOST_BYTES // 1024**2})
        elif file:
            cleaned["digest"] = _digest_of(file)
        elif not cleaned.get("digest") and "digest" not in self.errors:
            self.add_error("file", _("请选合同文件，或填它的指纹。"))
        return cleaned

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "file"}


class PromiseForm(forms.Form):
    """The words of the promise; the parties may change what is proposed."""

    text = forms.CharField(
        label=_("承诺内容"), max_length=3000, widget=forms.Textarea({"rows": 9}), initial=PROPOSED
    )


def _digest_of(file: Any) -> str:
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    return found.hexdigest()
