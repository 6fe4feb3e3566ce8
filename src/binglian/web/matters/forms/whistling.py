"""What is typed about a whistle."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Organisation
from binglian.domain.matters.models import Whistle, WhistleCall

from .part import MatterForm, lines, radio, ticks


class WhistleForm(MatterForm):
    """What for, whom, and where to meet; the sub-district's leader decides."""

    kind = forms.ChoiceField(label=_("类型"), choices=Whistle.Kind.choices, widget=radio())
    reason = lines(_("需要协同解决的问题"), 400)
    meet_at = forms.CharField(label=_("集合地点"), max_length=120)
    calls = forms.ModelMultipleChoiceField(
        label=_("应哨单位"), queryset=Organisation.objects.none(), widget=ticks()
    )

    def prepare(self) -> None:
        members = self.members()
        street = self.about if isinstance(self.about, Organisation) else None
        self.fields["calls"].queryset = members.exclude(pk=street.pk) if street else members
        self.initial.setdefault("meet_at", self.matter.address)

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"matter": self.matter}


class JudgeForm(MatterForm):
    """How the other side did; anything but good needs its words."""

    verdict = forms.ChoiceField(
        label=_("评价"), choices=WhistleCall.Verdict.choices, widget=radio()
    )
    note = forms.CharField(
        label=_("说明"),
        max_length=200,
        required=False,
        help_text=_("没有完全到位时请写明哪里不到位，对方会看到。"),
    )

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        verdict = facts.get("verdict")
        if verdict and verdict != WhistleCall.Verdict.GOOD and not facts.get("note"):
            self.add_error("note", _("请写明哪里不到位，对方会看到。"))
        return facts
