"""Drawings of a site: put up, shown to members, taken down."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.checks.actions import enter_plan, retire_plan
from binglian.domain.checks.models import SitePlan
from binglian.domain.projects.queries import projects_visible_to
from binglian.domain.refusals import ActionRefused
from binglian.web.access import alliance_or_404
from binglian.web.checks.books.access import require_keeping
from binglian.web.matters.public_forms import PhotosField

from .site_views import site_or_404


class PlanForm(forms.Form):
    """A drawing and what it is called."""

    title = forms.CharField(
        label=gettext_lazy("图名"),
        max_length=60,
        help_text=gettext_lazy("如“负二层”；同名的旧图自动停用，以前标在上面的不变"),
    )
    picture = PhotosField(
        label=gettext_lazy("图片"),
        help_text=gettext_lazy("JPG 或 PNG；CAD 图纸请先导出成图片。不要有涉密内容"),
    )

    def clean_picture(self) -> Any:
        pictures = self.cleaned_data["picture"]
        if len(pictures) != 1:
            raise forms.ValidationError(_("请选一张图片。"))
        return pictures[0]


def plan_new(request: HttpRequest, slug: str, project_pk: int) -> HttpResponse:
    """Put up a drawing."""
    alliance, project = site_or_404(request, slug, project_pk)
    require_keeping(request, project)
    form = PlanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            plan = enter_plan(project=project, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已登记平面图“%(plan)s”。") % {"plan": plan})
            return redirect("site:site", slug, project_pk)
    context = {
        "alliance": alliance,
        "section": "books",
        "project": project,
        "form": form,
        "title": _("登记平面图"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "checks/site/site_form.html", context, status=status)


@require_safe
def plan_image(request: HttpRequest, slug: str, site_plan_pk: int) -> HttpResponse:
    """The drawing itself, for members."""
    found = _plan_or_404(request, slug, site_plan_pk)
    headers = {"Cache-Control": "private, no-store"}
    return HttpResponse(bytes(found.image), found.media_type, headers=headers)


@require_POST
def plan_retire(request: HttpRequest, slug: str, site_plan_pk: int) -> HttpResponse:
    """New findings are no longer shown on it."""
    found = _plan_or_404(request, slug, site_plan_pk)
    retire_plan(plan=found, by=request.user)
    messages.success(request, _("已停用。以前标在上面的问题不变。"))
    return redirect("site:site", slug, found.project_id)


def _plan_or_404(request: HttpRequest, slug: str, pk: int) -> SitePlan:
    alliance = alliance_or_404(request, slug)
    sites = projects_visible_to(request.user).filter(alliance=alliance)
    return get_object_or_404(SitePlan, pk=pk, project__in=sites)
