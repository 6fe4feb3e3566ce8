"""What is typed while a matter is handled."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Organisation
from binglian.domain.matters.models import Assignment, Objection

from .part import MatterForm, lines, radio


class ObjectForm(MatterForm):
    """Why it is not ours, and whose it may be."""

    reason = lines(_("为什么不属于本单位职责"), 400)
    suggested = forms.ModelChoiceField(
        label=_("建议由谁主办"), queryset=Organisation.objects.none(), required=False
    )

    def prepare(self) -> None:
        others = self.members().exclude(pk=self.about.organisation_id) if self.about else None
        self.fields["suggested"].queryset = others if others is not None else self.members()


class ObjectionForm(MatterForm):
    """Whether the objection holds, and who leads then."""

    is_upheld = forms.TypedChoiceField(
        label=_("复核结论"),
        choices=[("yes", Objection.Verdict.UPHELD.label), ("no", Objection.Verdict.REFUSED.label)],
        coerce=lambda chosen: chosen == "yes",
        widget=radio(),
    )
    lead = forms.ModelChoiceField(
        label=_("改派给"), queryset=Organisation.objects.none(), required=False
    )
    note = lines(_("复核意见"), 400, required=False, help_text=_("异议不成立时须写明理由。"))

    def prepare(self) -> None:
        self.fields["lead"].queryset = self.members()
        if isinstance(self.about, Objection):
            self.initial.setdefault("lead", self.about.suggested_id)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("is_upheld") is True and not facts.get("lead"):
            self.add_error("lead", _("请选择改派给哪个单位。"))
        if facts.get("is_upheld") is False and not facts.get("note"):
            self.add_error("note", _("请写明理由，承办单位会看到。"))
        return facts


class HelpForm(MatterForm):
    """Who is to help."""

    organisation = forms.ModelChoiceField(
        label=_("请谁协办"), queryset=Organisation.objects.none(), empty_label="—"
    )

    def prepare(self) -> None:
        parts = self.matter.assignments.exclude(state=Assignment.State.MOVED)
        taken = parts.values("organisation")
        self.fields["organisation"].queryset = self.members().exclude(pk__in=taken)


class ExtendForm(MatterForm):
    """How much longer, and why."""

    working_days = forms.IntegerField(label=_("延长几个工作日"), min_value=1, max_value=60)
    reason = lines(_("理由"), 400, help_text=_("诉求人会看到。"))
