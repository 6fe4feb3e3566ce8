"""What is typed when somebody asks an alliance, and when it answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance
from binglian.domain.openness.actions.asking import KEPT_DAYS, LONGEST
from binglian.domain.openness.facts import Asked
from binglian.domain.openness.models import InformationRequest
from binglian.domain.openness.rules import grounds
from binglian.web.contact_form import ContactForm
from binglian.web.redacting import RedactedForm


def ask_consent(alliance: Alliance) -> str:
    """What an asker agrees to by leaving a contact; kept with it, word for word."""
    return gettext(
        "我同意%(alliance)s为答复这份申请使用我留下的联系方式：只有答复人员能看，每次查看留痕；"
        "最多保存 %(days)s 天，到期自动删除；我随时可以用查询链接撤回并删除。"
    ) % {"alliance": alliance, "days": KEPT_DAYS}


class AskForm(ContactForm):
    """A wish; a contact only for whoever wants to be called."""

    text = forms.CharField(
        label=_("想了解什么？"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4, "autocomplete": "off"}),
        help_text=_("写清是哪件事、哪个时间，越具体答得越快。不用说明用途。"),
        error_messages={"required": _("请写想了解什么。")},
    )

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consent = ask_consent(alliance)
        self.fields["has_agreed"].label = self.consent

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.contact() and not cleaned.get("has_agreed"):
            self.add_error("has_agreed", _("留联系方式须先同意；不想留，请清空上面几栏。"))
        return cleaned

    def asked(self) -> Asked:
        return Asked(
            text=self.cleaned_data["text"], contact=self.contact(), consent_text=self.consent
        )


class AnswerForm(RedactedForm):
    """The answer, and who may read it; the ground where it is no."""

    PUBLIC, PRIVATE, REFUSED = "public", "private", "refused"

    public_fields = ("public_text", "answer")

    outcome = forms.ChoiceField(
        label=_("怎样答复"),
        choices=[
            (PUBLIC, _("公开答复：问题和答复大家都能看")),
            (PRIVATE, _("只答复申请人")),
            (REFUSED, _("不予公开")),
        ],
        widget=forms.RadioSelect({"class": "form-check-input"}),
        initial=PUBLIC,
    )
    public_text = forms.CharField(
        label=_("公开的问题"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("公开答复时用：把问题写得谁都看得懂，不提是谁问的。"),
    )
    ground = forms.ChoiceField(
        label=_("不予公开的依据"),
        required=False,
        help_text=_("不予公开时选一条，申请人会看到。"),
    )
    answer = forms.CharField(
        label=_("答复"),
        max_length=6000,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": _("请写答复，申请人会看到。")},
    )

    def __init__(self, *args: Any, request: InformationRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["public_text"] = request.text
        told = [(one.code, f"{one}（{one.basis}）") for one in grounds().values()]
        self.fields["ground"].choices = [("", "—"), *told]

    def is_for_everybody(self) -> bool:
        return self["outcome"].value() == self.PUBLIC

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        outcome = facts.get("outcome")
        if outcome == self.PUBLIC and not facts.get("public_text"):
            self.add_error("public_text", _("请写公开的问题：谁都看得懂，不提是谁问的。"))
        if outcome == self.REFUSED and not facts.get("ground"):
            self.add_error("ground", _("请从表中选一条不予公开的依据。"))
        return facts
