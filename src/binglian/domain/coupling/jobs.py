"""Background work: ids in, an action out."""

import logging

from django.db import transaction
from django_tasks import task

from binglian.domain.accounts.actions import send_waiting_mail
from binglian.domain.alliance.actions import discard_old_drafts
from binglian.domain.alliance.models import today

from . import engine_adapter as engine
from .actions import (
    answer_scenario,
    begin_run,
    erase_due_help,
    fail_run,
    finish_run,
    note_findings,
    note_progress,
    remind,
    revive_stuck_runs,
)
from .models import CouplingRun, Scenario
from .pulse import Pulse

logger = logging.getLogger(__name__)


@task()
def work_out_run(run_id: int) -> None:
    """Solve one run. Safe to start twice: only the first takes it up.

    Time limit: the run's own seconds, plus reading the lists and writing the answer.
    """
    run = begin_run(run_id=run_id)
    if run is None:
        return
    try:
        snapshot = engine.snapshot_of(run, today())
        pulse = Pulse[engine.Progress](lambda seen: _note(run_id, seen))
        outcome = engine.run_engine(
            snapshot,
            seconds=run.seconds,
            seed=run.seed,
            progress=pulse.beat,
            should_stop=pulse.should_stop,
        )
        run = finish_run(run_id=run_id, outcome=outcome)
    except Exception as error:
        logger.exception("Coupling run %s failed", run_id)
        fail_run(run_id=run_id, failure=f"{type(error).__name__}: {error}")
        return
    if run.state == CouplingRun.State.PROPOSED:
        _work_out_findings(run, snapshot, outcome)


def _work_out_findings(
    run: CouplingRun, snapshot: engine.Snapshot, outcome: engine.Outcome
) -> None:
    """What would help most, and the multiplier effect; the result stands without them."""
    try:
        wishes = engine.wishes_of(snapshot, outcome.result)
        note_findings(run_id=run.pk, wishes=wishes, multiplier=None)
        if run.round != CouplingRun.Round.URGENT:  # an urgent round is for single needs
            multiplier = engine.multiplier_of(snapshot, seed=run.seed, should_stop=_is_awaited)
            note_findings(run_id=run.pk, wishes=wishes, multiplier=multiplier)
    except Exception:
        logger.exception("Nothing was found out about coupling run %s", run.pk)


def _is_awaited() -> bool:
    """Whether somebody waits for a run: figures can be rougher, people should not wait."""
    return CouplingRun.objects.filter(state=CouplingRun.State.QUEUED).exists()


@task()
def work_out_scenario(scenario_id: int) -> None:
    """Answer one «what if» about long lists. Time limit: that of its run."""
    scenario = Scenario.objects.get(pk=scenario_id)
    if scenario.state != Scenario.State.QUEUED:
        return
    try:
        changes = engine.Changes.from_json(scenario.changes)
        run = scenario.run
        answer = engine.ask_what_if(run, changes, on=today(), seconds=run.seconds)
    except Exception as error:
        logger.exception("Scenario %s failed", scenario_id)
        failure = f"{type(error).__name__}: {error}"
        answer_scenario(scenario_id=scenario_id, answer=None, failure=failure)
    else:
        answer_scenario(scenario_id=scenario_id, answer=answer)


def enqueue_scenario(scenario_id: int) -> None:
    """Have a worker answer once the present transaction is committed."""
    transaction.on_commit(lambda: work_out_scenario.enqueue(scenario_id))


def enqueue_run(run_id: int) -> None:
    """Have a worker take the run up once the present transaction is committed."""
    transaction.on_commit(lambda: work_out_run.enqueue(run_id))


def every_minute() -> None:
    """The clock takes up orphaned runs, reminds, sends mail, tidies up, erases what is due."""
    for run_id in revive_stuck_runs():
        work_out_run.enqueue(run_id)
    remind()
    send_waiting_mail()
    discard_old_drafts()
    erase_due_help(today=today())


def _note(run_id: int, seen: engine.Progress | None) -> bool:
    return note_progress(
        run_id=run_id,
        progress=seen.share if seen else 0,
        objective=seen.objective if seen else None,
        bound=seen.bound if seen else None,
    )
