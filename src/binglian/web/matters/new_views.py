"""A community worker reports for a resident, on the doorstep."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.matters.actions import report_matter
from binglian.domain.matters.models import Matter
from binglian.web.access import alliance_or_404

from .desk_views import frame
from .public_forms import ReportForm
from .reader import Reader
from .report_parts import hints_for, joinable, parts_of, similar_to

CONSENT = gettext_lazy("已当面告知：联系方式只用于办理和回访本诉求，到期自动删除；诉求人同意。")


class WorkerForm(ReportForm):
    """The same report, told by a resident and written by a community worker."""

    source = Matter.Source.WORKER
    unagreed = gettext_lazy("留联系方式须先当面告知并征得同意；否则请不要填写。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.to is None:
            self.fields["text"].label = _("居民反映什么事")
        self.fields["category"].empty_label = _("由系统建议")
        self.fields["is_place_unknown"].label = _("居民说不清在哪儿")
        self.fields["name"].label = _("怎么称呼居民")
        for name in ("name", "phone", "email"):  # the browser knows the worker's own
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def consent(self) -> str:
        return str(CONSENT)


@sensitive_post_parameters("name", "phone", "email")
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, and the report; afterwards the worker sees it and can follow it."""
    alliance, reader = _worker(request, slug)
    to = joinable(request, alliance)
    if request.method != "POST":
        return _form(request, reader, WorkerForm(alliance=alliance, to=to))
    form = WorkerForm(request.POST, request.FILES, alliance=alliance, to=to)
    if not form.is_valid():
        return _form(request, reader, form, status=422)
    similar = similar_to(form)
    if similar:
        return _form(request, reader, form, status=422, similar=similar)
    done = report_matter(alliance=alliance, facts=form.facts(), by=request.user, to=to)
    said = _("已提出，编号 %(number)s。请把编号告诉居民。") % {"number": done.matter.number}
    messages.success(request, said)
    return redirect("matters:matter", slug, done.matter.pk)


@require_POST
def new_hints(request: HttpRequest, slug: str) -> HttpResponse:
    """What the page says while the worker writes."""
    alliance, _reader = _worker(request, slug)
    context = hints_for(WorkerForm(request.POST, alliance=alliance))
    return render(request, "matters/report_hints.html", context)


def _form(
    request: HttpRequest, reader: Reader, form: WorkerForm, status: int = 200, **more: Any
) -> HttpResponse:
    context = frame(reader, "new") | parts_of(request, form)
    context |= {"hints_url": reverse("matters:new_hints", args=[form.alliance.slug]), **more}
    return render(request, "matters/new.html", context, status=status)


def _worker(request: HttpRequest, slug: str) -> tuple[Alliance, Reader]:
    alliance = alliance_or_404(request, slug)
    reader = Reader.of(request, alliance)
    if not reader.may_for_some(Permission.FILE_FOR_RESIDENT):
        what = Permission.FILE_FOR_RESIDENT.value
        raise PermissionDenied(_("您没有这项权限：%(what)s。") % {"what": what})
    return alliance, reader
