"""A plan moved by hand: what was moved stays where it was put, the rest follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from binglian.domain.projects import models as stored
from binglian.engine.planning.problem import Task

from .answer import Outcome, run_engine
from .problem import snapshot_of, task_ref


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
    at = {task_ref(row.task_id): snapshot.days.start(row.starts_on) for row in plan.rows.all()}
    at = {ref: max(start, 0) for ref, start in at.items() if ref in snapshot.tasks}
    at |= {task_ref(pk): snapshot.days.start(day) for pk, day in starts.items()}
    lengths = {task_ref(pk): length for pk, length in days.items()}
    problem = replace(
        snapshot.problem,
        tasks=tuple(
            _as_wanted(task, at.get(task.ref), lengths.get(task.ref))
            for task in snapshot.problem.tasks
        ),
        current=tuple(at.items()),
    )
    return run_engine(replace(snapshot, problem=problem), seconds=seconds, seed=0)


def _as_wanted(task: Task, start: int | None, days: int | None) -> Task:
    """The task from this instant on, and as long as said; what has begun stays as it is."""
    if task.frozen is not None:
        return task
    if days is not None:
        task = replace(task, modes=tuple(replace(mode, duration=days) for mode in task.modes))
    return task if start is None else replace(task, release=start)
