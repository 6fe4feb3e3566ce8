"""Background work on plans: ids in, an action out."""

from __future__ import annotations

import logging
import time

from django.db import transaction
from django_tasks import task

from binglian.domain.alliance.models import today

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
#: Seconds between two signs of life of a run.
BEAT = 0.5


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
        pulse = _Pulse(run_id, snapshot)
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


class _Pulse:
    """Writes progress at most every ``BEAT`` seconds and hears whether to stop."""

    def __init__(self, run_id: int, snapshot: engine.Snapshot) -> None:
        self.run_id, self.days = run_id, snapshot.days
        self.last, self.is_stopped = 0.0, False
        self.latest: engine.Progress | None = None

    def beat(self, progress: engine.Progress) -> None:
        self.latest = progress
        self.should_stop()

    def should_stop(self) -> bool:
        if time.monotonic() - self.last > BEAT:
            self.last = time.monotonic()
            seen = self.latest
            self.is_stopped = note_planning_progress(
                run_id=self.run_id,
                progress=seen.share if seen else 0,
                finish_on=self.days.last_day(seen.makespan) if seen and seen.makespan else None,
                bound_on=self.days.last_day(seen.bound) if seen and seen.bound else None,
            )
        return self.is_stopped
