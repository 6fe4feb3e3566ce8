"""What is typed about inspections: plans, draws, and how each point stood."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, today
from binglian.domain.checks.models import Checklist, Inspection, Verdict
from binglian.domain.checks.queries import checklists_in_force, inspectors_of
from binglian.domain.projects.models import Project


class _WhenForm(forms.Form):
    """By which list, and on which day."""

    checklist = forms.ModelChoiceField(label=_("检查表"), queryset=Checklist.objects.none())
    due_on = forms.DateField(
        label=_("检查日期"), initial=today, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["checklist"].queryset = checklists_in_force(alliance)
        under_way = alliance.projects.filter(state__in=Project.UNDER_WAY).order_by("number")
        if "project" in self.fields:
            self.fields["project"].queryset = under_way
        if "inspector" in self.fields:
            self.fields["inspector"].queryset = inspectors_of(alliance).order_by("pk")


class PlanForm(_WhenForm):
    """One planned inspection."""

    project = forms.ModelChoiceField(label=_("工地"), queryset=Project.objects.none())
    inspector = forms.ModelChoiceField(label=_("检查员"), queryset=User.objects.none())
    field_order = ("project", "checklist", "inspector", "due_on")


class DrawForm(_WhenForm):
    """How many sites are drawn."""

    count = forms.IntegerField(label=_("抽几个工地"), min_value=1, initial=1)
    field_order = ("count", "checklist", "due_on")


class InspectionForm(forms.Form):
    """How each point stood; ``key`` is made when the form is opened."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, inspection: Inspection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(inspection.checklist.items.all())
        for item in self.items:
            self.fields[f"item-{item.pk}"] = forms.ChoiceField(
                label=f"{item.number}. {item.text}",
                choices=Verdict.Is.choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("第 %(n)s 项还没有结果。") % {"n": item.number}},
            )
        self.fields["words"] = forms.CharField(
            label=_("总体情况"),
            max_length=500,
            required=False,
            widget=forms.Textarea({"rows": 2}),
        )

    def points(self) -> list[tuple[int, forms.BoundField]]:
        """Each point's key with its field, in the order of the list."""
        return [(item.pk, self[f"item-{item.pk}"]) for item in self.items]

    def facts(self) -> dict[str, Any]:
        """As the action takes it."""
        said = {item.pk: self.cleaned_data[f"item-{item.pk}"] for item in self.items}
        return {
            "verdicts": said,
            "words": self.cleaned_data["words"],
            "key": self.cleaned_data["key"],
        }
