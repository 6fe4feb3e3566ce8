"""Carrying out what a dry run of a file showed: all of it or nothing."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Organisation
from binglian.domain.alliance.queries import admitted_organisations
from binglian.domain.projects.models import Project, Task
from binglian.domain.projects.network_draft import DraftTask, NetworkDraft
from binglian.domain.refusals import refuse_unless
from binglian.sheets.cells import normalise

from .projects import open_project, record_for_owner
from .tasks import ModeFacts, save_precedence, save_task


@transaction.atomic
def carry_out_network(*, project: Project, draft: NetworkDraft, by: User) -> list[Task]:
    """Add the tasks and precedences of a file to a project; returns the new tasks.

    Organisations are found by their names among members and offices of the catalogue; a task
    whose organisation is not known has none, and is the owner's until somebody is named.

    Raises
    ------
    ActionRefused
        The file has errors, a number is taken, or tasks wait for each other in a circle.
    """
    require_permission(by, Permission.EDIT_PROJECT, within=project.seat)
    project = open_project(project)
    refuse_unless(not draft.errors, _("文件还有错误，请先改正。"))
    refuse_unless(draft.tasks, _("文件里没有任务。"))
    known = _organisations(project)
    tasks = {
        one.number: _enter(project, one, known.get(normalise(one.organisation)), by)
        for one in draft.tasks
    }
    for link in draft.links:
        save_precedence(
            before=tasks[link.before],
            after=tasks[link.after],
            by=by,
            link=link.link,
            least=link.least,
            most=link.most,
            lag=link.lag,
        )
    change = {"tasks": len(tasks), "precedences": len(draft.links)}
    record_for_owner(by, "project.imported", project, change)
    return list(tasks.values())


def unknown_organisations(project: Project, draft: NetworkDraft) -> list[str]:
    """Names in the file of which no organisation is known here, for the dry run."""
    known = _organisations(project)
    named = {normalise(one.organisation) for one in draft.tasks} - {""}
    return sorted(named - set(known))


def _enter(project: Project, draft: DraftTask, organisation: Organisation | None, by: User) -> Task:
    return save_task(
        project=project,
        by=by,
        number=draft.number,
        title_zh=draft.title,
        organisation=organisation,
        is_counted=draft.is_counted,
        not_before_on=draft.not_before_on,
        due_on=draft.due_on,
        deadline_on=draft.deadline_on,
        modes=[ModeFacts(days=days, kind=kind) for kind, days in draft.modes.items()],
    )


def _organisations(project: Project) -> dict[str, Organisation]:
    """Members and offices by both their names, brackets and spaces of either width alike."""
    alliance = project.alliance
    offices = Organisation.objects.filter(
        pk__in=alliance.approval_items.exclude(organisation=None).values("organisation")
    )
    found = {}
    for one in (*offices, *admitted_organisations(alliance)):
        found[normalise(one.name)] = one
        if one.name_en:
            found[normalise(one.name_en)] = one
    return found
