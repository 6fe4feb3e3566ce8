"""A plan moved by hand: what was moved stays where it was put, the rest follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from binglian.domain.projects import models as stored
from binglian.engine.planning.problem import PlanningProblem, Task

from .answer import Outcome, run_engine
from .problem import Snapshot, snapshot_of, task_ref


def adjust(
    plan: stored.Plan,
    *,
    starts: Mapping[int, date],
    days: Mapping[int, int],
    today: date,
    seconds: float,
) -> Outcome:
    """The plan with some tasks starting on other days or taking other times.

    Whatever is not moved starts no sooner than it did, and later only where it has to; a task
    moved too early starts as early as its predecessors and its office allow.
    """
    snapshot = snapshot_of([plan.project], today)
    rows = {task_ref(row.task_id): row for row in plan.rows.all()}
    wanted = {task_ref(pk): snapshot.days.start(day) for pk, day in starts.items()}
    longer = {task_ref(pk): length for pk, length in days.items()}
    problem = snapshot.problem
    moved = tuple(
        _as_wanted(task, _start(snapshot, rows, wanted, task.ref), longer.get(task.ref))
        for task in problem.tasks
    )
    current = tuple((ref, snapshot.days.start(row.starts_on)) for ref, row in rows.items())
    kept = tuple((ref, wanted.get(ref, at)) for ref, at in current if ref in snapshot.tasks)
    changed: PlanningProblem = replace(problem, tasks=moved, current=kept)
    return run_engine(replace(snapshot, problem=changed), seconds=seconds, seed=0)


def _start(
    snapshot: Snapshot,
    rows: Mapping[str, stored.PlannedTask],
    wanted: Mapping[str, int],
    ref: str,
) -> int | None:
    if ref in wanted:
        return wanted[ref]
    return snapshot.days.start(rows[ref].starts_on) if ref in rows else None


def _as_wanted(task: Task, start: int | None, days: int | None) -> Task:
    """The task from this instant on, and as long as said; what has begun stays as it is."""
    if task.frozen is not None:
        return task
    if days is not None:
        task = replace(task, modes=tuple(replace(mode, duration=days) for mode in task.modes))
    return task if start is None else replace(task, release=max(start, 0))
