"""Records into a problem: the projects to plan, and what others have already reserved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from binglian.domain.alliance.calendar import working_days_between
from binglian.domain.projects import models as stored
from binglian.domain.projects.limits import Limit, limits_of
from binglian.engine.planning import problem as engine
from binglian.engine.planning.replanning import without_overtaken
from binglian.engine.planning.shortages import shortages

from .days import Days

OFFICIAL = "official"
#: What a day beyond a target day counts against a day by which a project ends later.
DUE_WEIGHT = 100.0


@dataclass(frozen=True)
class Snapshot:
    """The problem, and how its parts are called in the records."""

    problem: engine.PlanningProblem
    days: Days
    today: date
    projects: tuple[stored.Project, ...]
    tasks: dict[str, stored.Task] = field(repr=False)
    #: Tasks of projects that are not planned now but share an organisation's capacity.
    held: dict[str, stored.Task] = field(repr=False)


def task_ref(task_id: int) -> str:
    return f"#{task_id}#"


def organisation_ref(organisation_id: int) -> str:
    return f"@{organisation_id}@"


def project_ref(project_id: int) -> str:
    return f"%{project_id}%"


def snapshot_of(
    projects: Sequence[stored.Project],
    today: date,
    *,
    keeps_current: bool = False,
    from_start: bool = False,
) -> Snapshot:
    """Read the projects to plan and all that shares capacity with them.

    What has begun is frozen as reported; what is under way takes at least until ``today``.
    With ``keeps_current`` nothing comes sooner than in its project's current plan, and later only
    where it must. With ``from_start`` nothing has begun and nobody else uses the offices.
    """
    tasks = list(
        stored.Task.objects.standing()
        .filter(project__in=projects)
        .select_related("project__owner", "project__alliance", "organisation", "item")
        .prefetch_related("modes")
    )
    doers = {task.organisation_id for task in tasks if task.organisation_id is not None}
    limits = limits_of(doers)
    shared = set(limits)
    held = [] if from_start else _held(projects, shared)
    first = min(
        [project.starts_on for project in projects]
        + [task.started_on for task in tasks if task.started_on]
        + [row.task.started_on or row.starts_on for row in held]
        + [today],
    )
    days = Days(first - timedelta(days=7))
    calendars = _calendars(days, doers)
    has_several = len(projects) + len(held) > 1
    current = _current(days, projects) if keeps_current else {}
    built = _Builder(days, today, shared, set(calendars), has_several, from_start, current)
    kept = {task_ref(task.pk) for task in tasks}
    links = stored.Precedence.objects.filter(before__project__in=projects)
    ends = [built.end(project, tasks, links) for project in projects if project.due_on]
    problem = engine.PlanningProblem(
        tasks=(
            *(built.task(task) for task in tasks),
            *(end for end, _ in ends),
            *(built.held(row) for row in held),
        ),
        precedences=(
            *(_precedence(one) for one in links),
            *(tie for _, ties in ends for tie in ties),
        ),
        resources=tuple(_resource(pk, limit, days) for pk, limit in sorted(limits.items())),
        calendars=tuple(calendars.values()),
        projects=tuple(built.project(project) for project in projects),
        earliest=days.start(today),
        current=tuple((ref, at) for ref, at in current.items() if ref in kept),
    )
    return Snapshot(
        problem=without_overtaken(problem),
        days=days,
        today=today,
        projects=tuple(projects),
        tasks={task_ref(task.pk): task for task in tasks},
        held={task_ref(row.task_id): row.task for row in held},
    )


def alone(snapshot: Snapshot, project: stored.Project) -> engine.PlanningProblem:
    """How short one project could be if no other used anybody's capacity, whatever is due."""
    ref, whole = project_ref(project.pk), snapshot.problem
    tasks = tuple(
        replace(task, deadline=None, due=None) for task in whole.tasks if task.project == ref
    )
    kept = {task.ref for task in tasks}
    return replace(
        whole,
        tasks=tasks,
        precedences=tuple(tie for tie in whole.precedences if tie.before in kept),
        projects=tuple(
            replace(one, deadline=None, due=None) for one in whole.projects if one.ref == ref
        ),
        current=(),
    )


def _held(projects: Sequence[stored.Project], shared: set[int]) -> list[stored.PlannedTask]:
    """Rows of the current plans of all other projects under way that use the same capacity."""
    others = stored.Project.objects.filter(state__in=stored.Project.UNDER_WAY).exclude(
        pk__in=[project.pk for project in projects]
    )
    rows = stored.PlannedTask.objects.filter(
        plan__in=others.values("current"), task__organisation__in=shared, days__gt=0
    ).exclude(task__state__in=stored.Task.DONE)
    return list(
        rows.select_related("task__organisation", "task__project").prefetch_related("task__modes")
    )


def _calendars(days: Days, organisations: Iterable[int]) -> dict[str, engine.Calendar]:
    """The official calendar, and one for each organisation that differs from it."""
    closures: dict[int, list[stored.Closure]] = defaultdict(list)
    for one in stored.Closure.objects.filter(organisation__in=list(organisations)):
        closures[one.organisation_id].append(one)
    found = {OFFICIAL: engine.Calendar(OFFICIAL, days.closed())}
    for pk, own in closures.items():
        ref = organisation_ref(pk)
        found[ref] = engine.Calendar(ref, days.closed(own))
    return found


