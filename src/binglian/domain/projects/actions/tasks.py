"""Changing a project's network by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Organisation, today
from binglian.domain.coupling.actions import save_need
from binglian.domain.coupling.actions.lists import ComponentFacts
from binglian.domain.coupling.models import Need
from binglian.domain.ledger.actions import record
from binglian.domain.projects.cycles import cycle_in
from binglian.domain.projects.models import (
    Lag,
    Link,
    PlannedTask,
    Precedence,
    Project,
    Task,
    TaskMode,
)
from binglian.domain.refusals import refuse_unless

from .projects import open_project


@dataclass(frozen=True, slots=True)
class ModeFacts:
    """One way of doing a task."""

    days: int
    kind: str = TaskMode.Kind.ORDINARY.value
    demand: int = 1


@transaction.atomic
def save_task(
    *,
    project: Project,
    by: User,
    task: Task | None = None,
    modes: Sequence[ModeFacts] | None = None,
    **facts: Any,
) -> Task:
    """Enter a task, or change one; an empty ``number`` gets the next free one.

    Raises
    ------
    ActionRefused
        Number taken, no way of doing it, days out of order, or it is already done.
    """
    require_permission(by, Permission.EDIT_PROJECT, within=project.seat)
    project = open_project(project)
    refuse_unless(task is None or task.project_id == project.pk, _("该任务属于另一项目。"))
    refuse_unless(task is None or not task.is_done, _("任务已办结，不能再改。"))
    refuse_unless(modes or task, _("请至少填写一种实施方式。"))
    kinds = [mode.kind for mode in modes or ()]
    refuse_unless(len(kinds) == len(set(kinds)), _("同一种实施方式填了两次。"))
    title = facts.get("title_zh", task.title_zh if task else "")
    refuse_unless(title.strip(), _("请填写任务名称。"))
    facts["number"] = _number(project, facts.get("number", task.number if task else ""), task)
    change: dict[str, Any] = {}
    if task is None:
        task = Task.objects.create(project=project, **facts)
        change["entered"] = True
    for name, value in facts.items():
        before = getattr(task, name)
        if before != value:
            change[name] = [str(before), str(value)]
            setattr(task, name, value)
    task.save()
    change |= _set_modes(task, modes) if modes else {}
    if change:
        _note(by, "task.entered" if change.get("entered") else "task.changed", task, change)
    return task


@transaction.atomic
def remove_task(*, task: Task, by: User, ties_neighbours: bool = True) -> None:
    """Take a task out of the network; what it stood between stays in order.

    Plan versions that hold it keep it, and so do the figures of days on which it was there. One
    that was reported on stays.
    """
    require_permission(by, Permission.EDIT_PROJECT, within=task.project.seat)
    open_project(task.project)
    refuse_unless(not task.reports.exists(), _("任务已有进展，不能删去。"))
    refuse_unless(task.dropped_on is None, _("任务已删去。"))
    tied = _tie_neighbours(task) if ties_neighbours else []
    untied = Precedence.objects.filter(Q(before=task) | Q(after=task))
    change = {"number": task.number, "tied": tied, "untied": ends_of(untied.order_by("pk"))}
    _note(by, "task.removed", task, change)
    untied.delete()
    task.dropped_on = today()
    if not PlannedTask.objects.filter(task=task).exists():
        task.number = f"-{task.pk}"  # nobody knows it by its number: that is free again
    task.save(update_fields=["dropped_on", "number"])


@transaction.atomic
def save_precedence(
    *,
    before: Task,
    after: Task,
    by: User,
    link: str = Link.FINISH_START,
    least: int = 0,
    most: int | None = None,
    lag: str = Lag.WORKING,
) -> Precedence:
    """Say that one task waits for another, or change by how much.

    Raises
    ------
    ActionRefused
        Another project's task, lags that contradict each other, or tasks that would wait for
        each other in a circle: the message names them.
    """
    project = before.project
    require_permission(by, Permission.EDIT_PROJECT, within=project.seat)
    open_project(project)
    refuse_unless(after.project_id == project.pk, _("前后两项任务须属于同一项目。"))
    refuse_unless(before.pk != after.pk, _("任务不能以自己为前置。"))
    refuse_unless(most is None or most >= least, _("至多间隔不能小于至少间隔。"))
    backwards = lag == Lag.WORKING and least < 0
    refuse_unless(not backwards, _("负的间隔请按日历日填写。"))
    facts = {"least": least, "most": most, "lag": lag}
    precedence, is_new = Precedence.objects.update_or_create(
        before=before, after=after, link=link, defaults=facts
    )
    refuse_circles(project)
    change: dict[str, Any] = {"before": before.number, "link": str(link), **facts}
    change |= {"tied": ends_of([precedence])} if is_new else {}
    _note(by, "task.precedence_set", after, change)
    return precedence


@transaction.atomic
def remove_precedence(*, precedence: Precedence, by: User) -> None:
    """The later task waits for the earlier one no more."""
    project = precedence.after.project
    require_permission(by, Permission.EDIT_PROJECT, within=project.seat)
    open_project(project)
    change: dict[str, Any] = {
        "before": precedence.before.number,
        "link": precedence.link,
        "untied": ends_of([precedence]),
    }
    _note(by, "task.precedence_removed", precedence.after, change)
    precedence.delete()


@transaction.atomic
def ask_for_capability(
    *,
    task: Task,
    by: User,
    kind: str,
    quantity: Decimal,
    unit: str = "",
    organisation: Organisation | None = None,
    **facts: Any,
) -> Need:
    """Put what a task lacks on the alliance's list of needs, as the owner's or another's need."""
    project = open_project(task.project)
    task = Task.objects.select_for_update().get(pk=task.pk)
    refuse_unless(
        task.need is None or task.need.state != Need.State.OPEN, _("这项任务的需求已在清单上。")
    )
    facts = {"title": f"{project.title_zh}：{task.title_zh}"[:120], "place": project.place} | facts
    need = save_need(
        alliance=project.alliance,
        organisation=organisation or project.owner,
        by=by,
        components=[ComponentFacts(kind=kind, quantity=quantity, unit=unit)],
        **facts,
    )
    task.need = need
    task.save(update_fields=["need"])
    _note(by, "task.need_raised", task, {"need": need.number})
    return need


