"""What the secretariat types about runs."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance, today
from binglian.domain.coupling.actions.computations import LONGEST_SECONDS
from binglian.domain.coupling.models import Component, CouplingRun, Match, Need, Offer
from binglian.domain.coupling.queries import needs_by_urgency
from binglian.domain.coupling.rounds import period_of
from binglian.domain.refusals import ActionRefused

#: An urgent round answers in seconds.
URGENT_SECONDS = 3


class RunForm(forms.Form):
    """What is asked of one run; the kind of round is known before."""

    title = forms.CharField(
        label=_("标题"), max_length=80, required=False, help_text=_("不填则按轮次命名")
    )
    period = forms.CharField(label=_("所属期"), max_length=10, required=False)
    needs = forms.ModelMultipleChoiceField(
        label=_("哪些需求"),
        queryset=Need.objects.none(),
        required=False,
        help_text=_("不选即全部紧急需求；按住 Ctrl 可选几项"),
        widget=forms.SelectMultiple({"size": 8}),
    )
    seconds = forms.IntegerField(
        label=_("时限（秒）"),
        min_value=1,
        max_value=LONGEST_SECONDS,
        initial=10,
        help_text=_("到时给出当时最好的结果；清单越长越值得多等"),
    )
    seed = forms.IntegerField(
        label=_("种子"),
        min_value=0,
        max_value=2**31 - 1,
        initial=0,
        help_text=_("相同清单、相同种子，结果相同"),
    )

    def __init__(self, typed: Any, alliance: Alliance, round_: str, *, need: str = "") -> None:
        super().__init__(typed, initial={"needs": [need]} if need.isdecimal() else None)
        self.round = round_
        now_ = period_of(round_, "", today())
        self.fields["period"].help_text = _("例如 %(example)s；不填即当期") % {"example": now_}
        if round_ != CouplingRun.Round.URGENT:
            del self.fields["needs"]
            return
        self.fields["seconds"].initial = URGENT_SECONDS
        needs = needs_by_urgency(alliance)
        self.fields["needs"].queryset = needs
        self.fields["needs"].label_from_instance = _need_in_words

    def clean_period(self) -> str:
        try:
            return period_of(self.round, self.cleaned_data["period"], today())
        except ActionRefused as refused:
            raise forms.ValidationError(str(refused)) from refused


def _need_in_words(need: Need) -> str:
    return f"{need.get_priority_display()} · {need.title} · {need.organisation}"


@dataclass(frozen=True, slots=True)
class Part:
    """One component of a need at one time, with the offers that could serve it."""

    component: Component
    slot: str
    offers: list[Offer]

    def field_name(self, offer: Offer) -> str:
        """The name of the field that says how much the offer gives."""
        slot = f"-{self.slot}" if self.slot else ""
        return f"q-{offer.pk}-{self.component.pk}{slot}"


class AdjustForm(forms.Form):
    """How much each candidate gives to each part of one need, and why."""

    why = forms.CharField(label=_("调整理由"), max_length=200, help_text=_("记入台账，双方可见"))

    def __init__(
        self, typed: Any, parts: list[Part], matches: dict[tuple[int, int, str], Match]
    ) -> None:
        super().__init__(typed)
        self._ends: dict[str, tuple[Offer, Component, str]] = {}
        for part in parts:
            for offer in part.offers:
                match = matches.get((offer.pk, part.component.pk, part.slot))
                name = part.field_name(offer)
                self._ends[name] = offer, part.component, part.slot
                self.fields[name] = forms.DecimalField(
                    label=str(offer),
                    min_value=0,
                    max_digits=14,
                    decimal_places=2,
                    required=False,
                    initial=(match.quantity if match else Decimal(0)).normalize(),
                )

    def wanted(self) -> dict[tuple[Offer, Component, str], Decimal]:
        """The quantities that differ from what they were."""
        return {
            end: self.cleaned_data[name] or Decimal(0)
            for name, end in self._ends.items()
            if (self.cleaned_data[name] or 0) != self.fields[name].initial
        }
