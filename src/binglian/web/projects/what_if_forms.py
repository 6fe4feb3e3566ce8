"""What is asked of a project's plan: other durations, ways, capacities, items left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from binglian.domain.alliance.models import Organisation
from binglian.domain.projects.engine_adapter import Changes
from binglian.domain.projects.models import Capacity, Project, Task


@dataclass(frozen=True, slots=True)
class Line:
    """One task with its fields."""

    task: Task
    days: forms.BoundField
    mode: forms.BoundField | None
    out: forms.BoundField


class WhatIfForm(forms.Form):
    """A field left as it is asks for nothing."""

    is_from_start = forms.BooleanField(
        label=gettext_lazy("从头算起，不管已办到哪一步"), required=False
    )

    def __init__(self, typed: Any, project: Project) -> None:
        super().__init__(typed or None)
        tasks = project.tasks.standing().select_related("organisation", "item")
        self.tasks = {task.pk: task for task in tasks.prefetch_related("modes")}
        for task in self.tasks.values():
            self._add_task(task)
        offices = {task.organisation_id for task in self.tasks.values()}
        self.capacities = {
            one.organisation_id: one
            for one in Capacity.objects.filter(organisation__in=offices).select_related(
                "organisation"
            )
        }
        for pk, one in self.capacities.items():
            self.fields[f"cases-{pk}"] = forms.IntegerField(
                label=str(one.organisation),
                required=False,
                min_value=1,
                max_value=99,
                widget=forms.NumberInput({"placeholder": one.cases}),
            )

    def _add_task(self, task: Task) -> None:
        modes = list(task.modes.all())
        self.fields[f"days-{task.pk}"] = forms.IntegerField(
            label=_("“%(task)s”的时长") % {"task": task},
            required=False,
            min_value=0,
            max_value=9999,
            widget=forms.NumberInput({"placeholder": modes[0].days if modes else 0}),
        )
        self.fields[f"out-{task.pk}"] = forms.BooleanField(
            label=_("删去“%(task)s”") % {"task": task}, required=False
        )
        if len(modes) > 1:
            choices = [(one.kind, f"{one.get_kind_display()} {one.days}") for one in modes]
            self.fields[f"mode-{task.pk}"] = forms.ChoiceField(
                label=_("“%(task)s”的方式") % {"task": task},
                required=False,
                choices=[("", "—"), *choices],
            )

    def lines(self) -> Iterator[Line]:
        """The tasks that can still be changed; all of them when asked from the start."""
        names = self.fields
        for pk, task in self.tasks.items():
            mode = self[f"mode-{pk}"] if f"mode-{pk}" in names else None
            yield Line(task, self[f"days-{pk}"], mode, self[f"out-{pk}"])

    def offices(self) -> list[tuple[Organisation, int, forms.BoundField]]:
        """Each organisation with its capacity and the field to change it."""
        return [
            (one.organisation, one.cases, self[f"cases-{pk}"])
            for pk, one in self.capacities.items()
        ]

    def changes(self) -> Changes:
        """What was asked for."""
        said = self.cleaned_data
        numbers = {pk: said.get(f"days-{pk}") for pk in self.tasks}
        modes = {pk: said.get(f"mode-{pk}") for pk in self.tasks}
        cases = {pk: said.get(f"cases-{pk}") for pk in self.capacities}
        return Changes(
            days={pk: days for pk, days in numbers.items() if days is not None},
            modes={pk: kind for pk, kind in modes.items() if kind},
            removed=tuple(pk for pk in self.tasks if said.get(f"out-{pk}")),
            capacities={pk: count for pk, count in cases.items() if count},
            is_from_start=said["is_from_start"],
        )


def changes_in_words(changes: Changes, project: Project) -> list[str]:
    """One line for each thing that is to be different."""
    tasks = {task.pk: task for task in project.tasks.prefetch_related("modes")}
    offices = Organisation.objects.in_bulk(list(changes.capacities))
    lines = [
        _("“%(task)s”改为 %(days)s 个工作日") % {"task": tasks[pk], "days": days}
        for pk, days in changes.days.items()
        if pk in tasks
    ]
    for pk, kind in changes.modes.items():
        mode = next((one for one in tasks[pk].modes.all() if one.kind == kind), None)
        lines.append(_("“%(task)s”改为%(mode)s") % {"task": tasks[pk], "mode": mode or kind})
    lines += [_("删去“%(task)s”") % {"task": tasks[pk]} for pk in changes.removed if pk in tasks]
    lines += [
        _("%(who)s同时办理 %(cases)s 件") % {"who": offices[pk], "cases": cases}
        for pk, cases in changes.capacities.items()
        if pk in offices
    ]
    return lines
