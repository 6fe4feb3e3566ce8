"""What people type about evaluations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import today
from binglian.web.alliance.forms.parts import day_input


class EvaluationForm(forms.Form):
    """Which period, and until when members may answer."""

    title = forms.CharField(label=_("名称"), max_length=80)
    from_on = forms.DateField(label=_("自"), widget=day_input())
    until_on = forms.DateField(label=_("至"), widget=day_input())
    answers_due_on = forms.DateField(label=_("各单位答复到"), widget=day_input())

    @staticmethod
    def last_year() -> dict[str, Any]:
        """The year before this one, with three weeks to answer."""
        year = today().year - 1
        return {
            "title": gettext("%(year)s 年度评议") % {"year": year},
            "from_on": date(year, 1, 1),
            "until_on": date(year, 12, 31),
            "answers_due_on": today() + timedelta(weeks=3),
        }

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("from_on") and facts.get("until_on") and facts["from_on"] > facts["until_on"]:
            self.add_error("until_on", _("起止日期颠倒了。"))
        return facts
