"""Projects and their tasks as the record stood at an instant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from binglian.domain.alliance.calendar import add_working_days, working_days_between
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.projects.models import Link, Precedence, Project, Report, Task, TaskMode
from binglian.domain.projects.queries import public_projects
from binglian.domain.projects.states import Progress, progress_of
from binglian.domain.together import Reader

from .bodies import Bodies
from .networks import Networks, Tie, network_acts
from .rewinding import Later, acts_after


@dataclass(frozen=True, slots=True)
class Step:
    """One task: who does it, since when it could begin, and how far it had come."""

    pk: int
    title: str
    project_id: int
    doer_id: int
    owner_id: int
    #: An approval whose statutory clock runs.
    is_counted: bool
    #: The last day on which something it waits for was still at work; ``None`` while it waits.
    ready_on: date | None
    started_on: date | None
    finished_on: date | None
    #: The last day of its counted period, stops left out; ``None`` before it has begun.
    due_on: date | None
    #: Tasks it waits for that were done: who did them.
    handed_over_by: tuple[int, ...]
    is_public: bool

    @property
    def waits_for_another(self) -> bool:
        """Whether it is another organisation than the owner that the project waits for."""
        return self.doer_id != self.owner_id

    def waiting_days(self, first: date, last: date) -> int:
        """Working days in ``first``..``last`` on which it could go on and nobody had begun."""
        if self.ready_on is None:
            return 0
        until = self.started_on - timedelta(days=1) if self.started_on else last
        return _days(max(first, self.ready_on + timedelta(days=1)), min(last, until))

    def working_days(self, first: date, last: date) -> int:
        """Working days in ``first``..``last`` on which it was at work."""
        if self.started_on is None:
            return 0
        return _days(max(first, self.started_on), min(last, self.finished_on or last))


@dataclass(frozen=True, slots=True)
class Undertaking:
    """One project: who takes part, and its days in series and in parallel once finished."""

    pk: int
    title: str
    entered_at: datetime
    owner: Organisation
    partners: tuple[Organisation, ...]
    starts_on: date
    has_begun: bool
    finished_on: date | None
    #: Working days of its plan, all tasks one after another; 0 without a plan.
    serial_days: int
    #: Working days from the first day of work to the last, once it is finished.
    elapsed_days: int
    steps: tuple[Step, ...]
    is_public: bool

    @property
    def participants(self) -> tuple[Organisation, ...]:
        return (self.owner, *(one for one in self.partners if one != self.owner))


def projects_at(
    alliance: Alliance, as_of: datetime, bodies: Callable[[], Bodies]
) -> Reader[list[Undertaking]]:
    """Every project entered by then and not yet given up. One statement, however many."""
    own = {"alliance": alliance, "entered_at__lte": as_of}
    of_project = {f"project__{name}": value for name, value in own.items()}
    of_task = {f"task__{name}": value for name, value in of_project.items()}
    after = {f"after__{name}": value for name, value in of_project.items()}
    rows, partners, tasks, reports, modes, tied, public, acts, on_networks = yield (
        Project.objects.filter(**own).select_related("owner", "current").order_by("pk"),
        Project.partners.through.objects.filter(**of_project)
        .select_related("organisation")
        .order_by("organisation__name", "organisation"),
        # Every task ever, with the reports known by then.
        Task.objects.filter(**of_project).order_by("pk"),
        Report.objects.filter(
            Q(taken_back_at=None) | Q(taken_back_at__gt=as_of), **of_task, reported_at__lte=as_of
        ).order_by("pk"),
        TaskMode.objects.filter(**of_task).order_by("pk").values_list("task", "kind", "days"),
        Precedence.objects.filter(**after).values_list("before", "after", "link"),
        public_projects().filter(**own).select_related(None).values_list("pk", flat=True),
        acts_after(as_of, Project, chain=alliance.slug),
        network_acts(alliance.slug, as_of),
    )
    later, days = Later(acts), defaultdict[int, dict[str, int]](dict)
    for task, kind, least in modes:
        days[task][kind] = least
    networks = Networks(tied, on_networks, days)
    ties: dict[int, list[Tie]] = defaultdict(list)
    for tie in networks.ties:
        ties[tie.after_id].append(tie)
    named = _named(rows, later)
    then = _Then(
        later=later,
        networks=networks,
        ties=ties,
        bodies=bodies(),
        former={one.name: one for one in Organisation.objects.filter(name__in=named)}
        if named
        else {},
        partners=_by(partners, "project_id"),
        tasks=_by(tasks, "project_id"),
        reports=_by(reports, "task_id"),
    )
    known = set(public)
    return [
        then.as_it_stood(row, row.pk in known)
        for row in rows
        if row.state != Project.State.WITHDRAWN or later.has(row.pk, "project.withdrawn")
    ]


def _by(rows: Iterable[Any], name: str) -> dict[int, list[Any]]:
    """Rows by what they belong to."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def _named(rows: Iterable[Project], later: Later) -> set[str]:
    """Partners of former times."""
    return {name for row in rows for name in later.before(row.pk, "partners", ())}


