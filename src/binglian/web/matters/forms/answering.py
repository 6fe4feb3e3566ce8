"""What is typed of the answer and what is thought of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.matters.models import Reply, Revisit

from .part import MatterForm, lines, radio
from .redacting import CheckedForm


class ReplyForm(CheckedForm):
    """The answer: what everybody reads, and what the reporter alone reads."""

    outcome = forms.ChoiceField(
        label=_("结果"),
        choices=[
            (Reply.Outcome.SOLVED.value, _("已解决")),
            (Reply.Outcome.EXPLAINED.value, _("现阶段无法解决，已说明")),
            (Reply.Outcome.UNREASONABLE.value, _("诉求不合理（须另一人复核）")),
        ],
        widget=radio(),
    )
    public_text = lines(
        _("公开答复"), 4000, rows=5, help_text=_("人人可见：写做了什么、结果怎样，不写姓名电话。")
    )
    private_text = lines(_("仅告知诉求人"), 4000, rows=3, required=False)


class RevisitForm(MatterForm):
    """What the reporter says; not reached leaves both questions open."""

    channel = Revisit.Channel.PHONE
    is_reached = forms.TypedChoiceField(
        label=_("联系上了吗"),
        choices=[("yes", _("联系上了")), ("no", _("没有联系上"))],
        coerce=lambda chosen: chosen == "yes",
        initial="yes",
        widget=radio(),
    )
    solved = forms.ChoiceField(
        label=_("是否解决"), choices=Revisit.Solved.choices, required=False, widget=radio()
    )
    content = forms.ChoiceField(
        label=_("是否满意"), choices=Revisit.Content.choices, required=False, widget=radio()
    )
    note = lines(_("诉求人的意见"), 400, required=False)

    def clean(self) -> dict[str, Any]:
        facts = (super().clean() or {}) | {"channel": self.channel}
        if not facts.pop("is_reached", True):
            return facts | {"solved": "", "content": ""}
        for name in ("solved", "content"):
            if not facts.get(name) and name not in self.errors:
                self.add_error(name, _("请选择一项；没有联系上请在上面说明。"))
        return facts


class DoorstepForm(RevisitForm):
    """The same, asked by the community worker who filed it."""

    channel = Revisit.Channel.WORKER
