"""Background work on plans: ids in, an action out."""

from __future__ import annotations

import logging

from django.db import transaction
from django_tasks import task

from binglian.domain.alliance.models import today
from binglian.domain.coupling.pulse import Pulse

from . import engine_adapter as engine
from .actions import (
    begin_planning,
    fail_planning,
    finish_planning,
    note_plan_findings,
    note_planning_progress,
    projects_of,
    remind_of_projects,
    revive_stuck_plannings,
)
from .models import PlanningRun

logger = logging.getLogger(__name__)


@task()
def work_out_planning(run_id: int) -> None:
    """Solve one planning run. Safe to start twice: only the first takes it up.

    Time limit: the run's own seconds, plus reading the projects and writing the plans.
    """
    run = begin_planning(run_id=run_id)
    if run is None:
        return
    try:
        keeps_current = run.aim == PlanningRun.Aim.LEAST_CHANGE
        projects = projects_of(run.alliance, run.project)
        snapshot = engine.snapshot_of(projects, today(), keeps_current=keeps_current)
        pulse = Pulse[engine.Glance](lambda seen: _note(run_id, seen))
        outcome = engine.run_engine(
            snapshot,
            seconds=run.seconds,
            seed=run.seed,
            progress=pulse.beat,
            should_stop=pulse.should_stop,
        )
        run = finish_planning(run_id=run_id, outcome=outcome)
    except Exception as error:
        logger.exception("Planning run %s failed", run_id)
        fail_planning(run_id=run_id, failure=f"{type(error).__name__}: {error}")
        return
    if run.project is not None and run.state == PlanningRun.State.READY:
        _work_out_findings(run, snapshot)


def _work_out_findings(run: PlanningRun, snapshot: engine.Snapshot) -> None:
    """What would shorten the plan; it stands without that."""
    try:
        findings = engine.what_would_help(snapshot, snapshot.projects[0])
        note_plan_findings(plan=run.plans.get(), findings=findings)
    except Exception:
        logger.exception("Nothing was found out about planning run %s", run.pk)


def enqueue_planning(run_id: int) -> None:
    """Have a worker take the run up once the present transaction is committed."""
    transaction.on_commit(lambda: work_out_planning.enqueue(run_id))


def every_minute() -> None:
    """What a clock does for projects: take up orphaned runs, tell who is awaited."""
    for run_id in revive_stuck_plannings():
        work_out_planning.enqueue(run_id)
    remind_of_projects()


def _note(run_id: int, seen: engine.Glance | None) -> bool:
    return note_planning_progress(
        run_id=run_id,
        progress=seen.share if seen else 0,
        finish_on=seen.finish_on if seen else None,
        bound_on=seen.bound_on if seen else None,
    )
