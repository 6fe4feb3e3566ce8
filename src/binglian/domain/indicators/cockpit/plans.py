"""Each project's plan in one line: how far it is, and what its end hangs on now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet
from django.utils.timezone import localdate

from binglian.domain.alliance.models import Alliance
from binglian.domain.projects.models import PlannedTask, Project, Task


@dataclass(frozen=True, slots=True)
class PlanState:
    """One project under way.

    Attributes
    ----------
    critical
        Unfinished tasks on the critical path, the next one first.
    late_days
        Calendar days by which the plan ends after the project's target; 0 in time.
    """

    project: Project
    done: int
    total: int
    finish_on: date | None
    critical: tuple[PlannedTask, ...]
    late_days: int

    @property
    def next(self) -> PlannedTask | None:
        return self.critical[0] if self.critical else None

    @property
    def is_behind(self) -> bool:
        """Whether the next critical task should have been finished."""
        return self.next is not None and self.next.finishes_on < localdate()


def asked_of_plans(alliance: Alliance) -> tuple[QuerySet[Project], QuerySet[PlannedTask]]:
    """What :func:`plans_from` is made from."""
    projects = alliance.projects.filter(state__in=Project.UNDER_WAY)
    planned = PlannedTask.objects.filter(
        task__project__in=projects.order_by().values("pk"),
        plan=F("task__project__current"),
        task__dropped_on=None,
    )
    return (
        projects.select_related("owner", "current", "area"),
        planned.select_related("task__organisation", "task__project__owner").order_by(
            "finishes_on", "starts_on", "pk"
        ),
    )


def plans_from(projects: Iterable[Project], planned: Iterable[PlannedTask]) -> list[PlanState]:
    """Projects under way, the first to finish first."""
    rows: dict[int, list[PlannedTask]] = defaultdict(list)
    for row in planned:
        rows[row.plan_id].append(row)
    found = [_state(one, rows[one.current_id or 0]) for one in projects]
    return sorted(found, key=lambda one: (one.finish_on or date.max, one.project.pk))


def _state(project: Project, rows: list[PlannedTask]) -> PlanState:
    done = [row for row in rows if row.task.state in Task.DONE]
    left = [row for row in rows if row.task.state not in Task.DONE]
    finish_on = project.current.finish_on if project.current else None
    target = project.due_on or project.deadline_on
    is_late = finish_on is not None and target is not None and finish_on > target
    return PlanState(
        project=project,
        done=len(done),
        total=len(rows),
        finish_on=finish_on,
        critical=tuple(row for row in left if row.is_critical and not row.is_milestone),
        late_days=(finish_on - target).days if is_late and finish_on and target else 0,
    )
