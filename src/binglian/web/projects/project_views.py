"""Projects: the list of an alliance, one project, a new one, its end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.names import search_terms
from binglian.domain.alliance.queries import organisations_kept_by
from binglian.domain.projects.actions import (
    apply_template,
    change_project,
    create_project,
    finish_project,
    generate_network,
    withdraw_project,
)
from binglian.domain.projects.models import PlanningRun, Project, Task, Template
from binglian.domain.projects.queries import (
    applicable_items,
    awaited_of,
    expiring_in,
    projects_visible_to,
    rows_of,
)
from binglian.web.access import alliance_or_404, may, may_for
from binglian.web.paging import page_of

from .access import may_edit, project_or_404
from .forms import KindForm, ProjectForm
from .pictures import picture_of
from .place_views import touched_context

#: Rows of each list on a project's page; the rest is on the plan page.
SHOWN = 8


@require_safe
def projects(request: HttpRequest, slug: str) -> HttpResponse:
    """The alliance's projects, newest first, with how each stands."""
    alliance = alliance_or_404(request, slug)
    done = Q(tasks__dropped_on=None, tasks__state__in=Task.DONE)
    rows = (
        projects_visible_to(request.user)
        .filter(alliance=alliance)
        .annotate(
            task_count=Count("tasks", filter=Q(tasks__dropped_on=None)),
            done_count=Count("tasks", filter=done),
        )
    )
    query = request.GET.get("q", "")[:60]
    for term in search_terms(query):
        rows = rows.filter(search_text__contains=term)
    state = request.GET.get("state", "")
    if state in Project.State.values:
        rows = rows.filter(state=state)
    context = page_of(request, rows) | {
        "alliance": alliance,
        "section": "projects",
        "q": query,
        "state": state,
        "states": Project.State.choices,
        "may_enter": owners_for(request, alliance).exists(),
        "may_manage": may(request, Permission.MANAGE_PROJECTS, alliance),
        "has_catalogue": alliance.approval_items.exists(),
    }
    return render(request, "projects/projects.html", context)


@require_safe
def project(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """How one project stands: whom it waits for, what comes next, what lapses."""
    runs = PlanningRun.objects.filter(
        alliance=OuterRef("alliance"),
        state__in=[PlanningRun.State.QUEUED, PlanningRun.State.RUNNING],
    )
    alliance, found = project_or_404(request, slug, pk, open_run=Subquery(runs.values("pk")[:1]))
    plan = found.current
    rows = list(rows_of(plan)) if plan else []
    standing = found.tasks.standing()
    tasks = list(standing.select_related("organisation", "item", "need"))
    awaited = awaited_of(found, tasks=tasks, rows=rows)
    done = sum(task.is_done for task in tasks)
    context = _frame(request, alliance, found) | {
        "plan": plan,
        "awaited": awaited[:SHOWN],
        "more_awaited": max(0, len(awaited) - SHOWN),
        "next": [row for row in rows if not row.task.is_done][:SHOWN],
        "deadlines": [task for task in tasks if task.deadline_on and not task.is_done],
        "expiring": expiring_in([found]),
        "task_count": len(tasks),
        "done_count": done,
        "picture": picture_of(plan, rows) if plan else None,
        "tasks_without_plan": [] if plan else tasks,
        "lacking": [task for task in tasks if task.need],
        **touched_context(request, found, tasks),
        "may_finish": may_edit(request, found) and done and done == len(tasks),
    }
    return render(request, "projects/project.html", context)


def project_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Type and features first: the approvals they bring stand beside, then the project is made."""
    alliance = alliance_or_404(request, slug)
    owners = owners_for(request, alliance)
    if not owners.exists():
        raise PermissionDenied(_("您在本联盟没有可以建立项目的单位。"))
    form = ProjectForm(request.POST or None, alliance, owners)
    chosen = _template(request, alliance)
    if chosen:
        form.initial.update(template=chosen.pk, kind=chosen.kind)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        template = facts.pop("template", None)
        made = create_project(alliance=alliance, owner=facts.pop("owner"), by=request.user, **facts)
        if template:
            tasks = apply_template(project=made, template=template, by=request.user)
            messages.success(
                request,
                _("项目已建立，从模板带入 %(count)s 项。下一步：排计划。") % {"count": len(tasks)},
            )
        elif applicable_items(alliance, made.kind, made.features):
            tasks = generate_network(project=made, by=request.user)
            messages.success(
                request,
                _("项目已建立，按目录生成 %(count)s 项。下一步：排计划。") % {"count": len(tasks)},
            )
        else:
            messages.success(request, _("项目已建立。下一步：登记任务，或从表格导入。"))
        return redirect("projects:project", slug, made.pk)
    context = {
        "alliance": alliance,
        "section": "projects",
        "form": form,
        "chosen": chosen,
        **_preview(request, alliance),
    }
    template = "projects/project_new.html" + ("#preview" if request.htmx else "")
    return render(request, template, context, status=422 if request.method == "POST" else 200)


def _template(request: HttpRequest, alliance: Alliance) -> Template | None:
    """The template the project is to begin with, if one was chosen."""
    typed = (request.POST if request.method == "POST" else request.GET).get("template", "")
    is_number = typed.isascii() and typed.isdigit() and len(typed) < 19
    return alliance.project_templates.filter(pk=int(typed)).first() if is_number else None


def _preview(request: HttpRequest, alliance: Alliance) -> dict[str, Any]:
    """The approvals that the type and features chosen so far bring in."""
    chosen = KindForm(request.POST if request.method == "POST" else request.GET or None)
    if not chosen.is_bound or not chosen.is_valid():
        return {"found": None}
    said = chosen.cleaned_data
    items = applicable_items(alliance, said["kind"], said["features"])
    return {
        "found": items,
        "serial_days": sum(item.pledged_days for item in items),
        "statutory_days": sum(item.statutory_days for item in items),
    }


def project_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Correct what is said of a project; its tasks stay as they are."""
    alliance, found = project_or_404(request, slug, pk, to_edit=True)
    form = ProjectForm(request.POST or None, alliance, Organisation.objects.none(), project=found)
    if request.method == "POST" and form.is_valid():
        change_project(project=found, by=request.user, **form.cleaned_data)
        messages.success(request, _("已保存。"))
        return redirect("projects:project", slug, pk)
    context = _frame(request, alliance, found) | {"form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "projects/project_edit.html", context, status=status)


@require_POST
def finish(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Everything is done."""
    _alliance, found = project_or_404(request, slug, pk, to_edit=True)
    finish_project(project=found, by=request.user)
    messages.success(request, _("项目已完成。"))
    return redirect("projects:project", slug, pk)


@require_POST
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give the project up."""
    _alliance, found = project_or_404(request, slug, pk, to_edit=True)
    withdraw_project(project=found, by=request.user, why=request.POST.get("why", ""))
    messages.success(request, _("项目已中止，占用的容量已放开。"))
    return redirect("projects:project", slug, pk)


def owners_for(request: HttpRequest, alliance: Alliance) -> QuerySet[Organisation]:
    """Members for which the reader may enter a project."""
    kept = organisations_kept_by(request.user, alliance)
    allowed = [one.pk for one in kept if may_for(request, Permission.EDIT_PROJECT, alliance, one)]
    return Organisation.objects.filter(pk__in=allowed)


def _frame(request: HttpRequest, alliance: Alliance, found: Project) -> dict[str, Any]:
    return {
        "alliance": alliance,
        "section": "projects",
        "project": found,
        "may_edit": may_edit(request, found) and found.is_open,
    }
