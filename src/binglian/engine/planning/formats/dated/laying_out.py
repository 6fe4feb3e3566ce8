"""From dates and working hours to the whole units of a planning problem."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from math import gcd

from binglian.engine.planning.formats.axis import Unit, lay_axis
from binglian.engine.planning.formats.plan_file import PlanFile
from binglian.engine.planning.formats.recognising import Format
from binglian.engine.planning.formats.remarks import Decided, Remark
from binglian.engine.planning.problem import (
    Calendar,
    Demand,
    Frozen,
    Mode,
    PlanningProblem,
    Precedence,
    Project,
    Resource,
    Task,
)

from .plan import ConstraintKind, DatedLink, DatedPlan, DatedTask
from .worked import Worked
from .working_time import ALL_DAY, DAY, WorkingTime, shared

_MOST_DAYS = 36_525
_NIGHT_AND_DAY = WorkingTime([ALL_DAY] * 7)
_EVER = "day and night"


def lay_out(plan: DatedPlan, format: Format) -> PlanFile:
    """Return the problem of a plan, in units that keep all its times exact.

    The axis holds the time in which any calendar of a task works; nights and weekends are no part
    of it unless something goes on over them.
    """
    return _LayingOut(plan).plan_file(format)


class _LayingOut:
    def __init__(self, plan: DatedPlan) -> None:
        self.plan = plan
        self.remarks = list(plan.remarks)
        starts = [task.started for task in plan.tasks if task.started]
        first = min([plan.start, *starts])
        self.origin = datetime.combine(first.date(), time())
        self.names = {task.calendars: _name(task.calendars) for task in plan.tasks}
        for link in plan.links:
            only = frozenset(() if link.calendar is None else (link.calendar,))
            if link.minutes:
                self.names.setdefault(only, _name(only))
        times = {name: self._time(refs) for refs, name in self.names.items()}
        self.minutes = self._unit(times)
        days = self._days_needed(times)
        begins = (60 * first.hour + first.minute) // self.minutes * self.minutes
        worked = {
            name: [(max(a, begins), b) for a, b in time.laid_out(self.origin, days) if b > begins]
            for name, time in times.items()
        }
        self.axis, closed = lay_axis(Unit.MINUTES, self.origin, self.minutes, worked)
        self.closed = {name: stretches for name, stretches in closed.items() if stretches}
        self.clocks = {name: Worked(closed[name]) for name in times}

    def plan_file(self, format: Format) -> PlanFile:
        plan = self.plan
        projects = dict.fromkeys(task.project for task in plan.tasks if task.project)
        problem = PlanningProblem(
            tasks=tuple(map(self._task, plan.tasks)),
            precedences=tuple(map(self._precedence, plan.links)),
            resources=tuple(self._resources()),
            calendars=tuple(Calendar(name, closed) for name, closed in self.closed.items()),
            projects=tuple(map(Project, projects)),
            earliest=max(0, self.axis.unit_from(plan.status or plan.start)),
        )
        return PlanFile(
            problem,
            format,
            self.axis,
            plan.title,
            {task.ref: task.title for task in plan.tasks},
            {task.ref: task.owner for task in plan.tasks if task.owner},
            {task.ref: task.row for task in plan.tasks if task.row is not None},
            tuple(dict.fromkeys(self.remarks)),
        )

    def _time(self, refs: frozenset[str]) -> WorkingTime:
        """Return the working time that calendars share; what never works is taken as always."""
        if not refs:
            return _NIGHT_AND_DAY
        found = shared([self.plan.calendars[ref] for ref in sorted(refs)])
        if not found.ever_works:
            self.remarks.append(Remark(Decided.NO_WORK, _name(refs)))
            return _NIGHT_AND_DAY
        return found

    def _unit(self, times: Mapping[str, WorkingTime]) -> int:
        """Return the minutes of the longest unit that keeps all times exact."""
        unit = DAY
        for working in times.values():
            unit = gcd(unit, *working.boundaries())
        for task in self.plan.tasks:
            unit = gcd(unit, task.minutes, task.remaining or 0)
            for moment in (task.started, task.finished, *(c.moment for c in task.constraints)):
                if moment is not None:
                    unit = gcd(unit, moment.hour * 60 + moment.minute)
        for link in self.plan.links:
            unit = gcd(unit, link.minutes)
        return unit

    def _days_needed(self, times: Mapping[str, WorkingTime]) -> int:
        """Return in how many days the plan is done, whatever its order."""
        minutes = sum(task.minutes for task in self.plan.tasks)
        minutes += sum(max(0, link.minutes) for link in self.plan.links)
        least = min((working.minutes_a_week for working in times.values()), default=7 * DAY)
        dates = [
            moment
            for task in self.plan.tasks
            for moment in (task.started, task.finished, *(c.moment for c in task.constraints))
            if moment is not None
        ]
        span = (max(dates) - self.origin).days if dates else 0
        return int(min(2 * 7 * (minutes // least + 1) + max(span, 0) + 60, _MOST_DAYS))

    def _task(self, task: DatedTask) -> Task:
        name = self.names[task.calendars]
        clock = self.clocks[name]
        duration = task.minutes // self.minutes
        frozen = self._frozen(task)
        if frozen and task.remaining is not None and task.finished is None:
            status = self.axis.unit_from(self.plan.status or self.plan.start)
            done = max(0, clock.before(status) - clock.before(frozen.start))
            duration = done + task.remaining // self.minutes
        release, deadline = self._limits(task, clock, duration)
        demands = tuple(Demand(ref, amount) for ref, amount in task.demands.items() if amount)
        return Task(
            task.ref,
            (Mode("1", duration, demands),),
            project=task.project,
            calendar=name if name in self.closed else None,
            release=release,
            deadline=deadline,
            frozen=frozen,
        )

    def _frozen(self, task: DatedTask) -> Frozen | None:
        if task.started is None:
            return None
        start = max(0, self.axis.unit_from(task.started))
        if task.finished is None:
            return Frozen(start)
        return Frozen(start, finish=max(start, self.axis.units_until(task.finished)))

    def _limits(self, task: DatedTask, clock: Worked, duration: int) -> tuple[int, int | None]:
        release, deadline = 0, None
        for one in task.constraints:
            first = max(0, self.axis.unit_from(one.moment))
            last = max(0, self.axis.units_until(one.moment))
            if one.kind in (ConstraintKind.START_FROM, ConstraintKind.START_ON):
                release = max(release, first)
            if one.kind in (ConstraintKind.FINISH_FROM, ConstraintKind.FINISH_ON):
                release = max(release, clock.start_to_finish_from(last, duration))
            latest = None
            if one.kind in (ConstraintKind.FINISH_BY, ConstraintKind.FINISH_ON):
                latest = last
            if one.kind in (ConstraintKind.START_BY, ConstraintKind.START_ON):
                latest = clock.latest_finish(first, duration)
            if latest is not None:
                deadline = latest if deadline is None else min(deadline, latest)
        return release, deadline

    def _precedence(self, link: DatedLink) -> Precedence:
        least = link.minutes // self.minutes
        name = _name(frozenset(() if link.calendar is None else (link.calendar,)))
        calendar = name if link.minutes and name in self.closed else None
        if least < 0 and calendar is not None:
            titles = {task.ref: task.title for task in self.plan.tasks}
            what = f"{titles[link.before]} → {titles[link.after]}"
            self.remarks.append(Remark(Decided.LEAD, what))
            calendar = None
        return Precedence(link.before, link.after, link.link, least, None, calendar)

    def _resources(self) -> Iterator[Resource]:
        """Yield what tasks ask for; nobody is asked for more than there is by one task alone."""
        most: dict[str, int] = {}
        total: dict[str, int] = {}
        for task in self.plan.tasks:
            for ref, amount in task.demands.items():
                most[ref] = max(most.get(ref, 0), amount)
                total[ref] = total.get(ref, 0) + amount
        for resource in self.plan.resources:
            if resource.ref in most:
                limit = total[resource.ref] if resource.hundredths is None else resource.hundredths
                if limit < most[resource.ref]:
                    self.remarks.append(Remark(Decided.RAISED, resource.ref))
                yield Resource(resource.ref, max(limit, most[resource.ref]))


def _name(refs: frozenset[str]) -> str:
    return " & ".join(sorted(refs)) if refs else _EVER
