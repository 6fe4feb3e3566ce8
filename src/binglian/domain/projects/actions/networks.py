"""A project's network made from the catalogue, and adapted to what the project is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.projects.models import (
    ApprovalItem,
    ItemLink,
    Link,
    Precedence,
    Project,
    Task,
    TaskMode,
)
from binglian.domain.projects.queries.catalogue import applicable_items
from binglian.domain.projects.queries.protected import consents_of
from binglian.domain.refusals import refuse_unless

from .places import refuse_if_forbidden
from .projects import open_project, record_for_owner
from .tasks import ends_of


@dataclass(frozen=True, slots=True)
class Tie:
    """One item waits for another; between items of the project only."""

    before: ApprovalItem
    after: ApprovalItem
    link: str
    least: int = 0
    most: int | None = None
    lag: str = "working"


@transaction.atomic
def generate_network(*, project: Project, by: User) -> list[Task]:
    """Add a task for each approval item that applies and is not there yet, and their order.

    Items apply by the project's kind and features, and by the grade of the places it touches.
    Run again after the project's features changed, it adds what is missing and removes nothing;
    what was taken out by hand stays out. Returns the new tasks.
    """
    require_permission(by, Permission.EDIT_PROJECT, within=project.seat)
    project = open_project(project)
    consents = consents_of(project)
    for demand in consents.forbidden:
        refuse_if_forbidden(demand)
    refuse_unless(
        not consents.missing,
        _("保护审批表要求的事项不在目录里：%(codes)s。请先在目录里补上或启用。")
        % {"codes": "、".join(consents.missing)},
    )
    items = applicable_items(project.alliance, project.kind, project.features)
    items = sorted({*items, *consents.items}, key=lambda item: (item.position, item.pk))
    dropped = set(project.tasks.exclude(dropped_on=None).values_list("item", flat=True))
    items = [item for item in items if item.pk not in dropped]
    refuse_unless(items, _("目录里没有适用于这类项目的审批事项，请先维护目录。"))
    tasks = {task.item_id: task for task in project.tasks.filter(item__in=items)}
    new = [item for item in items if item.pk not in tasks]
    numbers = set(project.tasks.values_list("number", flat=True))
    for item in new:
        tasks[item.pk] = _task_from(project, item, numbers)
    fresh = {item.pk for item in new}
    tied: list[list[Any]] = []
    for tie in ties_among(project.alliance, items):
        if tie.before.pk in fresh or tie.after.pk in fresh:
            precedence, is_new = Precedence.objects.get_or_create(
                before=tasks[tie.before.pk],
                after=tasks[tie.after.pk],
                link=tie.link,
                defaults={"least": tie.least, "most": tie.most, "lag": tie.lag},
            )
            tied += ends_of([precedence]) if is_new else []
    if new:
        entered = [tasks[item.pk].pk for item in new]
        change = {"items": [item.code for item in new], "tasks": entered, "tied": tied}
        record_for_owner(by, "project.network_generated", project, change)
    return [tasks[item.pk] for item in new]


def ties_among(alliance: Alliance, items: Sequence[ApprovalItem]) -> list[Tie]:
    """The order of the items; where one in between does not apply, its neighbours are tied."""
    chosen = {item.pk: item for item in items}
    links = ItemLink.objects.filter(after__alliance=alliance).select_related("before", "after")
    before: dict[int, list[ItemLink]] = defaultdict(list)
    for link in links:
        before[link.after_id].append(link)
    found: dict[tuple[int, int, str], Tie] = {}
    for item in items:
        for link in before[item.pk]:
            if link.before_id in chosen:
                tie = Tie(link.before, item, link.link, link.least, link.most, link.lag)
                found[link.before_id, item.pk, link.link] = tie
        skipped = [link.before_id for link in before[item.pk] if link.before_id not in chosen]
        for pk in _nearest(skipped, before, chosen):
            tie = Tie(chosen[pk], item, Link.FINISH_START.value)
            found.setdefault((pk, item.pk, tie.link), tie)
    return list(found.values())


def _nearest(
    skipped: Iterable[int], before: dict[int, list[ItemLink]], chosen: dict[int, ApprovalItem]
) -> set[int]:
    """What the skipped items would have waited for, through however many of them."""
    found: set[int] = set()
    seen, waiting = set(skipped), list(skipped)
    while waiting:
        for link in before[waiting.pop()]:
            if link.before_id in chosen:
                found.add(link.before_id)
            elif link.before_id not in seen:
                seen.add(link.before_id)
                waiting.append(link.before_id)
    return found


def doer_of(item: ApprovalItem, project: Project) -> Organisation | None:
    """Who does the item in this project."""
    return project.owner if item.office == "owner" else item.organisation


def _task_from(project: Project, item: ApprovalItem, numbers: set[str]) -> Task:
    number = item.code if item.code not in numbers else f"{item.code}*"
    numbers.add(number)
    task = Task.objects.create(
        project=project,
        number=number,
        title_zh=item.title_zh,
        title_en=item.title_en,
        item=item,
        organisation=doer_of(item, project),
        stage=item.stage,
        is_counted=item.is_counted,
    )
    kinds = TaskMode.Kind
    offered = (
        (kinds.ORDINARY, item.pledged_days),
        (kinds.COMMITMENT, item.commitment_days),
        (kinds.CONDITIONAL, item.conditional_days),
    )
    for kind, days in offered:
        if days is not None:
            TaskMode.objects.create(task=task, kind=kind, days=days)
    return task
