"""The form in the field: filled in on a phone, kept when there is no network, sent once."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from binglian import web
from binglian.domain.accounts.permissions import Permission
from binglian.domain.checks.actions import issue_finding
from binglian.domain.checks.queries import plans_in_use
from binglian.domain.checks.recusal import require_impartial
from binglian.domain.projects.models import Project
from binglian.domain.projects.queries import projects_visible_to
from binglian.domain.refusals import ActionRefused
from binglian.web.access import alliance_or_404
from binglian.web.matters.report_islands import pin_map

from .forms import FindingForm

_WORKER = Path(web.__file__).parent / "static/binglian/dist/field-worker.js"


def new_finding(request: HttpRequest, slug: str, project_pk: int) -> HttpResponse:
    """File a finding. A script that sends what it kept asks for JSON and learns the number."""
    alliance = alliance_or_404(request, slug, Permission.INSPECT)
    sites = projects_visible_to(request.user).filter(alliance=alliance)
    project = get_object_or_404(sites.select_related("alliance", "owner"), pk=project_pk)
    require_impartial(request.user, project)
    form = FindingForm(
        request.POST or None,
        request.FILES or None,
        project=project,
        initial={"key": uuid4(), **chosen_before(request, project)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = issue_finding(
                project=project,
                facts=form.facts(),
                key=form.cleaned_data["key"],
                by=request.user,
            )
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            if wants_json(request):
                return JsonResponse({"number": made.number, "url": _address(slug, made.pk)})
            messages.success(request, _("已签发 %(number)s。") % {"number": made.number})
            return redirect("site:finding", slug, made.pk)
    if request.method == "POST" and wants_json(request):
        return problems_of(form)
    context = {
        "alliance": alliance,
        "section": "books",
        "project": project,
        "form": form,
        "pin_map": pin_map(alliance),
        "plans": plans_in_use(project),
        "plan_words": {
            "set": _("已在图上标出。再点一次可以改。"),
            "cleared": _("没有在图上标出。"),
        },
        "kept": kept_words(request, sent=_("已发送，编号 %s。")),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "checks/site/new_finding.html", context, status=status)


@require_safe
@login_not_required
def field_worker(_request: HttpRequest) -> HttpResponse:
    """The service worker, from the root so that it may keep pages of every alliance."""
    content = _WORKER.read_bytes()
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
    return HttpResponse(content, "text/javascript; charset=utf-8", headers=headers)


def _address(slug: str, pk: int) -> str:
    return f"/a/{slug}/findings/{pk}/"


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks that sends what it kept."""
    return request.headers.get("Accept", "").startswith("application/json")


def problems_of(form: Form) -> JsonResponse:
    """What has to be mended, for the script to show beside what it keeps."""
    problems = [str(error) for errors in form.errors.values() for error in errors]
    return JsonResponse({"problems": problems}, status=422)


def chosen_before(request: HttpRequest, project: Project) -> dict[str, Any]:
    """What the form was opened from: a point that was not met, or what a supervisor saw."""
    names = ("inspection", "item", "observation")
    asked = {name: request.GET.get(name, "") for name in names}
    chosen: dict[str, Any] = {name: key for name, key in asked.items() if key.isdecimal()}
    seen = project.observations.filter(pk=chosen.get("observation", 0)).first()
    return chosen | ({"what": seen.text[:500], "place": seen.place} if seen else {})


def kept_words(request: HttpRequest, *, sent: str) -> dict[str, Any]:
    """What the script knows and says; it puts a number or a reason for ``%s``."""
    words = {
        "waiting": _("%s 条等待发送。有网络时自动发送，不会丢，也不会重复。"),
        "kept": _("已存在手机里。"),
        "sent": sent,
        "refused": _("没有发出去：%s。请改好再存。"),
        "signIn": _("登录已过期。请重新登录，存着的会接着发送。"),
        "change": _("取出来修改"),
        "none": _("没有等待发送的。"),
    }
    return {"user": request.user.get_username(), "words": words}
