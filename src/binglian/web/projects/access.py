"""How project pages find what they show."""

from django.db.models import Subquery
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from binglian.domain.accounts.permissions import Permission, has_permission, require_permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.projects.models import Plan, Project, Task
from binglian.domain.projects.queries import plans_visible_to, projects_visible_to, tasks_visible_to
from binglian.web.access import alliance_or_404


def project_or_404(
    request: HttpRequest, slug: str, pk: int, *, to_edit: bool = False, **facts: Subquery
) -> tuple[Alliance, Project]:
    """The project of a page's address; ``to_edit`` only for those who keep it.

    ``facts`` are read with it.
    """
    alliance = alliance_or_404(request, slug)
    projects = projects_visible_to(request.user).annotate(**facts)
    project = get_object_or_404(projects, alliance=alliance, pk=pk)
    if to_edit:
        require_permission(request.user, Permission.EDIT_PROJECT, within=project.seat)
    return alliance, project


def plan_or_404(request: HttpRequest, project: Project, pk: int) -> Plan:
    return get_object_or_404(plans_visible_to(request.user), project=project, pk=pk)


def task_or_404(
    request: HttpRequest, slug: str, project_pk: int, pk: int, *, to_edit: bool = False
) -> Task:
    """The task of a page's address, with its project; ``to_edit`` as for the project."""
    alliance = alliance_or_404(request, slug)
    tasks = tasks_visible_to(request.user).prefetch_related("modes")
    task = get_object_or_404(tasks, project=project_pk, project__alliance=alliance, pk=pk)
    if to_edit:
        require_permission(request.user, Permission.EDIT_PROJECT, within=task.project.seat)
    return task


def may_edit(request: HttpRequest, project: Project) -> bool:
    """Whether to show what only the project's keepers can do; the action asks again."""
    return has_permission(request.user, Permission.EDIT_PROJECT, within=project.seat)


def may_report(request: HttpRequest, task: Task) -> bool:
    """Whether the reader reports for the office or for the owner."""
    return any(
        has_permission(request.user, Permission.REPORT_PROGRESS, within=seat)
        for seat in (task.seat, task.project.seat)
    )


def require_reporter(request: HttpRequest, task: Task) -> None:
    """Refuse those who report neither for the office nor for the owner."""
    if not may_report(request, task):
        require_permission(request.user, Permission.REPORT_PROGRESS, within=task.seat)
