"""What if, about a project's plan: asked in the page, kept, adopted."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.alliance.models import today
from binglian.domain.projects.actions import adopt_what_if, keep_what_if
from binglian.domain.projects.engine_adapter import Changes, Comparison, ask_what_if
from binglian.domain.projects.models import Project
from binglian.domain.refusals import found_or_refused

from .access import may_edit, project_or_404
from .what_if_forms import WhatIfForm, changes_in_words

#: The page waits for the answer.
SECONDS = 2.0
#: Tasks listed as moved; the rest is told as a number.
MOST_MOVED = 40


def what_if(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask by GET, so that an answer has an address; POST keeps it."""
    alliance, project = project_or_404(request, slug, pk, to_edit=True)
    form = WhatIfForm(request.POST if request.method == "POST" else request.GET, project)
    context: dict[str, Any] = {
        "alliance": alliance,
        "section": "projects",
        "project": project,
        "form": form,
        "kept": project.what_ifs.select_related("kept_by"),
    }
    status = 200
    if form.is_bound and form.is_valid():
        changes = form.changes()
        if changes:
            answer = _answer(project, changes)
            if request.method == "POST":
                return _keep(request, project, changes, answer)
            context |= shown(project, changes, answer)
    elif form.is_bound or request.method == "POST":
        status = 422
    template = "projects/what_if.html" + ("#answer" if request.htmx else "")
    return render(request, template, context, status=status)


@require_safe
def kept(request: HttpRequest, slug: str, pk: int, kept_pk: int) -> HttpResponse:
    """An answer that was kept."""
    alliance, project = project_or_404(request, slug, pk)
    found = get_object_or_404(project.what_ifs.select_related("kept_by"), pk=kept_pk)
    changes = Changes.from_json(found.changes)
    context = {
        "alliance": alliance,
        "section": "projects",
        "project": project,
        "found": found,
        "may_edit": may_edit(request, project) and project.is_open,
    } | shown(project, changes, Comparison.from_json(found.answer))
    return render(request, "projects/what_if_kept.html", context)


@require_POST
def adopt(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change the project as a kept answer says; a new version of the plan comes of it."""
    _alliance, project = project_or_404(request, slug, pk, to_edit=True)
    typed = request.POST.get("kept", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
    found = get_object_or_404(project.what_ifs, pk=number)
    changes = Changes.from_json(found.changes)
    plan = adopt_what_if(project=project, changes=changes, by=request.user, why=found.title)
    messages.success(request, _("已按方案修改，形成新的一版；核对后再采用。"))
    return redirect("projects:plan_version", slug, pk, plan.pk)


def shown(project: Project, changes: Changes, answer: Comparison) -> dict[str, Any]:
    """Both plans side by side, and who moves."""
    tasks = {task.pk: task for task in project.tasks.select_related("organisation")}
    moved = [
        (tasks[pk], [date.fromisoformat(day) for day in days])
        for pk, days in answer.moved.items()
        if pk in tasks
    ]
    moved.sort(key=lambda pair: -abs((pair[1][3] - pair[1][1]).days))
    return {
        "changes": changes,
        "asked": changes_in_words(changes, project),
        "answer": answer,
        "now_on": date.fromisoformat(answer.now.finish_on),
        "then_on": date.fromisoformat(answer.then.finish_on),
        "moved": moved[:MOST_MOVED],
        "more_moved": max(0, len(moved) - MOST_MOVED),
    }


def _answer(project: Project, changes: Changes) -> Comparison:
    found = ask_what_if(project, changes, today=today(), seconds=SECONDS)
    return found_or_refused(found, _("这样改动后没有可行的计划。"))


def _keep(
    request: HttpRequest, project: Project, changes: Changes, answer: Comparison
) -> HttpResponse:
    title = request.POST.get("title", "")[:80]
    made = keep_what_if(
        project=project, changes=changes, answer=answer, by=request.user, title=title
    )
    return redirect("projects:what_if_kept", project.alliance.slug, project.pk, made.pk)
