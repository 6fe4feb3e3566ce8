"""Projects, tasks and plans a person may see."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from binglian.domain.accounts.models import User
from binglian.domain.alliance.queries import alliances_visible_to
from binglian.domain.projects.models import Plan, PlannedTask, PlanningRun, Project, Task

_OF_PROJECT = ("alliance", "owner", "area", "baseline", "current")


def projects_visible_to(user: User) -> QuerySet[Project]:
    """Projects of the alliances in which the person holds a seat."""
    projects = Project.objects.filter(alliance__in=alliances_visible_to(user))
    return projects.select_related(*_OF_PROJECT).prefetch_related("partners")


def public_projects() -> QuerySet[Project]:
    """Projects anybody may look at: public ones that have left the drawer."""
    shown = [Project.State.BASELINED, Project.State.RUNNING, Project.State.FINISHED]
    return Project.objects.filter(is_public=True, state__in=shown).select_related(*_OF_PROJECT)


def tasks_visible_to(user: User) -> QuerySet[Task]:
    tasks = Task.objects.filter(project__alliance__in=alliances_visible_to(user))
    return tasks.select_related(
        "project__alliance", "project__owner", "organisation", "item", "need"
    )


def plans_visible_to(user: User) -> QuerySet[Plan]:
    plans = Plan.objects.filter(project__alliance__in=alliances_visible_to(user))
    return plans.select_related("project__alliance", "project__owner", "made_by", "run")


def planning_runs_visible_to(user: User) -> QuerySet[PlanningRun]:
    runs = PlanningRun.objects.filter(alliance__in=alliances_visible_to(user))
    return runs.select_related("alliance", "project", "asked_by")


def tasks_of(project: Project) -> QuerySet[Task]:
    """A project's tasks with all a page shows of them."""
    tasks = project.tasks.standing().select_related("organisation", "item", "need")
    return tasks.prefetch_related("modes", "precedences_before__before")


def rows_of(plan: Plan) -> QuerySet[PlannedTask]:
    """A plan's rows in the order of time, with their tasks."""
    return _with_tasks(plan.rows.all())


def rows_by_plan(plans: Iterable[Plan]) -> dict[Plan, list[PlannedTask]]:
    """:func:`rows_of` each of several plans; one statement."""
    found: dict[Plan, list[PlannedTask]] = {plan: [] for plan in plans}
    by_key = {plan.pk: plan for plan in found}
    for row in _with_tasks(PlannedTask.objects.filter(plan__in=by_key)):
        found[by_key[row.plan_id]].append(row)
    return found


def _with_tasks(rows: QuerySet[PlannedTask]) -> QuerySet[PlannedTask]:
    rows = rows.select_related("task__organisation", "task__item")
    return rows.select_related("task__project__owner", "task__project__alliance")
