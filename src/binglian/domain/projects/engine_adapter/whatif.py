"""«What if» about a project: other durations, ways, capacities; nothing of it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from binglian.domain.coupling.models import in_language
from binglian.domain.projects import models as stored
from binglian.engine.planning import what_if

from .answer import ProjectPlan, run_engine
from .explaining import removal_told
from .problem import Snapshot, organisation_ref, snapshot_of, task_ref
from .wording import LANGUAGES, words_of

Value = TypeVar("Value")


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
    #: What it comes to, in one sentence in Chinese and in English.
    told: tuple[str, str] = ("", "")

    @property
    def gained_days(self) -> int:
        """Working days by which the project would take less."""
        return self.now.working_days - self.then.working_days

    @property
    def sentence(self) -> str:
        return in_language(*self.told)

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
            told=tuple(said.get("told", ("", ""))),
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
    found = _comparison(now.plans[0], then.plans[0])
    return replace(found, told=_told(snapshot, changes, found, now.plans[0], then.plans[0]))


def plan_changed(
    project: stored.Project, changes: Changes, *, today: date, seconds: float
) -> ProjectPlan | None:
    """The plan with the changes, to be kept."""
    found = run_engine(_changed(snapshot_of([project], today), changes), seconds=seconds, seed=0)
    return found.plans[0] if found.plans else None


def _changed(snapshot: Snapshot, changes: Changes) -> Snapshot:
    """The snapshot with the changes; what is no longer there is left out of them."""
    problem = snapshot.problem
    known = {*snapshot.tasks, *(one.ref for one in problem.resources)}

    def by_ref(said: Mapping[int, Value], ref: Callable[[int], str]) -> dict[str, Value]:
        return {ref(pk): value for pk, value in said.items() if ref(pk) in known}

    other = what_if.Changes(
        durations=by_ref(changes.days, task_ref),
        modes=by_ref(changes.modes, task_ref),
        removed=frozenset(by_ref(dict.fromkeys(changes.removed, True), task_ref)),
        capacities=by_ref(changes.capacities, organisation_ref),
    )
    changed = what_if.changed(problem, other)
    # The number asked for holds on every day.
    resources = tuple(
        replace(one, shortages=()) if one.ref in other.capacities else one
        for one in changed.resources
    )
    return replace(snapshot, problem=replace(changed, resources=resources))


def _told(
    snapshot: Snapshot,
    changes: Changes,
    found: Comparison,
    now: ProjectPlan,
    then: ProjectPlan,
) -> tuple[str, str]:
    """What it comes to, and which task takes over where less is gained than was saved."""
    before, after = found.now.working_days, found.then.working_days
    length = {row.task_id: row.days for row in now.rows}
    nominal = sum(length.get(pk, 0) for pk in changes.removed)
    days_then = {row.task_id: row.days for row in then.rows}
    over = max(found.newly_critical, key=lambda pk: days_then[pk], default=None)
    ref = task_ref(over) if over is not None else None
    zh, en = (words_of(snapshot, language) for language in LANGUAGES)
    removed = [task_ref(pk) for pk in changes.removed]
    if removed and not (changes.days or changes.modes or changes.capacities):
        in_zh, in_en = (
            removal_told(words, removed, before=before, after=after, nominal=nominal, over=ref)
            for words in (zh, en)
        )
        return in_zh, in_en
    if before == after:
        return f"总工期不变，仍为 {zh.length(before)}。", f"Still {en.length(before)} in all."
    over_zh = f"，{zh.name(ref)}随即成为关键" if ref else ""
    over_en = f"; {en.name(ref)} becomes critical" if ref else ""
    return (
        f"总工期由 {before} 变为 {zh.length(after)}{over_zh}。",
        f"From {before} to {en.length(after)} in all{over_en}.",
    )


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
