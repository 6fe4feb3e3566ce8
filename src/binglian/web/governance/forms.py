"""What a lead answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.governance.models import Lead


class AnswerForm(forms.Form):
    """Yes, or no with a reason, for one of the two leads."""

    lead = forms.ChoiceField(choices=Lead.choices, widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        choices=[("yes", _("同意")), ("no", _("不同意"))],
        error_messages={"required": _("请选择同意或不同意。")},
    )
    note = forms.CharField(
        label=_("意见"),
        max_length=400,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("不同意时必须写明理由，秘书处会看到。"),
    )

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("answer") == "no" and not facts.get("note", "").strip():
            self.add_error("note", _("请写明不同意的理由。"))
        return facts
