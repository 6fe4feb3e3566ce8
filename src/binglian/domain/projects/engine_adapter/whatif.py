"""«What if» about a project: other durations, ways, capacities; nothing of it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from binglian.domain.projects import models as stored
from binglian.engine.planning import problem as engine

from .answer import ProjectPlan, run_engine
from .problem import Snapshot, organisation_ref, snapshot_of, task_ref


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be different. Tasks and organisations go by their ids, days are working days."""

    days: Mapping[int, int] = field(default_factory=dict)
    modes: Mapping[int, str] = field(default_factory=dict)
    removed: tuple[int, ...] = ()
    #: Cases at once by organisation.
    capacities: Mapping[int, int] = field(default_factory=dict)
    #: Ask about the project as if nothing of it had begun, and no other were there.
    is_from_start: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"removed": list(self.removed)}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Changes:
        """The reverse of ``as_json``; JSON makes texts of the ids."""
        return cls(
            days={int(pk): int(days) for pk, days in said.get("days", {}).items()},
            modes={int(pk): str(kind) for pk, kind in said.get("modes", {}).items()},
            removed=tuple(int(pk) for pk in said.get("removed", ())),
            capacities={int(pk): int(n) for pk, n in said.get("capacities", {}).items()},
            is_from_start=bool(said.get("is_from_start", False)),
        )

    def __bool__(self) -> bool:
        return bool(self.days or self.modes or self.removed or self.capacities)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a plan comes to, for the comparison side by side."""

    working_days: int
    serial_days: int
    counted_days: int
    elapsed_days: int
    finish_on: str
    late_days: int
    overrun_days: int

    @classmethod
    def of(cls, plan: ProjectPlan) -> Figures:
        return cls(
            plan.working_days,
            plan.serial_days,
            plan.counted_days,
            plan.elapsed_days,
            plan.finish_on.isoformat(),
            plan.late_days,
            plan.overrun_days,
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """The plan as things are, and as they would be; ``moved`` by task id."""

    now: Figures
    then: Figures
    #: {task id: [start now, finish now, start then, finish then]}, only where they differ.
    moved: Mapping[int, tuple[str, ...]]
    #: Tasks nothing could be gained without, before and after.
    critical_now: tuple[int, ...]
    critical_then: tuple[int, ...]

    @property
    def gained_days(self) -> int:
        """Working days by which the project would take less."""
        return self.now.working_days - self.then.working_days

    @property
    def newly_critical(self) -> list[int]:
        return [pk for pk in self.critical_then if pk not in self.critical_now]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Comparison:
        return cls(
            now=Figures(**said["now"]),
            then=Figures(**said["then"]),
            moved={int(pk): tuple(days) for pk, days in said["moved"].items()},
            critical_now=tuple(said["critical_now"]),
            critical_then=tuple(said["critical_then"]),
        )


def ask_what_if(
    project: stored.Project, changes: Changes, *, today: date, seconds: float
) -> Comparison | None:
    """Plan the project as it is and with the changes; ``None`` if either cannot be planned."""
    if changes.is_from_start:
        snapshot = snapshot_of([project], project.starts_on, from_start=True)
    else:
        snapshot = snapshot_of([project], today)
    now = run_engine(snapshot, seconds=seconds / 2, seed=0)
    then = run_engine(_changed(snapshot, changes), seconds=seconds / 2, seed=0)
    if not (now.plans and then.plans):
        return None
    return _comparison(now.plans[0], then.plans[0])


def plan_changed(
    project: stored.Project, changes: Changes, *, today: date, seconds: float
) -> ProjectPlan | None:
    """The plan with the changes, to be kept."""
    found = run_engine(_changed(snapshot_of([project], today), changes), seconds=seconds, seed=0)
    return found.plans[0] if found.plans else None


def _changed(snapshot: Snapshot, changes: Changes) -> Snapshot:
    problem = snapshot.problem
    gone = {task_ref(pk) for pk in changes.removed}
    cases = {organisation_ref(pk): n for pk, n in changes.capacities.items()}
    days = {task_ref(pk): n for pk, n in changes.days.items()}
    modes = {task_ref(pk): kind for pk, kind in changes.modes.items()}
    problem = replace(
        problem,
        tasks=tuple(
            _task(task, days.get(task.ref), modes.get(task.ref), is_gone=task.ref in gone)
            for task in problem.tasks
        ),
        resources=tuple(
            replace(one, capacity=cases.get(one.ref, one.capacity)) for one in problem.resources
        ),
    )
    return replace(snapshot, problem=problem)


def _task(task: engine.Task, days: int | None, mode: str | None, *, is_gone: bool) -> engine.Task:
    """One that is removed takes no time, so that what stood around it keeps its order."""
    if task.frozen is not None:
        return task
    chosen = tuple(one for one in task.modes if one.ref == mode) or task.modes
    if is_gone:
        chosen = (engine.Mode(chosen[0].ref, 0),)
    elif days is not None:
        chosen = tuple(replace(one, duration=days) for one in chosen)
    return replace(task, modes=chosen)


def _comparison(now: ProjectPlan, then: ProjectPlan) -> Comparison:
    before = {row.task_id: row for row in now.rows}
    moved = {
        row.task_id: tuple(
            day.isoformat()
            for old in (before[row.task_id],)
            for day in (old.starts_on, old.finishes_on, row.starts_on, row.finishes_on)
        )
        for row in then.rows
        if (row.starts_on, row.finishes_on)
        != (before[row.task_id].starts_on, before[row.task_id].finishes_on)
    }
    return Comparison(
        now=Figures.of(now),
        then=Figures.of(then),
        moved=moved,
        critical_now=tuple(row.task_id for row in now.rows if row.is_critical),
        critical_then=tuple(row.task_id for row in then.rows if row.is_critical),
    )
