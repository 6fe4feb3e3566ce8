"""What the leads answer and set."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, today
from binglian.domain.governance.actions import RESERVED_FOR
from binglian.domain.governance.models import Lead, Superior
from binglian.domain.governance.queries import possible_delegates
from binglian.domain.governance.reserved import reserved_acts
from binglian.web.alliance.forms.parts import day_input
from binglian.web.templatetags.desk import quantity


class AnswerForm(forms.Form):
    """Yes, or no with a reason, for one of the two leads."""

    lead = forms.ChoiceField(choices=Lead.choices, widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        choices=[("yes", _("同意")), ("no", _("不同意"))],
        error_messages={"required": _("请选择同意或不同意。")},
    )
    note = forms.CharField(
        label=_("意见"),
        max_length=400,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("不同意时必须写明理由，秘书处会看到。"),
    )

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("answer") == "no" and not facts.get("note", "").strip():
            self.add_error("note", _("请写明不同意的理由。"))
        return facts


class RulesForm(forms.Form):
    """The table of reserved acts: one choice for each act that is not fixed, and the terms."""

    decision_days = forms.IntegerField(
        label=_("答复期限（工作日）"),
        min_value=1,
        max_value=60,
        help_text=_("到期不答复，通知秘书处和上级，此后每满一个期限再通知；不答复不等于同意。"),
    )
    large_from = forms.DecimalField(
        label=_("大额承诺起点（元）"),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        required=False,
        help_text=_("达到这一金额的承诺，认领前须提请牵头单位；空着即不设。"),
    )
    why = forms.CharField(label=_("调整理由"), max_length=200, required=False)

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.alliance = alliance
        acts = [act for act in reserved_acts() if not act.is_fixed]
        self.names = {f"act-{act.code}": act.code for act in acts}
        terms = dict(self.fields)
        self.fields = {
            f"act-{act.code}": forms.ChoiceField(
                label=act.label, choices=list(RESERVED_FOR.items()), required=False
            )
            for act in acts
        } | terms
        self.initial = {
            **{name: alliance.reserved_for(act) for name, act in self.names.items()},
            "decision_days": alliance.decision_days,
            "large_from": quantity(alliance.large_from),
        }

    def clean(self) -> dict[str, Any]:
        # «Nobody» has the empty value, which is also what a missing field looks like.
        facts = super().clean() or {}
        for name in self.names:
            if name not in self.data:
                self.add_error(name, _("请选择由谁同意。"))
        return facts

    def wanted(self) -> dict[str, Any]:
        """What ``ask_rule_change`` takes; call after ``is_valid()``."""
        facts = self.cleaned_data
        return {
            "reserved": {act: facts[name] for name, act in self.names.items()},
            "decision_days": facts["decision_days"],
            "large_from": facts["large_from"] or None,
            "why": facts["why"],
        }


class DelegationForm(forms.Form):
    """Who decides for a lead, from when to when."""

    delegate = forms.ModelChoiceField(User.objects.none(), label=_("受托人"))
    from_on = forms.DateField(label=_("自"), widget=day_input())
    until_on = forms.DateField(label=_("至（含当日）"), widget=day_input())
    why = forms.CharField(label=_("事由"), max_length=200, required=False)

    def __init__(
        self, *args: Any, alliance: Alliance, lead: Lead, giver: User, **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", {"from_on": today(), "until_on": today() + timedelta(days=6)})
        super().__init__(*args, **kwargs)
        people = possible_delegates(giver, lead, alliance)
        self.fields["delegate"].queryset = User.objects.filter(pk__in=[one.pk for one in people])
        self.fields["delegate"].choices = [("", "---------"), *((p.pk, str(p)) for p in people)]
        self.has_people = bool(people)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        first, last = facts.get("from_on"), facts.get("until_on")
        if first and first < today():
            self.add_error("from_on", _("不能早于今天。"))
        if first and last and last < first:
            self.add_error("until_on", _("不能早于开始的日期。"))
        return facts


class SuperiorForm(forms.ModelForm):
    """An office that hears of a lead's silence."""

    class Meta:
        model = Superior
        fields = ["office", "email"]
