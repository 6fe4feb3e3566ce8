"""Which courtyards and historic buildings a project touches, and what that asks of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from binglian.domain.heritage.models import Place
from binglian.domain.heritage.queries import places_visible_to
from binglian.domain.heritage.words import CHANGES
from binglian.domain.projects.actions import leave_place, touch_place
from binglian.domain.projects.models import Project, Task
from binglian.domain.projects.queries import consents_of, touched_places

from .access import may_edit, project_or_404


class TouchForm(forms.Form):
    """A place of the alliance, and how the project changes it."""

    place = forms.ModelChoiceField(label=gettext_lazy("里院"), queryset=Place.objects.none())
    changes = forms.MultipleChoiceField(
        label=gettext_lazy("怎样改动"),
        choices=[(word.code, word) for word in CHANGES],
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
    )

    def __init__(self, typed: Any, request: HttpRequest, project: Project) -> None:
        super().__init__(typed)
        places = places_visible_to(request.user).filter(alliance=project.alliance)
        self.fields["place"].queryset = places
        self.fields["place"].choices = [("", "---------"), *((one.pk, str(one)) for one in places)]

    @property
    def has_places(self) -> bool:
        """Whether there is any to choose."""
        return len(self.fields["place"].choices) > 1


def touched_context(
    request: HttpRequest, project: Project, tasks: Sequence[Task]
) -> dict[str, Any]:
    """What the project's page shows of the places it touches; ``tasks`` stand in its network."""
    touched = list(touched_places(project))
    may_add = may_edit(request, project) and project.is_open
    form = TouchForm(None, request, project) if may_add else None
    return {
        "touched": touched,
        "consents": consents_of(project, touched=touched, tasks=tasks) if touched else None,
        "touch_form": form if form and form.has_places else None,
    }


@require_POST
def touch(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The project changes this place; what must be approved shows at once."""
    _alliance, project = project_or_404(request, slug, pk, to_edit=True)
    form = TouchForm(request.POST, request, project)
    if form.is_valid():
        touch_place(project=project, by=request.user, **form.cleaned_data)
        messages.success(request, _("已加入。要报批的事项列在下面，请补进计划。"))
    else:
        messages.error(request, _("请选一处里院，并勾选怎样改动。"))
    return redirect("projects:project", slug, pk)


@require_POST
def leave(request: HttpRequest, slug: str, pk: int, touched_pk: int) -> HttpResponse:
    """The project does not touch it after all."""
    _alliance, project = project_or_404(request, slug, pk, to_edit=True)
    leave_place(touched=get_object_or_404(project.touched, pk=touched_pk), by=request.user)
    messages.success(request, _("已去掉。"))
    return redirect("projects:project", slug, pk)