def refuse_circles(project: Project) -> None:
    """Refuse what now stands if tasks wait for each other in a circle."""
    # Other links may well run both ways: started together, finished one after the other.
    ties = Precedence.objects.filter(before__project=project, link=Link.FINISH_START)
    circle = cycle_in(ties.values_list("before_id", "after_id"))
    names = {task.pk: f"{task.number} {task.title}" for task in project.tasks.standing()}
    refuse_unless(
        not circle,
        _("任务互为前置，绕成一圈：%(tasks)s。")
        % {"tasks": " → ".join(names[pk] for pk in circle)},
    )


def ends_of(precedences: Iterable[Precedence]) -> list[list[Any]]:
    """``[before, after, link]`` of each: the ledger keeps what was tied or untied by an act."""
    return [[one.before_id, one.after_id, str(one.link)] for one in precedences]


def modes_of(task: Task) -> list[dict[str, Any]]:
    """The ways of doing a task as the ledger keeps them."""
    return [asdict(ModeFacts(row.days, row.kind, row.demand)) for row in task.modes.order_by("pk")]


def note_modes(task: Task, before: list[dict[str, Any]], by: User) -> None:
    """Record that the ways of doing a task are no longer what they were."""
    task = Task.objects.select_related("project__alliance", "project__owner").get(pk=task.pk)
    if (after := modes_of(task)) != before:
        _note(by, "task.changed", task, {"modes": [before, after]})


def _tie_neighbours(task: Task) -> list[list[Any]]:
    tied = []
    for ahead in task.precedences_before.filter(link=Link.FINISH_START):
        for behind in task.precedences_after.filter(link=Link.FINISH_START):
            precedence, is_new = Precedence.objects.get_or_create(
                before=ahead.before, after=behind.after, link=Link.FINISH_START
            )
            tied += ends_of([precedence]) if is_new else []
    return tied


def _set_modes(task: Task, modes: Sequence[ModeFacts]) -> dict[str, Any]:
    before, after = modes_of(task), [asdict(facts) for facts in modes]
    if before == after:
        return {}
    task.modes.all().delete()
    for facts in modes:
        refuse_unless(facts.days >= 0, _("时长不能为负。"))
        TaskMode.objects.create(task=task, **asdict(facts))
    return {"modes": [before, after]}


def _number(project: Project, typed: str, task: Task | None) -> str:
    number = typed.strip()
    taken = project.tasks.exclude(pk=task.pk) if task else project.tasks.all()
    numbers = set(taken.values_list("number", flat=True))
    if not number:
        return str(max((int(n) for n in numbers if n.isdigit()), default=0) + 1)
    free = number not in numbers
    refuse_unless(free, _("编号“%(number)s”已被使用。") % {"number": number})
    return number


def _note(by: User, act: str, task: Task, change: dict[str, Any]) -> None:
    project = task.project
    record(by, act, task, within=project.alliance, organisation=project.owner, change=change)
