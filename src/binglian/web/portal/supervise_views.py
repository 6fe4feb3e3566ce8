"""Supervise this project: how it stands, whom it waits for, and everything said in public."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from binglian.domain.projects.models import Project, Task
from binglian.domain.projects.queries import awaited_of, public_projects

from .supervising import sections_of
from .work_views import with_progress

#: Rows of each list; the whole plan is a click away.
SHOWN = 3


@require_safe
@login_not_required
def supervise(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One page about one public project, for whoever wants to look after it."""
    shown = with_progress(public_projects())
    project = get_object_or_404(shown, alliance__slug=slug, pk=pk)
    done = project.tasks.standing().filter(state__in=Task.DONE).exclude(finished_on=None)
    awaited = awaited_of(project)
    context = {
        "project": project,
        "follow_key": f"project-{project.pk}",
        "portal": project.alliance,
        "section": "projects",
        "task_count": project.total,
        "done_count": project.done,
        "is_late": _is_late(project),
        "newest_done": done.select_related("organisation").order_by("-finished_on", "pk")[:SHOWN],
        "awaited": awaited[:SHOWN],
        "more_awaited": max(len(awaited) - SHOWN, 0),
        "sections": sections_of(project, request),
    }
    return render(request, "portal/supervise.html", context)


def _is_late(project: Project) -> bool:
    """Whether the plan in force ends after the day by which the project should be finished."""
    plan = project.current
    return bool(plan and project.due_on and plan.finish_on > project.due_on)
