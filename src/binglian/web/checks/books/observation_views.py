"""What residents' supervisors saw, at the desk: filed, answered, and what became of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.checks.actions import answer_observation, file_observation
from binglian.domain.checks.models import Observation
from binglian.domain.checks.queries import observations_visible_to
from binglian.domain.checks.recusal import own_part_in
from binglian.domain.projects.models import Project
from binglian.domain.refusals import ActionRefused
from binglian.web.access import alliance_or_404, may
from binglian.web.matters.public_forms import PhotosField

from .access import keeps, require_keeping
from .forms import SiteForm


class ObservationForm(SiteForm):
    """What a supervisor saw."""

    place = forms.CharField(label=gettext_lazy("在哪里"), max_length=120)
    text = forms.CharField(
        label=gettext_lazy("看到什么"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("写事，不写人；反映违纪违法请拨 12388"),
    )
    photo = PhotosField(
        label=gettext_lazy("照片"),
        required=False,
        help_text=gettext_lazy("一张就够，不拍人脸；只给联盟成员看，不公开"),
    )

    def clean_photo(self) -> Any:
        photos = self.cleaned_data["photo"]
        if len(photos) > 1:
            raise forms.ValidationError(_("只留一张照片。"))
        return photos[0] if photos else None


class AnswerForm(forms.Form):
    """The answer on record."""

    answer = forms.CharField(
        label=gettext_lazy("答复"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("怎样处理、什么时候完成；不写姓名和电话"),
    )
    is_public = forms.BooleanField(
        label=gettext_lazy("连同意见向公众公开"), required=False, initial=True
    )


def observation_new(request: HttpRequest, slug: str) -> HttpResponse:
    """A supervisor says what they saw."""
    alliance = alliance_or_404(request, slug, Permission.OBSERVE_SITES)
    sites = list(alliance.projects.exclude(state=Project.State.WITHDRAWN))
    form = ObservationForm(request.POST or None, request.FILES or None, sites=sites)
    if request.method == "POST" and form.is_valid():
        try:
            made = file_observation(by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已提交，答复时通知您。"))
            return redirect("books:observation", slug, made.pk)
    context = _frame(alliance) | {"form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "checks/observation_form.html", context, status=status)


def observation(request: HttpRequest, slug: str, observation_pk: int) -> HttpResponse:
    """What was seen, the answer, and the findings made of it; POST answers."""
    alliance, found = _observation_or_404(request, slug, observation_pk)
    if request.method == "POST":
        require_keeping(request, found.project)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_observation(observation=found, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已答复，监督员会收到通知。"))
            return redirect("books:observation", slug, observation_pk)
    is_open = found.state == Observation.State.FILED
    may_answer = is_open and keeps(request, found.project) and found.by_id != request.user.pk
    inspects = may(request, Permission.INSPECT, alliance) and found.project.is_open
    context = _frame(alliance) | {
        "observation": found,
        "findings": found.findings.select_related("project", "organisation").order_by("pk"),
        "form": form if may_answer else None,
        "may_find": inspects and not own_part_in(request.user, found.project),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "checks/observation.html", context, status=status)


@require_safe
def observation_photo(request: HttpRequest, slug: str, observation_pk: int) -> HttpResponse:
    """The picture that came with it, for members."""
    _alliance, found = _observation_or_404(request, slug, observation_pk)
    if not found.photo_type:
        raise Http404
    headers = {"Cache-Control": "private, no-store"}
    return HttpResponse(bytes(found.photo), found.photo_type, headers=headers)


def _observation_or_404(request: HttpRequest, slug: str, pk: int) -> tuple[Alliance, Observation]:
    alliance = alliance_or_404(request, slug)
    rows = observations_visible_to(request.user).filter(alliance=alliance)
    return alliance, get_object_or_404(rows, pk=pk)


def _frame(alliance: Alliance) -> dict[str, Any]:
    return {"alliance": alliance, "section": "books"}
