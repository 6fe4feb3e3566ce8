"""Plans as files and feeds, and networks from files."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.timezone import now
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from binglian.domain.alliance.queries import alliances_visible_to, own_organisations
from binglian.domain.projects.actions import carry_out_network, unknown_organisations
from binglian.domain.projects.exports import calendar_of, mspdi_of, reader_of, sheets_of
from binglian.domain.projects.imports import read_network
from binglian.domain.projects.models import PlannedTask, Project
from binglian.domain.projects.network_draft import NetworkDraft
from binglian.domain.projects.queries import projects_visible_to
from binglian.sheets.plans import plan_template
from binglian.sheets.reading.files import MOST_BYTES
from binglian.sheets.writing import write_workbook
from binglian.web.access import alliance_or_404
from binglian.web.downloads import as_file

from .access import plan_or_404, project_or_404

#: Rows of a dry run that are shown.
MOST_SHOWN = 200


class NetworkForm(forms.Form):
    """A file with tasks and what they wait for."""

    file = forms.FileField(
        label=gettext_lazy("表格、MS Project（.xml）或 P6（.xer）文件"),
        help_text=gettext_lazy("先核对，不会立即写入。"),
        widget=forms.FileInput({"accept": ".xlsx,.csv,.xml,.xer"}),
    )


@require_safe
def export_book(request: HttpRequest, slug: str, pk: int, plan_pk: int) -> HttpResponse:
    """A version as a workbook; its first sheet can be changed and brought in again."""
    _alliance, project = project_or_404(request, slug, pk)
    plan = plan_or_404(request, project, plan_pk)
    language = get_language() or "zh-hans"
    content = write_workbook(sheets_of(plan, language), language)
    return as_file(content, f"{project}-{plan}.xlsx")


@require_safe
def export_mspdi(request: HttpRequest, slug: str, pk: int, plan_pk: int) -> HttpResponse:
    """A version as MS Project XML."""
    _alliance, project = project_or_404(request, slug, pk)
    plan = plan_or_404(request, project, plan_pk)
    disposition = content_disposition_header(True, f"{project}-{plan}.xml")
    headers = {"Content-Disposition": disposition}
    return HttpResponse(mspdi_of(plan), "application/xml", headers=headers)


@require_safe
@login_not_required
def feed(_request: HttpRequest, token: str) -> HttpResponse:
    """A person's tasks as an iCalendar feed: calendars cannot sign in, the address is the key."""
    known = reader_of(token)
    if known is None or not alliances_visible_to(known[0]).filter(pk=known[1].pk).exists():
        raise Http404
    user, alliance = known
    projects = projects_visible_to(user).filter(alliance=alliance, state__in=Project.UNDER_WAY)
    rows = PlannedTask.objects.filter(plan__in=projects.order_by().values("current"))
    ours = own_organisations(user, alliance)
    if ours.exists():
        rows = rows.filter(task__organisation__in=ours)
    rows = rows.select_related("task__project__alliance", "task__project__owner")
    name = _("%(alliance)s：项目任务") % {"alliance": alliance}
    text = calendar_of(
        name, rows.select_related("task__organisation"), site=settings.SITE_URL, now=now()
    )
    return HttpResponse(text, "text/calendar; charset=utf-8")


@require_safe
def template_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The spreadsheet to fill in."""
    alliance_or_404(request, slug)
    content = plan_template("en" if request.LANGUAGE_CODE.startswith("en") else "zh-hans")
    return as_file(content, _("任务清单-模板") + ".xlsx")


def network_import(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A file is looked at first; what was seen is then carried out, all of it or nothing."""
    alliance, project = project_or_404(request, slug, pk, to_edit=True)
    form = NetworkForm(None)
    context: dict[str, Any] = {"alliance": alliance, "section": "projects", "project": project}
    status = 200
    if request.method == "POST" and "seen" in request.POST:
        draft = read_network(_kept(request), request.POST.get("filename", ""))
        tasks = carry_out_network(project=project, draft=draft, by=request.user)
        messages.success(request, _("已导入 %(count)s 项任务。") % {"count": len(tasks)})
        return redirect("projects:project", slug, pk)
    if request.method == "POST":
        form = NetworkForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            content = file.read(MOST_BYTES + 1)
            context |= _dry_run(project, read_network(content, file.name))
            context |= {"filename": file.name, "content": base64.b64encode(content).decode()}
        else:
            status = 422
    return render(request, "projects/import.html", context | {"form": form}, status=status)


def _dry_run(project: Project, draft: NetworkDraft) -> dict[str, Any]:
    return {
        "draft": draft,
        "tasks": draft.tasks[:MOST_SHOWN],
        "more": max(0, len(draft.tasks) - MOST_SHOWN),
        "errors": draft.errors[:MOST_SHOWN],
        "unknown": unknown_organisations(project, draft),
    }


def _kept(request: HttpRequest) -> bytes:
    """The file as it was looked at."""
    try:
        return base64.b64decode(request.POST.get("content", ""), validate=True)
    except (ValueError, binascii.Error):
        return b""
