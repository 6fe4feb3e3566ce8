"""Answers to «what if»: kept to be compared, or adopted."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import today
from binglian.domain.projects import engine_adapter as engine
from binglian.domain.projects.models import Plan, Project, TaskMode, WhatIf
from binglian.domain.refusals import found_or_refused, refuse_unless

from .projects import open_project, record_for_owner
from .tasks import modes_of, note_modes, remove_task
from .versions import keep_plan

#: The page waits for the answer.
SECONDS = 3.0


@transaction.atomic
def keep_what_if(
    *,
    project: Project,
    changes: engine.Changes,
    answer: engine.Comparison,
    by: User,
    title: str = "",
) -> WhatIf:
    """Keep what was asked about a project and what came of it; the project stays as it is."""
    require_permission(by, Permission.EDIT_PROJECT, within=project.seat)
    refuse_unless(changes, _("还没有改动。"))
    number = project.what_ifs.count() + 1
    kept = WhatIf.objects.create(
        project=project,
        title=title.strip()[:80] or str(_("假如方案 %(number)s") % {"number": number}),
        changes=changes.as_json(),
        answer=answer.as_json(),
        kept_by=by,
    )
    record_for_owner(by, "what_if.kept", project, kept.changes)
    return kept


@transaction.atomic
def adopt_what_if(*, project: Project, changes: engine.Changes, by: User, why: str = "") -> Plan:
    """Change the tasks as was asked, and keep the plan that follows as a new version.

    Other organisations' capacities are theirs to change, so they cannot be adopted here.
    """
    require_permission(by, Permission.EDIT_PROJECT, within=project.seat)
    project = open_project(project)
    refuse_unless(
        not changes.capacities, _("容量由各单位自己修改，不能随方案采用；请先与该单位商定。")
    )
    refuse_unless(changes.days or changes.modes or changes.removed, _("还没有改动。"))
    tasks = {task.pk: task for task in project.tasks.standing().prefetch_related("modes")}
    for pk in (*changes.days, *changes.modes, *changes.removed):
        task = found_or_refused(tasks.get(pk), _("改动涉及的任务已不在项目里。"))
        begun = task.is_begun or task.is_done
        refuse_unless(not begun, _("“%(task)s”已经开始，不能这样改。") % {"task": task})
    for pk in changes.removed:
        remove_task(task=tasks[pk], by=by)
    before = {pk: modes_of(tasks[pk]) for pk in (*changes.modes, *changes.days)}
    for pk, kind in changes.modes.items():
        TaskMode.objects.filter(task=pk).exclude(kind=kind).delete()
    for pk, days in changes.days.items():
        TaskMode.objects.filter(task=pk).update(days=days)
    for pk, modes in before.items():
        note_modes(tasks[pk], modes, by)
    record_for_owner(by, "what_if.adopted", project, changes.as_json())
    plan = engine.plan_changed(project, engine.Changes(), today=today(), seconds=SECONDS)
    found = found_or_refused(plan, _("这样改动后没有可行的计划。"))
    return keep_plan(found, origin=Plan.Origin.WHAT_IF, by=by, why=why)
