"""What is typed when a matter comes in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Organisation
from binglian.domain.matters.diversions import ADVICE, Advice, hints_in
from binglian.domain.matters.models import Category, Matter
from binglian.domain.matters.queries import categories_of, matter_rules_of, responsibility_for

from .part import MatterForm, lines, pressed, radio, ticks
from .redacting import CheckedForm


class DispatchForm(MatterForm):
    """About what, and to whom; the catalogue says who, unless another one is chosen."""

    category = forms.ModelChoiceField(
        label=_("诉求类别"), queryset=Category.objects.none(), empty_label="—"
    )
    lead = forms.ModelChoiceField(
        label=_("主办单位"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("按责任清单"),
    )
    co_handlers = forms.ModelMultipleChoiceField(
        label=_("协办单位"),
        queryset=Organisation.objects.none(),
        required=False,
        widget=ticks(),
        help_text=_("不选则按责任清单。"),
    )
    note = forms.CharField(label=_("给主办单位的话"), max_length=200, required=False)

    folded = ("lead", "co_handlers", "note")
    folded_label = _("改派给其他单位，或加协办")

    def prepare(self) -> None:
        self.fields["category"].queryset = categories_of(self.matter.alliance)
        if self.matter.is_category_sure(matter_rules_of(self.matter.alliance).sure_from):
            likely = self.matter.category or self.matter.proposed_category
            self.initial.setdefault("category", likely)
        for name in ("lead", "co_handlers"):
            self.fields[name].queryset = self.members()

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        category, lead = facts.get("category"), facts.get("lead")
        if category and not lead and not responsibility_for(category, self.matter.area):
            self.add_error("lead", _("责任清单里没有这一类诉求的主办单位，请选择主办单位。"))
        facts["co_handlers"] = list(facts.get("co_handlers") or []) or None
        return facts


def words_of(advice: Advice) -> str:
    """Why, and whom to turn to with which number, in the reader's language."""
    channels = [f"{one.name} {one.phone}".strip() for one in advice.channels]
    return " ".join(filter(None, [str(advice.text), gettext("、").join(channels)]))


class DivertForm(MatterForm):
    """Where law sends it; without words of one's own, the usual ones are told."""

    diversion = forms.ChoiceField(
        label=_("引导到哪里"), choices=Matter.Diversion.choices, widget=radio()
    )
    note = lines(
        _("告诉诉求人的话"), 400, rows=3, required=False, help_text=_("不填则用上面所选的说明。")
    )

    def prepare(self) -> None:
        hints = hints_in(self.matter.text)
        self.initial.setdefault("diversion", hints[0].advice.kind.value if hints else None)
        self.fields["diversion"].choices = [
            (kind.value, f"{kind.label} — {words_of(ADVICE[kind])}") for kind in Matter.Diversion
        ]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if not facts.get("note") and facts.get("diversion"):
            facts["note"] = words_of(ADVICE[Matter.Diversion(facts["diversion"])])
        return facts


class JoinForm(MatterForm):
    """The number of an earlier matter about the same thing."""

    to = forms.CharField(
        label=_("并入哪件诉求（编号）"), max_length=20, help_text=_("例如 20260907-0012。")
    )

    def clean_to(self) -> Matter:
        number = self.cleaned_data["to"].strip()
        found = self.matter.alliance.matters.filter(number=number).first()
        if found is None:
            raise forms.ValidationError(
                _("没有编号为“%(number)s”的诉求，请核对编号。"), params={"number": number}
            )
        return found


class PublishForm(CheckedForm):
    """What everybody reads of the report."""

    asks = "is_public"
    verdicts = (("yes", _("公开")), ("no", _("不公开")))

    public_text = lines(
        _("公开内容"), 4000, rows=5, required=False, help_text=_("删去姓名、电话、门牌等个人信息。")
    )
    is_public = pressed()

    def prepare(self) -> None:
        self.initial.setdefault("public_text", self.matter.public_text or self.matter.text)

    def is_for_everybody(self) -> bool:
        return bool(self.cleaned_data.get("is_public"))