@dataclass(frozen=True, slots=True)
class _Then:
    """What is needed to say how a project stood."""

    later: Later
    networks: Networks
    ties: dict[int, list[Tie]]
    bodies: Bodies
    #: Partners of former times, by name.
    former: dict[str, Organisation]
    #: Those of now, by project; tasks by project, reports by task.
    partners: dict[int, list[Any]]
    tasks: dict[int, list[Task]]
    reports: dict[int, list[Report]]

    def as_it_stood(self, row: Project, is_public: bool) -> Undertaking:
        own = self.tasks.get(row.pk, ())
        tasks = {task.pk: task for task in own if self.networks.holds(task)}
        progress = {pk: progress_of(self.reports.get(pk, ())) for pk in tasks}
        starts_on = self.later.before(row.pk, "starts_on", row.starts_on)
        starts_on = date.fromisoformat(starts_on) if isinstance(starts_on, str) else starts_on
        steps = tuple(
            self._step(row, starts_on, task, progress, tasks, is_public) for task in tasks.values()
        )
        is_finished = not self.later.has(row.pk, "project.finished")
        finished_on = row.finished_on if is_finished else None
        begun = [step.started_on for step in steps if step.started_on]
        return Undertaking(
            pk=row.pk,
            title=row.title,
            entered_at=row.entered_at,
            owner=self.bodies.as_it_stood(row.owner),
            partners=self._partners(row),
            starts_on=starts_on,
            has_begun=bool(begun),
            finished_on=finished_on,
            serial_days=row.current.serial_days if row.current else 0,
            elapsed_days=_days(min(begun, default=starts_on), finished_on) if finished_on else 0,
            steps=steps,
            is_public=is_public,
        )

    def _partners(self, row: Project) -> tuple[Organisation, ...]:
        was = self.later.before(row.pk, "partners", None)
        former = self.former
        now = [one.organisation for one in self.partners.get(row.pk, ())]
        found = now if was is None else [former[n] for n in was if n in former]
        return tuple(self.bodies.as_it_stood(one) for one in found)

    def _step(
        self,
        project: Project,
        starts_on: date,
        task: Task,
        progress: dict[int, Progress],
        tasks: dict[int, Task],
        is_public: bool,
    ) -> Step:
        own = progress[task.pk]
        ahead = [tie for tie in self.ties[task.pk] if tie.before_id in progress]
        done = [tie.before_id for tie in ahead if progress[tie.before_id].finished_on]
        from_on = max(starts_on, self.networks.not_before_on(task) or date.min)
        return Step(
            pk=task.pk,
            title=task.title,
            project_id=project.pk,
            doer_id=self.networks.doer_id(task) or project.owner_id,
            owner_id=project.owner_id,
            is_counted=task.item_id is not None and self.networks.is_counted(task),
            ready_on=_ready_on(from_on, ahead, progress),
            started_on=own.started_on,
            finished_on=own.finished_on,
            due_on=_due_on(self.networks.days(task), own),
            handed_over_by=tuple(
                self.networks.doer_id(tasks[pk]) or project.owner_id for pk in done
            ),
            is_public=is_public,
        )


def _ready_on(from_on: date, ties: list[Tie], progress: dict[int, Progress]) -> date | None:
    """The last day on which it still had to wait, ``from_on`` being the first it may begin."""
    waited = [from_on - timedelta(days=1)]
    for tie in ties:
        ahead = progress[tie.before_id]
        if tie.link == Link.FINISH_START:
            ends = ahead.finished_on
        elif tie.link == Link.START_START:
            ends = ahead.started_on
        else:
            continue  # ties its end, not its beginning
        if ends is None:
            return None
        waited.append(ends)
    return max(waited)


def _due_on(days: int, own: Progress) -> date | None:
    """Its period in the way in which it is done, counted from the day it began."""
    if own.started_on is None:
        return None
    period = days + own.stopped_days
    return add_working_days(own.started_on - timedelta(days=1), period) if period else None


def _days(first: date, last: date) -> int:
    return working_days_between(first, last) if first <= last else 0
