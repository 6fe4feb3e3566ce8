"""The engine's answer into plans of projects, in days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from binglian.domain.alliance.calendar import working_days_between
from binglian.domain.projects import models as stored
from binglian.engine.planning.judge.broken_rule import BrokenRule
from binglian.engine.planning.judge.feasibility import broken_rules
from binglian.engine.planning.quick_bound import quick_bound
from binglian.engine.planning.result import Plan, PlanningResult, Progress
from binglian.engine.planning.solve import solve_plan

from .days import is_provisional
from .explaining import Explained
from .problem import Snapshot, alone, task_ref
from .wording import LANGUAGES, words_of

#: In runs over more projects than this, the bound of each is what can be said without a search.
PROVEN_EACH = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One task of a plan; ``finishes_on`` of a milestone is the day before ``starts_on``."""

    task_id: int
    mode: str
    days: int
    starts_on: date
    finishes_on: date
    is_critical: bool = False
    float_days: int = 0
    reasons: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class ProjectPlan:
    """What one project's plan is worth, and its rows. Days are working days unless named."""

    project: stored.Project
    rows: tuple[Row, ...]
    status: str
    starts_on: date
    finish_on: date
    bound_on: date | None
    serial_days: int
    working_days: int
    counted_serial_days: int
    counted_days: int
    elapsed_days: int
    overrun_days: int
    late_days: int
    is_provisional: bool
    findings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Glance:
    """A run under way: when the last of the projects it plans ends, by the best plan so far.

    ``bound_on`` is the day before which none can; it stays unsaid where tasks of other projects
    are held beside them, for the engine's bound counts those too.
    """

    share: float
    finish_on: date | None
    bound_on: date | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found: a plan for each project, or why there is none."""

    plans: tuple[ProjectPlan, ...]
    seconds: float
    failure: str = ""
    #: What stands in the way of any plan, in Chinese and English.
    obstacles: tuple[str, str] = ("", "")


def run_engine(
    snapshot: Snapshot,
    *,
    seconds: float,
    seed: int,
    progress: Callable[[Glance], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Outcome:
    """Solve, have the independent judge look at the answer, and put it into days.

    Raises ``RuntimeError`` when the judge finds a broken rule: such a plan is never stored.
    """
    result = solve_plan(
        snapshot.problem,
        seconds=seconds,
        seed=seed,
        progress=(lambda seen: progress(_glance(snapshot, seen))) if progress else None,
        should_stop=should_stop,
    )
    if result.plan is None:
        return Outcome((), result.seconds, result.status.value, _obstacles(snapshot, result))
    refuse_broken(broken_rules(snapshot.problem, result.plan))
    plans = plans_of(snapshot, result.plan, status=result.status.value, bounds=_bounds(snapshot))
    if len(plans) == 1 and not snapshot.held:
        plans = (replace(plans[0], bound_on=snapshot.days.last_day(result.bound)),)
    return Outcome(plans, result.seconds)


def _glance(snapshot: Snapshot, seen: Progress) -> Glance:
    last_day = snapshot.days.last_day
    finish_on = last_day(max(seen.finishes)) if seen.finishes else None
    return Glance(seen.share, finish_on, None if snapshot.held else last_day(seen.bound))


def _obstacles(snapshot: Snapshot, result: PlanningResult) -> tuple[str, str]:
    zh, en = (
        " ".join(one.in_words(words_of(snapshot, language)) for one in result.obstacles[:3])
        for language in LANGUAGES
    )
    return zh, en


def refuse_broken(broken: list[BrokenRule]) -> None:
    """Raise ``RuntimeError`` with the first rules that a plan of the engine breaks."""
    if broken:
        raise RuntimeError("The judge refused the plan: " + " ".join(map(str, broken[:3])))


def plans_of(
    snapshot: Snapshot, plan: Plan, *, status: str, bounds: Mapping[int, int]
) -> tuple[ProjectPlan, ...]:
    """The plan of each project, with its figures; ``bounds`` are instants by project."""
    modes = {task.ref: task.modes for task in snapshot.problem.tasks}
    why = Explained(snapshot, plan)
    by_project: dict[int, list[Row]] = defaultdict(list)
    for ref, task in snapshot.tasks.items():
        kind = plan.modes[ref]
        row = Row(
            task_id=task.pk,
            mode=kind,
            days=next(mode.duration for mode in modes[ref] if mode.ref == kind),
            starts_on=snapshot.days.first_day(plan.starts[ref]),
            finishes_on=snapshot.days.last_day(plan.finishes[ref]),
            is_critical=why.float_days(ref) == 0,
            float_days=why.float_days(ref),
            reasons=why.reason(ref),
        )
        by_project[task.project_id].append(row)
    findings = (*why.scarce_offices(), *why.lapses()) if len(snapshot.projects) == 1 else ()
    return tuple(
        replace(
            _project_plan(
                snapshot, project, by_project[project.pk], status, bounds.get(project.pk)
            ),
            findings=findings,
        )
        for project in snapshot.projects
        if by_project[project.pk]
    )


def _bounds(snapshot: Snapshot) -> dict[int, int]:
    """By when each project could end at the earliest if it had the offices to itself."""
    is_many = len(snapshot.projects) > PROVEN_EACH
    found = {}
    for project in snapshot.projects:
        problem = alone(snapshot, project)
        found[project.pk] = (
            quick_bound(problem) if is_many else solve_plan(problem, schedules=1).bound
        )
    return found


def _project_plan(
    snapshot: Snapshot, project: stored.Project, rows: list[Row], status: str, bound: int | None
) -> ProjectPlan:
    starts_on = min(row.starts_on for row in rows)
    finish_on = max(row.finishes_on for row in rows)
    tasks = {row.task_id: snapshot.tasks[task_ref(row.task_id)] for row in rows}
    counted = [row for row in rows if tasks[row.task_id].is_counted and row.days]
    return ProjectPlan(
        project=project,
        rows=tuple(rows),
        status=status,
        starts_on=starts_on,
        finish_on=finish_on,
        bound_on=snapshot.days.last_day(bound) if bound is not None else None,
        serial_days=sum(row.days for row in rows),
        working_days=working_days_between(starts_on, finish_on),
        counted_serial_days=sum(row.days for row in counted),
        counted_days=_days_covered(counted),
        elapsed_days=(finish_on - starts_on).days + 1,
        overrun_days=_beyond(project.deadline_on, finish_on)
        + sum(_beyond(tasks[row.task_id].deadline_on, row.finishes_on) for row in rows),
        late_days=_beyond(project.due_on, finish_on)
        + sum(_beyond(tasks[row.task_id].due_on, row.finishes_on) for row in rows),
        is_provisional=is_provisional(finish_on, since=starts_on),
    )


def _beyond(wanted: date | None, finish: date) -> int:
    return max((finish - wanted).days, 0) if wanted else 0


def _days_covered(rows: list[Row]) -> int:
    """Working days on which at least one of the rows is worked on."""
    total, until = 0, date.min
    for row in sorted(rows, key=lambda row: row.starts_on):
        first = max(row.starts_on, until)
        if row.finishes_on >= first:
            total += working_days_between(first, row.finishes_on)
            until = date.fromordinal(row.finishes_on.toordinal() + 1)
    return total
