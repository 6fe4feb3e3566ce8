"""Planning runs: asked for, worked out by a job."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.coupling.actions.computations import (
    call_off,
    give_up,
    is_settled,
    note_alive,
    refuse_odd_seconds,
    resume_after_death,
    settle,
    take_up,
    take_up_again,
)
from binglian.domain.ledger.actions import record
from binglian.domain.projects import engine_adapter as engine
from binglian.domain.projects.models import Plan, PlanningRun, Project, Task
from binglian.domain.refusals import refuse_unless

from .versions import keep_plan

State = PlanningRun.State


@transaction.atomic
def ask_plan(
    *,
    alliance: Alliance,
    by: User,
    project: Project | None = None,
    aim: str = PlanningRun.Aim.SHORTEST,
    why: str = "",
    seconds: int = 10,
    seed: int = 0,
) -> PlanningRun:
    """Queue a plan of one project, or of all open ones of the alliance together.

    Plans of other projects, of whichever alliance, keep what they have reserved. The caller
    enqueues the job after the commit (``jobs.enqueue_planning``).
    """
    if project is None:
        require_permission(by, Permission.MANAGE_PROJECTS, within=alliance)
    else:
        refuse_unless(project.alliance_id == alliance.pk, _("项目不属于本联盟。"))
        require_permission(by, Permission.EDIT_PROJECT, within=project.seat)
        refuse_unless(project.is_open, _("项目已完成或已中止，不能再改。"))
    refuse_odd_seconds(seconds)
    alliance = Alliance.objects.select_for_update(no_key=True).get(pk=alliance.pk)
    busy = alliance.planning_runs.filter(state__in=[State.QUEUED, State.RUNNING]).exists()
    refuse_unless(not busy, _("已有一次计划运算在进行，请等它完成或取消它。"))
    refuse_unless(projects_of(alliance, project), _("没有可排的任务，请先生成或填写任务。"))
    run = PlanningRun.objects.create(
        alliance=alliance,
        project=project,
        aim=aim,
        why=why.strip()[:200],
        seconds=seconds,
        seed=seed,
        asked_by=by,
        heartbeat_at=now(),
    )
    change = {"aim": str(aim), "seconds": seconds, "seed": seed, "why": run.why}
    record(
        by,
        "planning.asked",
        run,
        within=alliance,
        organisation=project.owner if project else None,
        change=change,
    )
    return run


def projects_of(alliance: Alliance, project: Project | None) -> list[Project]:
    """The projects a run plans: one, or all open ones; only those that have tasks."""
    rows = Project.objects.filter(alliance=alliance, state__in=Project.OPEN)
    rows = rows.filter(pk=project.pk) if project else rows
    has_tasks = Exists(Task.objects.standing().filter(project=OuterRef("pk")))
    chosen = rows.filter(has_tasks).order_by("pk")
    return list(chosen.select_related("owner", "alliance"))


def begin_planning(*, run_id: int) -> PlanningRun | None:
    """A worker takes the run up; ``None`` when somebody else did or it was cancelled."""
    return take_up(PlanningRun, run_id, act="planning.begun")


def note_planning_progress(
    *, run_id: int, progress: float, finish_on: date | None, bound_on: date | None
) -> bool:
    """Sign of life from the worker. Returns whether it should stop: asked to, or replaced."""
    seen = {"progress": progress, "finish_on": finish_on, "bound_on": bound_on}
    return note_alive(PlanningRun, run_id, **seen)


@transaction.atomic
def finish_planning(*, run_id: int, outcome: engine.Outcome) -> PlanningRun:
    """Store a new version for each project planned. People decide what becomes of it."""
    run = PlanningRun.objects.select_for_update().get(pk=run_id)
    if is_settled(run):
        return run
    if run.is_cancel_asked:
        return _settle(run, State.CANCELLED, "planning.cancelled")
    if not outcome.plans:
        zh, en = outcome.obstacles
        run.failure, run.failure_en = (zh or outcome.failure)[:600], en[:600]
        run.save(update_fields=["failure", "failure_en"])
        return _settle(run, State.FAILED, "planning.failed")
    is_again = run.aim == PlanningRun.Aim.LEAST_CHANGE
    origin = Plan.Origin.REPLANNED if is_again else Plan.Origin.COMPUTED
    for found in outcome.plans:
        keep_plan(found, origin=origin, by=run.asked_by, why=run.why, run=run)
    run.progress, run.solved_seconds = 1, outcome.seconds
    run.finish_on = max(found.finish_on for found in outcome.plans)
    run.save(update_fields=["progress", "solved_seconds", "finish_on"])
    return _settle(run, State.READY, "planning.ready")


def fail_planning(*, run_id: int, failure: str) -> None:
    """The computation broke off; the reason is kept for who asked."""
    give_up(PlanningRun, run_id, failure=failure, act="planning.failed")


@transaction.atomic
def cancel_planning(*, run: PlanningRun, by: User) -> PlanningRun:
    """Ask a run to stop; a queued one stops at once, a running one within a second or two."""
    if run.project:
        require_permission(by, Permission.EDIT_PROJECT, within=run.project.seat)
    else:
        require_permission(by, Permission.MANAGE_PROJECTS, within=run.alliance)
    return call_off(run, by=by, act="planning.cancel_asked", settled="planning.cancelled")


def register_resumption() -> None:
    job = "binglian.domain.projects.jobs.work_out_planning"
    resume_after_death(PlanningRun, job, revived="planning.revived", failed="planning.failed")


def revive_stuck_plannings() -> list[int]:
    """Queue again what a dead worker left; returns the ids to enqueue."""
    return take_up_again(PlanningRun, act="planning.revived")


def _settle(run: PlanningRun, state: State, act: str) -> PlanningRun:
    change = {"finish_on": run.finish_on, "failure": run.failure}
    return settle(run, state, act=act, change=change)
