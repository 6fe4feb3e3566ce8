"""What is typed when somebody asks a project, and when it is reviewed and answered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.openness.actions.questions import LONGEST, LONGEST_ANSWER
from binglian.domain.openness.models import ProjectQuestion
from binglian.web.redacting import RedactedForm


class QuestionForm(forms.Form):
    """One question; nothing about who asks."""

    text = forms.CharField(
        label=_("想问什么？"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
        help_text=_("问题和答复都会公开，请不要写姓名、电话和门牌。"),
        error_messages={"required": _("请写要问的问题。")},
    )


class ReviewForm(RedactedForm):
    """The question in the words everybody reads."""

    public_text = forms.CharField(
        label=_("公开的问题"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("可以理顺文字，不改意思；不提是谁问的。"),
        error_messages={"required": _("请写公开的问题。")},
    )

    def __init__(self, *args: Any, question: ProjectQuestion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["public_text"] = question.text


class QuestionAnswerForm(RedactedForm):
    """The answer on the record."""

    public_text = forms.CharField(
        label=_("公开答复"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("人人可见，发出后不能改，记入台账。"),
        error_messages={"required": _("请写答复，人人可见。")},
    )
