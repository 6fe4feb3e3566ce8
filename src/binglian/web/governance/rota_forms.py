"""What people type about the rotating chair."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.alliance.queries import admitted_organisations
from binglian.domain.governance.models import DutyTurn


class RotaForm(forms.Form):
    """Who takes turns, from when, and how long each; the order is by name or as numbered."""

    starts_on = forms.DateField(
        label=_("从哪个月开始"),
        widget=forms.DateInput({"type": "month"}, format="%Y-%m"),
        input_formats=["%Y-%m", "%Y-%m-%d"],
    )
    months = forms.IntegerField(label=_("每次轮几个月"), min_value=1, max_value=12, initial=1)

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = list(admitted_organisations(alliance))
        for place, organisation in enumerate(self.members, 1):
            self.fields[f"place_{organisation.pk}"] = forms.IntegerField(
                label=str(organisation), min_value=1, max_value=99, required=False, initial=place
            )

    @property
    def places(self) -> list[forms.BoundField]:
        """The place of each member; empty for who takes no turn."""
        return [self[f"place_{organisation.pk}"] for organisation in self.members]

    def organisations(self) -> list[Organisation]:
        """Who takes turns, in order."""
        placed = [(self.cleaned_data[f"place_{one.pk}"], one) for one in self.members]
        return [one for place, one in sorted(placed, key=lambda row: row[0] or 0) if place]


class SwapForm(forms.Form):
    """With which later turn to exchange, and why."""

    other = forms.ModelChoiceField(label=_("与谁对调"), queryset=DutyTurn.objects.none())
    why = forms.CharField(label=_("原因"), max_length=200)

    def __init__(self, *args: Any, turn: DutyTurn, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        later = turn.alliance.duty_turns.filter(from_on__gt=today())
        others = later.exclude(organisation=turn.organisation).select_related("organisation")
        self.fields["other"].queryset = others
