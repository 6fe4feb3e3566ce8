"""What an alliance sets of how its matters are handled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.matters.models import Clock, MatterRules, Whistle


class MatterRulesForm(forms.ModelForm):
    """Terms and thresholds, and the times of each kind of whistle."""

    class Meta:
        model = MatterRules
        fields = ["objection_days", "sure_percent", "kept_days"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in Whistle.Kind:
            times = self.instance.whistle_times(kind)
            self.fields |= {
                f"{kind.value}_hours": _number(_("签发后几小时内报到"), times.hours),
                f"{kind.value}_period": _number(_("办结反馈的期限"), times.period),
                f"{kind.value}_clock": forms.ChoiceField(
                    label=_("期限按什么计"), choices=Clock.choices, initial=times.clock
                ),
            }

    def terms(self) -> list[forms.BoundField]:
        return [self[name] for name in self.Meta.fields]

    def whistles(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """Each kind of whistle with its three fields."""
        for kind in Whistle.Kind:
            yield str(kind.label), [self[f"{kind.value}_{name}"] for name in _TIMES]

    def facts(self) -> dict[str, Any]:
        """What the action takes; call after ``is_valid()``."""
        typed = self.cleaned_data
        whistles = {
            kind: {name: typed[f"{kind}_{name}"] for name in _TIMES} for kind in Whistle.Kind.values
        }
        return {name: typed[name] for name in self.Meta.fields} | {"whistles": whistles}


_TIMES = ("hours", "period", "clock")


def _number(label: Any, initial: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, initial=initial, min_value=1, max_value=240)
