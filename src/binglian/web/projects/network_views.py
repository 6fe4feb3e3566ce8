"""Changing a project's network by hand, or bringing it in from the catalogue."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from binglian.domain.projects.actions import (
    generate_network,
    remove_precedence,
    remove_task,
    save_precedence,
    save_task,
)
from binglian.domain.projects.models import Project

from .access import project_or_404, task_or_404
from .forms import PrecedenceForm, TaskForm


@require_POST
def generate(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Add the approvals of the catalogue that apply and are not there yet."""
    _alliance, project = project_or_404(request, slug, pk, to_edit=True)
    new = generate_network(project=project, by=request.user)
    messages.success(request, _("按目录补入 %(count)s 项。") % {"count": len(new)})
    return redirect("projects:project", slug, pk)


def task_new(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Enter a task by hand."""
    _alliance, project = project_or_404(request, slug, pk, to_edit=True)
    form = TaskForm(request.POST or None, project)
    if request.method == "POST" and form.is_valid():
        made = save_task(project=project, by=request.user, modes=form.modes, **form.facts)
        messages.success(request, _("任务已登记。请写上它的前置事项。"))
        return redirect("projects:task", slug, pk, made.pk)
    return _page(request, project, {"form": form})


def task_edit(request: HttpRequest, slug: str, pk: int, task_pk: int) -> HttpResponse:
    """Change a task; plans made before stay as they are."""
    task = task_or_404(request, slug, pk, task_pk, to_edit=True)
    project = task.project
    form = TaskForm(request.POST or None, project, task)
    if request.method == "POST" and form.is_valid():
        save_task(project=project, task=task, by=request.user, modes=form.modes, **form.facts)
        messages.success(request, _("已保存。计划在下次运算时更新。"))
        return redirect("projects:task", slug, pk, task_pk)
    return _page(request, project, {"form": form, "task": task})


@require_POST
def task_remove(request: HttpRequest, slug: str, pk: int, task_pk: int) -> HttpResponse:
    """Take a task out; what it stood between stays in order."""
    task = task_or_404(request, slug, pk, task_pk, to_edit=True)
    remove_task(task=task, by=request.user)
    messages.success(request, _("已删去“%(task)s”，前后事项仍按原顺序。") % {"task": task})
    return redirect("projects:project", slug, pk)


@require_POST
def precedence_save(request: HttpRequest, slug: str, pk: int, task_pk: int) -> HttpResponse:
    """Say what the task waits for."""
    task = task_or_404(request, slug, pk, task_pk, to_edit=True)
    form = PrecedenceForm(request.POST, task)
    if form.is_valid():
        save_precedence(after=task, by=request.user, **form.cleaned_data)
        messages.success(request, _("前置关系已保存。"))
    else:
        messages.error(request, _("请选择前置事项。"))
    return redirect("projects:task", slug, pk, task_pk)


@require_POST
def precedence_remove(request: HttpRequest, slug: str, pk: int, task_pk: int) -> HttpResponse:
    """The task waits for that one no more."""
    task = task_or_404(request, slug, pk, task_pk, to_edit=True)
    typed = request.POST.get("precedence", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
    tie = get_object_or_404(task.precedences_before, pk=number)
    remove_precedence(precedence=tie, by=request.user)
    messages.success(request, _("前置关系已删去。"))
    return redirect("projects:task", slug, pk, task_pk)


def _page(request: HttpRequest, project: Project, parts: dict[str, Any]) -> HttpResponse:
    context = {"alliance": project.alliance, "section": "projects", "project": project} | parts
    status = 422 if request.method == "POST" else 200
    return render(request, "projects/task_form.html", context, status=status)
