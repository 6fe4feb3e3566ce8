"""What anybody may see of a public project: its plan, its progress, who is awaited."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from binglian.domain.projects.queries import awaited_of, links_of, public_projects, rows_of
from binglian.web.paging import page_of
from binglian.web.standing import same_for_all

from .chart import chart_of
from .pictures import picture_of

TABLE_ROWS = 200


@require_safe
@login_not_required
@same_for_all
def project(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The plan worked by, read only, without papers, notes, or people."""
    found = get_object_or_404(public_projects(), alliance__slug=slug, pk=pk)
    plan = found.current
    rows = list(rows_of(plan)) if plan else []
    tasks = list(found.tasks.standing().select_related("organisation", "item"))
    links = links_of(found)
    awaited = awaited_of(found, tasks=tasks, rows=rows, links=links)
    context = page_of(request, rows, TABLE_ROWS) if plan else {"rows": []}
    context |= {
        "project": found,
        "portal": found.alliance,
        "section": "projects",
        "plan": plan,
        "awaited": awaited,
        "task_count": len(tasks),
        "done_count": sum(task.is_done for task in tasks),
        "picture": picture_of(plan, rows) if plan else None,
        "chart": chart_of(rows, awaited=awaited, is_public=True, links=links),
    }
    return render(request, "projects/public.html", context)


@require_safe
@login_not_required
def moved(_request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Where a public project was before all of them stood under ``projects/``."""
    return redirect("projects:public", slug, pk, permanent=True)
