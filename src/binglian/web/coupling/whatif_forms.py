"""What is asked of «what if»: sliders, one more offer, a member gone, a need withdrawn."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Organisation
from binglian.domain.alliance.queries import admitted_organisations
from binglian.domain.coupling import policy
from binglian.domain.coupling.engine_adapter import Changes, NewOffer
from binglian.domain.coupling.models import CouplingRun, Need
from binglian.domain.coupling.queries import needs_by_urgency

from .lists.fields import QuantityField, TagsField, WindowsField

#: A slider counts half octaves: 2 doubles, -2 halves.
STEPS = 4


class WhatIfForm(forms.Form):
    """Everything may be left as it is; a slider at 0 changes nothing."""

    offer_kind = forms.ChoiceField(label=_("再有一项资源"), required=False)
    offer_quantity = QuantityField(label=_("数量"), required=False)
    offer_unit = forms.CharField(label=_("计量单位"), max_length=16, required=False)
    offer_tags = TagsField(label=_("标签"))
    offer_windows = WindowsField()
    leaves = forms.ModelChoiceField(
        label=_("某单位退出"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("没有"),
    )
    withdraws = forms.ModelChoiceField(
        label=_("撤回一项需求"),
        queryset=Need.objects.none(),
        required=False,
        empty_label=_("没有"),
    )

    def __init__(self, typed: Any, run: CouplingRun) -> None:
        super().__init__(typed)
        self.run = run
        alliance = run.alliance
        words = [(word.code, str(word)) for word in alliance.kind_words()]
        self.fields["offer_kind"].choices = [("", _("没有")), *words]
        self.fields["leaves"].queryset = admitted_organisations(alliance)
        self.fields["withdraws"].queryset = needs_by_urgency(alliance)
        self.groups: list[tuple[Any, list[str]]] = []
        for group, codes in reversed(_in_use(run).items()):
            names = []
            for code, label in codes.items():
                name = f"{group}-{code}"
                initial = step_of(run.weights.get(group, {}).get(code, 1.0))
                self.fields[name] = forms.IntegerField(
                    label=label,
                    required=False,
                    min_value=-STEPS,
                    max_value=STEPS,
                    initial=initial,
                    widget=forms.NumberInput(
                        {"type": "range", "step": 1, "data-slider": "half-octaves"}
                    ),
                )
                names.append(name)
            self.groups.append((policy.GROUP_LABELS[group], names))

    def sliders(self) -> list[tuple[Any, list[Any], bool]]:
        """Each group: its label, its sliders, and whether it stands open: one of them is moved."""
        return [
            (label, [self[name] for name in names], any(map(self._is_moved, names)))
            for label, names in self.groups
        ]

    def _is_moved(self, name: str) -> bool:
        return str(self[name].value() or 0) != "0"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_counted = cleaned.get("offer_quantity") or "offer_quantity" in self.errors
        if cleaned.get("offer_kind") and not is_counted:
            self.add_error("offer_quantity", _("请填写数量。"))
        return cleaned

    def changes(self) -> Changes:
        """What was asked; call after ``is_valid()``. Sliders not sent stay where they were."""
        asked = self.cleaned_data
        weights: dict[str, dict[str, float]] = {group: {} for group in policy.GROUPS}
        for _label, names in self.groups:
            for name in names:
                group, code = name.split("-", 1)
                step = asked.get(name)
                step = self.fields[name].initial if step is None else step
                weights[group][code] = factor_of(step)
        leaves, withdraws = asked.get("leaves"), asked.get("withdraws")
        return Changes(
            weights=policy.without_ones(weights),
            offer=_offer(asked),
            leaves=leaves.pk if leaves else None,
            withdraws=withdraws.pk if withdraws else None,
        )


def factor_of(step: int) -> float:
    """A slider's step as the factor: -4 … 4 is a quarter to four times."""
    return round(2.0 ** (step / 2), 2)


def step_of(factor: float) -> int:
    """The slider's step nearest to a factor."""
    return min(range(-STEPS, STEPS + 1), key=lambda step: abs(factor_of(step) - factor))


def _offer(asked: dict[str, Any]) -> NewOffer | None:
    if not asked.get("offer_kind"):
        return None
    return NewOffer(
        kind=asked["offer_kind"],
        quantity=asked["offer_quantity"],
        unit=asked["offer_unit"],
        tags=asked["offer_tags"],
        windows=asked["offer_windows"],
    )


def _in_use(run: CouplingRun) -> dict[str, dict[str, Any]]:
    """The kinds, organisation types and priorities that the open needs have."""
    needs = run.alliance.needs.filter(state="open").order_by()
    groups = ("kind", "organisation", "priority")
    ways = needs.values_list("components__kind", "organisation__kind", "priority").distinct()
    used = {
        group: set(codes) for group, codes in zip(groups, zip(*ways, strict=True), strict=False)
    }
    return {
        group: {code: label for code, label in labels.items() if code in used.get(group, ())}
        for group, labels in policy.labels(run.alliance).items()
    }
