"""Entering, changing and closing projects."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.ledger.actions import record
from binglian.domain.projects.models import Project
from binglian.domain.projects.words import FEATURES, KINDS, codes
from binglian.domain.refusals import refuse_unless

#: What can be said of a project when it is entered and changed.
FACTS = (
    "number", "title_zh", "title_en", "kind", "features", "area", "place",
    "description", "description_en", "starts_on", "due_on", "deadline_on", "is_public",
)  # fmt: skip


@transaction.atomic
def create_project(
    *,
    alliance: Alliance,
    owner: Organisation,
    by: User,
    partners: Iterable[Organisation] = (),
    **facts: Any,
) -> Project:
    """Enter a project of one member; an empty ``number`` gets the next free one.

    Raises
    ------
    PermissionDenied
        ``by`` does not keep the projects of the owner.
    ActionRefused
        Not a member, number taken, unknown kind or feature, or days out of order.
    """
    require_permission(by, Permission.EDIT_PROJECT, within=alliance.seat_of(owner))
    _require_member(alliance, owner)
    _check(facts)
    # Numbers are given out one at a time.
    Alliance.objects.select_for_update(no_key=True).get(pk=alliance.pk)
    facts["number"] = _number(alliance, facts.get("number", ""), None)
    project = Project.objects.create(alliance=alliance, owner=owner, entered_by=by, **facts)
    project.partners.set(_members(alliance, partners))
    change = {"kind": project.kind, "features": project.features, "starts_on": project.starts_on}
    record(by, "project.entered", project, within=alliance, organisation=owner, change=change)
    return project


@transaction.atomic
def change_project(
    *, project: Project, by: User, partners: Iterable[Organisation] | None = None, **facts: Any
) -> Project:
    """Change facts of a project; its tasks and plans stay until they are changed themselves."""
    require_permission(by, Permission.EDIT_PROJECT, within=project.seat)
    project = open_project(project)
    facts = {name: facts.get(name, getattr(project, name)) for name in FACTS}
    _check(facts)
    facts["number"] = _number(project.alliance, facts["number"], project)
    change: dict[str, list[Any]] = {}
    for name, value in facts.items():
        was = getattr(project, name)
        if was != value:
            change[name] = [str(was), str(value)]
            setattr(project, name, value)
    if partners is not None:
        wanted, before = set(_members(project.alliance, partners)), set(project.partners.all())
        if wanted != before:
            project.partners.set(wanted)
            change["partners"] = [sorted(one.name for one in side) for side in (before, wanted)]
    if change:
        project.save()
        record_for_owner(by, "project.changed", project, change)
    return project


@transaction.atomic
def withdraw_project(*, project: Project, by: User, why: str) -> Project:
    """Give a project up; what it had reserved is free for others."""
    require_permission(by, Permission.EDIT_PROJECT, within=project.seat)
    project = open_project(project)
    refuse_unless(why.strip(), _("请写明理由。"))
    project.state = Project.State.WITHDRAWN
    project.save(update_fields=["state", "changed_at", "search_text"])
    record_for_owner(by, "project.withdrawn", project, {"why": why.strip()[:400]})
    return project


@transaction.atomic
def finish_project(*, project: Project, by: User, finished_on: date | None = None) -> Project:
    """Everything is done: the project is finished."""
    require_permission(by, Permission.EDIT_PROJECT, within=project.seat)
    project = open_project(project)
    left = [task for task in project.tasks.standing() if not task.is_done]
    refuse_unless(
        not left,
        _("还有 %(count)s 项任务没有办结，先是“%(first)s”。")
        % {"count": len(left), "first": left[0] if left else ""},
    )
    refuse_unless(project.tasks.standing().exists(), _("项目还没有任务。"))
    day = finished_on or today()
    refuse_unless(day <= today(), _("完成日期不能晚于今天。"))
    project.state, project.finished_on = Project.State.FINISHED, day
    project.save(update_fields=["state", "finished_on", "changed_at", "search_text"])
    record_for_owner(by, "project.finished", project, {"finished_on": day})
    return project


def open_project(project: Project) -> Project:
    """The project, locked; refused once it is finished or given up."""
    project = Project.objects.select_for_update().get(pk=project.pk)
    refuse_unless(project.is_open, _("项目已完成或已中止，不能再改。"))
    return project


def record_for_owner(by: User | None, act: str, project: Project, change: dict[str, Any]) -> None:
    """Record an act on a project for its owner."""
    record(by, act, project, within=project.alliance, organisation=project.owner, change=change)


def _check(facts: dict[str, Any]) -> None:
    refuse_unless(facts["title_zh"].strip(), _("请填写项目名称。"))
    refuse_unless(facts["kind"] in codes(KINDS), _("没有这一项目类型：%(kind)s。") % facts)
    for feature in facts.get("features", ()):
        known = feature in codes(FEATURES)
        refuse_unless(known, _("没有这一项目情形：%(code)s。") % {"code": feature})
    for name, label in (("due_on", _("目标日期")), ("deadline_on", _("最后期限"))):
        day = facts.get(name)
        is_after = day is None or day >= facts["starts_on"]
        refuse_unless(is_after, _("%(what)s不能早于开始日期。") % {"what": label})


def _require_member(alliance: Alliance, organisation: Organisation) -> None:
    current = alliance.memberships.filter(
        organisation=organisation, state__in=["applied", "admitted"]
    )
    refuse_unless(current.exists(), _("“%(name)s”不是本联盟成员。") % {"name": organisation.name})


def _members(alliance: Alliance, organisations: Iterable[Organisation]) -> list[Organisation]:
    found = list(organisations)
    for organisation in found:
        _require_member(alliance, organisation)
    return found


def _number(alliance: Alliance, typed: str, project: Project | None) -> str:
    number = typed.strip()
    if not number:
        taken = alliance.projects.filter(number__startswith="P-").values_list("number", flat=True)
        highest = max((int(n[2:]) for n in taken if n[2:].isdigit()), default=0)
        return f"P-{highest + 1:03d}"
    clash = alliance.projects.filter(number=number)
    clash = clash.exclude(pk=project.pk) if project else clash
    refuse_unless(not clash.exists(), _("编号“%(number)s”已被使用。") % {"number": number})
    return number
