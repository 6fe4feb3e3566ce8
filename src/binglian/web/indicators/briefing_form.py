"""What is written about the parts of a briefing, and which of its lines are told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.indicators.actions.briefings import MAY_BE_SHORTER
from binglian.domain.indicators.briefing import PARTS, Composition
from binglian.domain.indicators.models import BriefingVersion


class BriefingForm(forms.Form):
    """A text for each part; of what may be left out, the lines to tell."""

    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, typed: Any, *, version: BriefingVersion) -> None:
        self.composition = Composition.from_json(version.composition)
        first: dict[str, Any] = {"edition": version.edition}
        for part in PARTS:
            first[f"text_{part}"] = version.texts.get(part, "")
        for part in MAY_BE_SHORTER:
            lines = self.composition.parts[part].lines
            first[f"lines_{part}"] = [one.key for one in lines if one.key not in version.left_out]
        super().__init__(typed, initial=first)
        for part, (title, _nothing) in PARTS.items():
            self.fields[f"text_{part}"] = forms.CharField(
                label=title, required=False, max_length=4000, widget=forms.Textarea({"rows": 4})
            )
        for part in MAY_BE_SHORTER:
            lines = self.composition.parts[part].lines
            self.fields[f"lines_{part}"] = forms.MultipleChoiceField(
                label=_("列出哪些"),
                required=False,
                choices=[(one.key, f"{one.text}　{one.facts}") for one in lines],
                widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
            )

    @property
    def texts(self) -> dict[str, str]:
        return {part: self.cleaned_data[f"text_{part}"] for part in PARTS}

    @property
    def left_out(self) -> list[str]:
        """Keys of lines nobody ticked."""
        return [
            one.key
            for part in MAY_BE_SHORTER
            for one in self.composition.parts[part].lines
            if one.key not in self.cleaned_data[f"lines_{part}"]
        ]

    @property
    def parts(self) -> list[dict[str, Any]]:
        """For the page: each part's text, its lines to tick or those that are always told."""
        return [
            {
                "name": part,
                "text": self[f"text_{part}"],
                "choices": self[f"lines_{part}"] if part in MAY_BE_SHORTER else None,
                "lines": self.composition.parts[part].lines,
            }
            for part in PARTS
        ]


class MonthForm(forms.Form):
    """Which month to report."""

    month = forms.ChoiceField(label=_("月份"))

    def __init__(self, typed: Any, months: list[str]) -> None:
        super().__init__(typed)
        self.fields["month"].choices = [(one, one) for one in months]
