"""Moving tasks of a plan by hand: a new version, judged like any other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import today
from binglian.domain.projects import engine_adapter as engine
from binglian.domain.projects.models import Plan, Task, TaskMode
from binglian.domain.refusals import refuse_unless

from .projects import open_project, record_for_owner
from .tasks import modes_of, note_modes
from .versions import keep_plan

#: The page waits for the answer.
SECONDS = 2.0


@transaction.atomic
def adjust_plan(
    *,
    plan: Plan,
    by: User,
    starts: Mapping[Task, date] | None = None,
    days: Mapping[Task, int] | None = None,
    why: str = "",
) -> Plan:
    """A new version in which some tasks start on other days or take other times.

    What comes after follows as far as it must; see ``queries.difference``. The days are kept
    with the tasks, so that later runs keep to them.

    Raises
    ------
    ActionRefused
        Nothing is moved, a task has begun, is not in the plan, or no plan is left.
    """
    require_permission(by, Permission.EDIT_PROJECT, within=plan.project.seat)
    project = open_project(plan.project)
    starts, days = starts or {}, days or {}
    refuse_unless(starts or days, _("没有要移动的任务。"))
    planned = set(plan.rows.values_list("task", flat=True))
    for task in {**starts, **days}:
        refuse_unless(task.pk in planned, _("“%(task)s”不在这一版计划里。") % {"task": task})
        refuse_unless(
            not (task.is_begun or task.is_done),
            _("“%(task)s”已经开始，不能移动；如有变化，请报告进展。") % {"task": task},
        )
    for task, day in starts.items():
        refuse_unless(day >= project.starts_on, _("不能早于项目开始日期。"))
        task.pinned_on = day
        task.save(update_fields=["pinned_on"])
    for task, length in days.items():
        refuse_unless(length >= 0, _("时长不能为负。"))
        before = modes_of(task)
        modes = TaskMode.objects.filter(task=task)
        modes.filter(kind=plan.rows.get(task=task).mode).update(days=length)
        note_modes(task, before, by)
    outcome = engine.adjust(
        plan,
        starts={task.pk: day for task, day in starts.items()},
        days={task.pk: length for task, length in days.items()},
        today=today(),
        seconds=SECONDS,
    )
    refuse_unless(outcome.plans, _("这样移动后没有可行的计划。"))
    return keep_plan(outcome.plans[0], origin=Plan.Origin.BY_HAND, by=by, why=why)


@transaction.atomic
def unpin(*, task: Task, by: User) -> Task:
    """The task may start again whenever it fits."""
    project = task.project
    require_permission(by, Permission.EDIT_PROJECT, within=project.seat)
    open_project(project)
    refuse_unless(task.pinned_on is not None, _("这项任务没有人工排定。"))
    task.pinned_on = None
    task.save(update_fields=["pinned_on"])
    record_for_owner(by, "task.unpinned", project, {"task": task.number})
    return task