@dataclass(frozen=True)
class _Builder:
    """Turns one record after the other into the engine's words."""

    days: Days
    today: date
    #: Organisations whose capacity is limited.
    limited: set[int]
    calendars: set[str]
    has_several: bool
    from_start: bool
    #: Where the current plans have what is planned again: {task ref: instant}.
    current: dict[str, int]

    def project(self, project: stored.Project) -> engine.Project:
        """Among several, each is to end early, not only the last of all."""
        start = self.days.start(project.starts_on)
        deadline = self._finish(project.deadline_on)
        due = start if self.has_several else None
        return engine.Project(project_ref(project.pk), release=start, deadline=deadline, due=due)

    def end(
        self,
        project: stored.Project,
        tasks: Iterable[stored.Task],
        links: Iterable[stored.Precedence],
    ) -> tuple[engine.Task, list[engine.Precedence]]:
        """A milestone after everything, which carries the project's target day."""
        ref = f"{project_ref(project.pk)} end"
        milestone = engine.Task(
            ref,
            (engine.Mode("ordinary", 0),),
            project=project_ref(project.pk),
            due=self._finish(project.due_on),
            weight=DUE_WEIGHT,
        )
        followed = {one.before_id for one in links if one.link == stored.Link.FINISH_START}
        last = [t for t in tasks if t.project_id == project.pk and t.pk not in followed]
        return milestone, [engine.Precedence(task_ref(task.pk), ref) for task in last]

    def task(self, task: stored.Task) -> engine.Task:
        frozen, modes = self._frozen(task)
        wanted = [day for day in (task.not_before_on, task.pinned_on) if day]
        return engine.Task(
            task_ref(task.pk),
            modes,
            project=project_ref(task.project_id),
            calendar=self._calendar(task),
            release=max(
                [self.days.start(day) for day in wanted] + [self.current.get(task_ref(task.pk), 0)]
            ),
            deadline=self._finish(task.deadline_on),
            due=self._finish(task.due_on),
            weight=task.weight * DUE_WEIGHT,
            counted=task.is_counted,
            frozen=frozen,
        )

    def held(self, row: stored.PlannedTask) -> engine.Task:
        """A task of another project where its own plan has it, at the earliest today."""
        frozen, modes = self._frozen(row.task)
        if frozen is None:
            start = self.days.start(max(row.starts_on, self.today))
            mode = next((mode for mode in modes if mode.ref == row.mode), modes[0])
            frozen, modes = engine.Frozen(start, mode.ref), (mode,)
        return engine.Task(
            task_ref(row.task_id), modes, calendar=self._calendar(row.task), frozen=frozen
        )

    def _frozen(self, task: stored.Task) -> tuple[engine.Frozen | None, tuple[engine.Mode, ...]]:
        """What is known of the task's past, and in which modes it can be done."""
        rows = list(task.modes.all())
        modes = tuple(self._mode(task, row.kind, row.days, row.demand) for row in rows)
        has_begun = (task.is_done or task.is_begun) and not self.from_start
        if not has_begun or task.started_on is None:
            return None, modes
        start = self.days.start(task.started_on)
        row = next((row for row in rows if row.kind == task.mode), rows[0])
        if task.is_done and task.finished_on:
            finish = max(self.days.finish(task.finished_on), start)
            worked = working_days_between(task.started_on, task.finished_on)
            done = self._mode(task, row.kind, worked, row.demand)
            return engine.Frozen(start, done.ref, finish), (done,)
        # Stopped days are not worked, and what is not finished by today takes until today.
        worked = working_days_between(task.started_on, self.today)
        took = max(row.days + task.stopped_days, worked)
        going = self._mode(task, row.kind, took, row.demand)
        return engine.Frozen(start, going.ref), (going,)

    def _finish(self, day: date | None) -> int | None:
        return self.days.finish(day) if day else None

    def _mode(self, task: stored.Task, kind: str, days: int, demand: int) -> engine.Mode:
        uses = task.organisation_id in self.limited and demand > 0 and days > 0
        demands = (engine.Demand(organisation_ref(task.organisation_id or 0), demand),)
        return engine.Mode(kind, days, demands if uses else ())

    def _calendar(self, task: stored.Task) -> str:
        ref = organisation_ref(task.organisation_id or 0)
        return ref if ref in self.calendars else OFFICIAL


def _resource(organisation_id: int, limit: Limit, days: Days) -> engine.Resource:
    periods = [
        (
            max(days.start(one.from_on), 0),
            days.finish(one.until_on) if one.until_on else engine.LONGEST,
            one.cases,
        )
        for one in limit.periods
    ]
    known = [one for one in periods if one[0] < one[1]]
    return engine.Resource(
        organisation_ref(organisation_id),
        limit.most,
        shortages=shortages(limit.usual, limit.most, known),
    )


def _precedence(one: stored.Precedence) -> engine.Precedence:
    has_lag = one.least != 0 or one.most is not None
    counts_work = one.lag == stored.Lag.WORKING and has_lag
    return engine.Precedence(
        task_ref(one.before_id),
        task_ref(one.after_id),
        engine.Link(one.link),
        least=one.least,
        most=one.most,
        calendar=OFFICIAL if counts_work else None,
    )


def _current(days: Days, projects: Iterable[stored.Project]) -> dict[str, int]:
    plans = [project.current_id for project in projects if project.current_id]
    rows = stored.PlannedTask.objects.filter(plan__in=plans)
    return {task_ref(row.task_id): max(days.start(row.starts_on), 0) for row in rows}
