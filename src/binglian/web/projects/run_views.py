"""Planning runs: asked for, followed, stopped; and plans moved by hand."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.projects.actions import adjust_plan, ask_plan, cancel_planning
from binglian.domain.projects.jobs import enqueue_planning
from binglian.domain.projects.models import PlanningRun, Project, Task
from binglian.domain.projects.queries import planning_runs_visible_to
from binglian.domain.refusals import ActionRefused, found_or_refused
from binglian.web.access import alliance_or_404, may

from .access import may_edit, project_or_404
from .forms import RunForm

#: A run nobody took up for so long needs a worker.
PATIENCE = timedelta(seconds=10)


@require_POST
def ask(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Have a plan of one project worked out."""
    alliance, found = project_or_404(request, slug, pk, to_edit=True)
    return _ask(request, alliance, found)


@require_POST
def ask_all(request: HttpRequest, slug: str) -> HttpResponse:
    """Have all open projects planned together, so that they share the offices well."""
    alliance = alliance_or_404(request, slug, Permission.MANAGE_PROJECTS)
    return _ask(request, alliance, None)


def _ask(request: HttpRequest, alliance: Alliance, project: Project | None) -> HttpResponse:
    form = RunForm(request.POST)
    said = form.cleaned_data if form.is_valid() else {}
    run = ask_plan(
        alliance=alliance,
        project=project,
        by=request.user,
        aim=said.get("aim") or PlanningRun.Aim.SHORTEST,
        why=said.get("why", ""),
        seconds=said.get("seconds") or 10,
    )
    enqueue_planning(run.pk)
    return redirect("projects:run", alliance.slug, run.pk)


@require_safe
def run(request: HttpRequest, slug: str, run_pk: int) -> HttpResponse:
    """A run while it lasts; afterwards the plan it led to, or why there is none."""
    alliance, found = _found(request, slug, run_pk)
    if found.state == PlanningRun.State.READY:
        plans = list(found.plans.select_related("project"))
        if len(plans) == 1:
            return redirect("projects:plan_version", slug, plans[0].project_id, plans[0].pk)
        context = _frame(request, alliance, found) | {"plans": plans}
        return render(request, "projects/run_ready.html", context)
    return render(request, "projects/run.html", _frame(request, alliance, found))


@require_safe
def progress(request: HttpRequest, slug: str, run_pk: int) -> HttpResponse:
    """The moving part of the page; once the run has ended, the whole page is loaded anew."""
    alliance, found = _found(request, slug, run_pk)
    if not request.htmx:
        return redirect("projects:run", slug, run_pk)
    answer = render(request, "projects/run.html#glance", _frame(request, alliance, found))
    if not found.is_open:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
def cancel(request: HttpRequest, slug: str, run_pk: int) -> HttpResponse:
    """Stop it."""
    _alliance, found = _found(request, slug, run_pk)
    cancel_planning(run=found, by=request.user)
    messages.success(request, _("已要求停止，几秒内结束。"))
    return redirect("projects:run", slug, run_pk)


@require_POST
def move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What was dragged on the chart, all at once, as a new version; the rest follows."""
    _alliance, found = project_or_404(request, slug, pk, to_edit=True)
    newest = found.plans.order_by("-number").first()
    plan = found_or_refused(newest, _("还没有计划可以移动。"))
    starts, days = _moves(found, request.POST.get("changes", ""))
    made = adjust_plan(plan=plan, starts=starts, days=days, by=request.user)
    messages.success(request, _("已保存为新的一版；下面列出谁要动、动多少。"))
    return redirect("projects:plan_version", slug, pk, made.pk)


def _moves(project: Project, sent: str) -> tuple[dict[Task, date], dict[Task, int]]:
    """The island's edits: see ``Edit`` in `frontend/src/islands/gantt/contract.ts`."""
    plan = project.plans.order_by("-number").first()
    rows = {row.task_id: row for row in plan.rows.select_related("task")} if plan else {}
    starts: dict[Task, date] = {}
    days: dict[Task, int] = {}
    try:
        for edit in json.loads(sent):
            row = rows[int(edit["task"])]
            start, length = date.fromisoformat(edit["start"]), int(edit["duration"])
            if start != row.starts_on:
                starts[row.task] = start
            if length != row.days:
                days[row.task] = length
    except (ValueError, TypeError, KeyError) as error:
        raise ActionRefused(_("改动没有读懂，请刷新计划页再试。")) from error
    return starts, days


def _found(request: HttpRequest, slug: str, pk: int) -> tuple[Alliance, PlanningRun]:
    alliance = alliance_or_404(request, slug)
    runs = planning_runs_visible_to(request.user)
    return alliance, get_object_or_404(runs, alliance=alliance, pk=pk)


def _frame(request: HttpRequest, alliance: Alliance, found: PlanningRun) -> dict[str, Any]:
    return {
        "alliance": alliance,
        "section": "projects",
        "run": found,
        "may_run": _may_run(request, alliance, found),
        "is_left_lying": found.state == "queued" and now() - found.asked_at > PATIENCE,
    }


def _may_run(request: HttpRequest, alliance: Alliance, found: PlanningRun) -> bool:
    if found.project:
        return may_edit(request, found.project)
    return may(request, Permission.MANAGE_PROJECTS, alliance)
