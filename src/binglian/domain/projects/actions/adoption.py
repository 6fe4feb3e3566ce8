"""Adopting a plan: as the baseline, which leads may reserve, and as the one worked by."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.queries import liaison_officers
from binglian.domain.governance.actions import ask_decision
from binglian.domain.governance.models import Decision
from binglian.domain.governance.reserved import Change, ReservedAct, register
from binglian.domain.ledger.chain import digest_of
from binglian.domain.projects.models import Plan, Project
from binglian.domain.projects.queries import difference
from binglian.domain.refusals import refuse_unless

from .projects import open_project, record_for_owner

BASELINE = "projects.baseline"
_MOVES = gettext_noop(
    "“%(project)s”改按新计划推进，贵单位有 %(count)s 项改期，"
    "如“%(task)s”改为 %(first)s 至 %(last)s。"
)


@transaction.atomic
def make_current(*, plan: Plan, by: User) -> Project:
    """Work by this version from now on; the baseline stays to be compared with."""
    require_permission(by, Permission.EDIT_PROJECT, within=plan.project.seat)
    project = open_project(plan.project)
    refuse_unless(project.current_id != plan.pk, _("正在按这一版推进。"))
    _tell_who_moves(project, plan)
    project.current = plan
    project.save(update_fields=["current", "changed_at", "search_text"])
    record_for_owner(by, "project.plan_adopted", project, {"number": plan.number})
    return project


def ask_baseline(*, plan: Plan, by: User) -> Decision:
    """Ask for a version to become the baseline; at once where the leads did not reserve it."""
    project = plan.project
    refuse_unless(project.is_open, _("项目已完成或已中止，不能再改。"))
    refuse_unless(project.baseline_id != plan.pk, _("这一版已是基准计划。"))
    return ask_decision(
        alliance=project.alliance,
        act=BASELINE,
        object_ids=[plan.pk],
        by=by,
        permission=Permission.EDIT_PROJECT,
        within=project.seat,
    )


@transaction.atomic
def adopt_baseline(*, plan_id: int) -> Project:
    """The plan is what the project is measured against, and what is worked by."""
    plan = Plan.objects.get(pk=plan_id)
    project = open_project(plan.project)
    _tell_who_moves(project, plan)
    project.baseline = project.current = plan
    if project.state == Project.State.DRAFT:
        project.state = Project.State.BASELINED
    project.save(update_fields=["baseline", "current", "state", "changed_at", "search_text"])
    change = {"number": plan.number, "finish_on": plan.finish_on}
    record_for_owner(None, "project.baselined", project, change)
    return project


def _tell_who_moves(project: Project, plan: Plan) -> None:
    """Each organisation hears which of its tasks another version moves, the farthest first."""
    before = project.current
    if before is None or before.pk == plan.pk or project.state == Project.State.DRAFT:
        return
    for organisation, moved in difference(before, plan).by_organisation:
        row = moved[0].after
        notify(
            liaison_officers(project.alliance, organisation),
            key=f"plan:{plan.pk}:moves:{organisation.pk}",
            message=_MOVES,
            facts={
                "project": project.title_zh,
                "count": len(moved),
                "task": row.task.title_zh,
                "first": row.starts_on,
                "last": row.finishes_on,
            },
            url=f"/a/{project.alliance.slug}/projects/{project.pk}/plans/{plan.pk}/",
        )


def _plan(ids: list[int]) -> Plan:
    return Plan.objects.select_related("project__alliance").get(pk=ids[0])


def _changes(ids: list[int]) -> list[Change]:
    """The plan beside the baseline in force."""
    plan = _plan(ids)
    now = plan.project.baseline
    lines = [
        (_("基准计划"), str(now or ""), str(plan)),
        (_("开始"), str(now.starts_on) if now else "", str(plan.starts_on)),
        (_("完成"), str(now.finish_on) if now else "", str(plan.finish_on)),
        (_("总工期"), _days(now), _days(plan)),
    ]
    if plan.overrun_days:
        over = _("%(days)s 天") % {"days": plan.overrun_days}
        lines.append((_("超出最后期限"), "", str(over)))
    return [Change(str(label), before, after) for label, before, after in lines]


def _days(plan: Plan | None) -> str:
    if plan is None:
        return ""
    facts = {"serial": plan.serial_days, "parallel": plan.working_days}
    return str(_("并联 %(parallel)s 个工作日（串联 %(serial)s 个）") % facts)


def _hold(ids: list[int]) -> None:
    Project.objects.select_for_update().get(pk=_plan(ids).project_id)


def _digest(ids: list[int]) -> str:
    plan = _plan(ids)
    rows = plan.rows.order_by("task_id").values_list("task_id", "starts_on", "finishes_on")
    # Tasks that changed since the plan was made are not what the leads were shown.
    network = plan.project.tasks.order_by("pk").values_list("pk", "number")
    return digest_of(
        {
            "plan": plan.pk,
            "before": plan.project.baseline_id,
            "rows": [[pk, str(first), str(last)] for pk, first, last in rows],
            "tasks": [list(task) for task in network],
        }
    )


def register_baseline() -> None:
    register(
        ReservedAct(
            code=BASELINE,
            label=_("确定项目基准计划"),
            subject=lambda ids: str(_plan(ids).project),
            changes=_changes,
            digest=_digest,
            put_in_force=lambda ids: adopt_baseline(plan_id=ids[0]),
            refuse=lambda _ids: None,
            path=lambda ids: f"projects/{_plan(ids).project_id}/plans/{ids[0]}/",
            hold=_hold,
        )
    )
