"""One task: what it needs, what it waits for, what happened, and reporting what happens."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission, has_permission, require_permission
from binglian.domain.coupling.models import Need
from binglian.domain.projects.actions import (
    ask_for_capability,
    report,
    settle_expiry,
    take_back_report,
    unpin,
)
from binglian.domain.projects.models import Precedence, Task
from binglian.domain.projects.queries import awaited_of
from binglian.domain.projects.states import awaits_applicant

from .access import may_edit, may_report, require_reporter, task_or_404
from .capability_form import CapabilityForm
from .chart import awaited_in_words
from .forms import PrecedenceForm, ReportForm


@require_safe
def task(request: HttpRequest, slug: str, pk: int, task_pk: int) -> HttpResponse:
    """All that is known of a task, and the one-click report for whoever does it."""
    found = task_or_404(request, slug, pk, task_pk)
    return _page(request, found, ReportForm(None, found))


@require_POST
def report_event(request: HttpRequest, slug: str, pk: int, task_pk: int) -> HttpResponse:
    """What happened, with its day; back to where it was reported from."""
    found = task_or_404(request, slug, pk, task_pk)
    require_reporter(request, found)
    form = ReportForm(request.POST, found)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    said = form.cleaned_data
    made = report(task=found, by=request.user, **said)
    messages.success(
        request,
        _("已记下“%(task)s”：%(event)s。") % {"task": found, "event": made.get_event_display()},
    )
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back) if is_ours else redirect("projects:task", slug, pk, task_pk)


@require_POST
def take_back(request: HttpRequest, slug: str, pk: int, task_pk: int) -> HttpResponse:
    """The last report was a slip."""
    found = task_or_404(request, slug, pk, task_pk)
    require_reporter(request, found)
    last = get_object_or_404(found.reports, pk=_number(request.POST.get("report")))
    take_back_report(made=last, by=request.user, why=request.POST.get("why", ""))
    messages.success(request, _("已更正，任务回到报告之前的状态。"))
    return redirect("projects:task", slug, pk, task_pk)


@require_POST
def settle(request: HttpRequest, slug: str, pk: int, task_pk: int) -> HttpResponse:
    """The permit was used or renewed."""
    found = task_or_404(request, slug, pk, task_pk, to_edit=True)
    expiry = get_object_or_404(found.expiries, settled_on=None)
    settle_expiry(expiry=expiry, by=request.user)
    messages.success(request, _("已了结，不再提醒。"))
    return redirect("projects:task", slug, pk, task_pk)


@require_POST
def undo_move(request: HttpRequest, slug: str, pk: int, task_pk: int) -> HttpResponse:
    """The day set by hand no longer binds; the next plan chooses it."""
    unpin(task=task_or_404(request, slug, pk, task_pk, to_edit=True), by=request.user)
    messages.success(request, _("已取消人工排定，下次排计划时由系统选日期。"))
    return redirect("projects:task", slug, pk, task_pk)


@require_POST
def lacking(request: HttpRequest, slug: str, pk: int, task_pk: int) -> HttpResponse:
    """What the task lacks goes on the alliance's list of needs."""
    found = task_or_404(request, slug, pk, task_pk)
    require_permission(request.user, Permission.EDIT_LISTS, within=found.project.seat)
    form = CapabilityForm(request.POST, found)
    if not form.is_valid():
        return _page(request, found, ReportForm(None, found), status=422, lacks=form)
    need = ask_for_capability(task=found, by=request.user, **form.cleaned_data)
    messages.success(request, _("已列入需求清单：%(need)s。") % {"need": need})
    return redirect("projects:task", slug, pk, task_pk)


def _page(
    request: HttpRequest,
    found: Task,
    form: ReportForm,
    status: int = 200,
    lacks: CapabilityForm | None = None,
) -> HttpResponse:
    project = found.project
    is_listed = found.need is not None and found.need.state == Need.State.OPEN
    may_list = has_permission(request.user, Permission.EDIT_LISTS, within=project.seat)
    is_going_on = project.is_open and not found.dropped_on
    row = found.planned.filter(plan=project.current_id).first()
    if may_list and is_going_on and not is_listed and not found.is_done:
        lacks = lacks or CapabilityForm(None, found, row)
    mine = [one for one in awaited_of(project) if one.task.pk == found.pk]
    reports = list(found.reports.select_related("organisation", "reported_by").order_by("-pk"))
    last = next((one for one in reports if not one.taken_back_at), None)
    ties = Precedence.objects.filter(Q(before=found) | Q(after=found)).select_related(
        "before__organisation", "after__organisation", "after__project__owner"
    )
    context: dict[str, Any] = {
        "alliance": project.alliance,
        "section": "projects",
        "project": project,
        "task": found,
        "row": row,
        "awaited": mine[0] if mine else None,
        "awaited_words": awaited_in_words(mine[0]) if mine else "",
        "is_for_applicant": awaits_applicant(found),
        "before": [tie for tie in ties if tie.after_id == found.pk],
        "after": [tie for tie in ties if tie.before_id == found.pk],
        "reports": reports,
        "last": last,
        "expiries": found.expiries.filter(settled_on=None),
        "form": form if form.fields["event"].choices else None,
        "lacks": lacks,
        "precedence_form": PrecedenceForm(None, found),
        "may_report": may_report(request, found) and is_going_on,
        "may_edit": may_edit(request, project) and is_going_on,
    }
    return render(request, "projects/task.html", context, status=status)


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
