"""What an organisation says about how much it can do at once, and when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .forms import day_field

MOST = 99


def _cases(**options: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=gettext_lazy("同时办理件数"), min_value=1, max_value=MOST, **options
    )


class CapacityForm(forms.Form):
    """Cases at once, or no limit: one of the two is to be said."""

    cases = _cases(required=False)
    is_unlimited = forms.BooleanField(label=gettext_lazy("不限件数"), required=False)
    note = forms.CharField(label=gettext_lazy("说明"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        cases, is_unlimited = said.get("cases"), said.get("is_unlimited")
        if "cases" in said and cases is None and not is_unlimited:
            self.add_error("cases", _("请填同时能办几件；确实不限，请勾选“不限件数”。"))
        elif cases is not None and is_unlimited:
            self.add_error("is_unlimited", _("填了件数就不要勾选“不限件数”，两者只留一样。"))
        return said

    @property
    def facts(self) -> dict[str, Any]:
        return {"cases": self.cleaned_data["cases"], "note": self.cleaned_data["note"]}


class PeriodForm(forms.Form):
    """A stretch of time in which it is another number."""

    from_on = day_field(gettext_lazy("自"))
    until_on = day_field(gettext_lazy("至"), required=False, help_text=gettext_lazy("不填即长期"))
    cases = _cases()
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=120, required=False)


class ClosureForm(forms.Form):
    """Days that differ from the official calendar."""

    from_on = day_field(gettext_lazy("自"))
    until_on = day_field(gettext_lazy("至"), help_text=gettext_lazy("含当日"))
    is_open = forms.TypedChoiceField(
        label=gettext_lazy("这几天"),
        choices=[("0", gettext_lazy("不办理")), ("1", gettext_lazy("加班办理"))],
        coerce=lambda typed: typed == "1",
    )
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=120)
