"""What is typed about problems of a check-up."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from binglian.domain.checkups.models import CheckupProblem
from binglian.domain.checkups.queries import matching

_ALL = [("", _("全部"))]


class ProblemFilter(forms.Form):
    """Which problems to show; what cannot be read narrows nothing."""

    q = forms.CharField(label=_("问题、指标、地点或单位"), max_length=60, required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        choices=[*_ALL, ("open", _("未解决")), ("resolved", _("已解决"))],
        required=False,
    )
    dimension = forms.ChoiceField(
        label=_("维度"), choices=[*_ALL, *CheckupProblem.Dimension.choices], required=False
    )
    severity = forms.ChoiceField(
        label=_("严重程度"), choices=[*_ALL, *CheckupProblem.Severity.choices], required=False
    )
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2099, required=False)

    @property
    def is_used(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())

    def narrow(self, problems: QuerySet[CheckupProblem]) -> QuerySet[CheckupProblem]:
        self.is_valid()
        asked = self.cleaned_data
        problems = matching(problems, asked.get("q", ""))
        for name in ("dimension", "severity", "year"):
            if asked.get(name):
                problems = problems.filter(**{name: asked[name]})
        if asked.get("state") == "resolved":
            return problems.filter(CheckupProblem.RESOLVED)
        return problems.exclude(CheckupProblem.RESOLVED) if asked.get("state") else problems


class SettleForm(forms.Form):
    """Why a problem counts as resolved."""

    evidence = forms.CharField(
        label=_("凭什么认定已解决"),
        max_length=400,
        help_text=_("写明验收单、复查记录或文号，以及现场看到什么。认定后需求撤出清单。"),
        widget=forms.Textarea({"rows": 3}),
    )
