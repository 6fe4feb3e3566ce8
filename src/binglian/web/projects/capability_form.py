"""What a task lacks, said in the words of the list of needs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.projects.models import PlannedTask, Task
from binglian.web.coupling.lists.forms import QuantityField

from .forms import day_field


class CapabilityForm(forms.Form):
    """Kind, how much, until when; the rest follows from the project."""

    title = forms.CharField(label=_("缺什么"), max_length=120)
    kind = forms.ChoiceField(label=_("类别"))
    quantity = QuantityField(label=_("数量"))
    unit = forms.CharField(label=_("计量单位"), max_length=10, required=False)
    deadline = day_field(_("最晚哪天要"), required=False)

    def __init__(self, typed: Any, task: Task, row: PlannedTask | None = None) -> None:
        """``row`` is the task's in the current plan: what is lacking is wanted when it starts."""
        first = {"quantity": 1, "deadline": row.starts_on if row else None}
        super().__init__(typed, initial=first, prefix="need")
        self.fields["kind"].choices = [
            (word.code, str(word)) for word in task.project.alliance.kind_words()
        ]
