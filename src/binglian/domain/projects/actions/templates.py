"""Networks kept to begin further projects with."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Organisation
from binglian.domain.ledger.actions import record
from binglian.domain.projects.models import ApprovalItem, Precedence, Project, Task, Template
from binglian.domain.refusals import refuse_unless

from .projects import open_project, record_for_owner
from .tasks import ModeFacts, save_precedence, save_task

_OF_TASK = ("number", "title_zh", "title_en", "group", "stage", "is_counted", "note")
_OF_LINK = ("link", "least", "most", "lag")


@transaction.atomic
def keep_template(*, project: Project, by: User, title: str) -> Template:
    """Keep a project's network under a title; the same title is replaced."""
    require_permission(by, Permission.EDIT_PROJECT, within=project.seat)
    refuse_unless(title.strip(), _("请填写模板名称。"))
    tasks = list(project.tasks.standing().prefetch_related("modes"))
    refuse_unless(tasks, _("项目还没有任务。"))
    links = Precedence.objects.filter(before__in=tasks).select_related("before", "after")
    content = {
        "tasks": [_task(task, project) for task in tasks],
        "precedences": [
            {"before": one.before.number, "after": one.after.number}
            | {name: getattr(one, name) for name in _OF_LINK}
            for one in links
        ],
    }
    template, _is_new = Template.objects.update_or_create(
        alliance=project.alliance,
        title=title.strip()[:80],
        defaults={"kind": project.kind, "content": content, "kept_by": by},
    )
    change = {"tasks": len(tasks)}
    record(
        by,
        "template.kept",
        template,
        within=project.alliance,
        organisation=project.owner,
        change=change,
    )
    return template


@transaction.atomic
def apply_template(*, project: Project, template: Template, by: User) -> list[Task]:
    """Add a template's tasks and order to a project; what was its owner's is this owner's."""
    require_permission(by, Permission.EDIT_PROJECT, within=project.seat)
    project = open_project(project)
    refuse_unless(template.alliance_id == project.alliance_id, _("该模板属于另一联盟。"))
    items = {item.code: item for item in project.alliance.approval_items.all()}
    tasks = {
        facts["number"]: _enter(project, facts, items, by) for facts in template.content["tasks"]
    }
    for one in template.content["precedences"]:
        save_precedence(
            before=tasks[one["before"]],
            after=tasks[one["after"]],
            by=by,
            **{name: one[name] for name in _OF_LINK},
        )
    record_for_owner(by, "project.template_applied", project, {"template": template.title})
    return list(tasks.values())


def _task(task: Task, project: Project) -> dict[str, Any]:
    is_owners = task.organisation_id == project.owner_id
    return {name: getattr(task, name) for name in _OF_TASK} | {
        "item": task.item.code if task.item else "",
        "is_owners": is_owners,
        "organisation": None if is_owners else task.organisation_id,
        "modes": [[mode.days, mode.kind, mode.demand] for mode in task.modes.all()],
    }


def _enter(
    project: Project, facts: dict[str, Any], items: dict[str, ApprovalItem], by: User
) -> Task:
    organisation = Organisation.objects.filter(pk=facts["organisation"]).first()
    return save_task(
        project=project,
        by=by,
        item=items.get(facts["item"]),
        organisation=project.owner if facts["is_owners"] else organisation,
        modes=[ModeFacts(*mode) for mode in facts["modes"]],
        **{name: facts[name] for name in _OF_TASK},
    )
