"""A plan laid out for explanations: what each task does, waits for, and shares."""

from collections import defaultdict

from binglian.engine.planning.problem import Link, PlanningProblem, Precedence
from binglian.engine.planning.result import Plan

from .hours import Hours

_ALWAYS = Hours(())


class View:
    """The tasks of a plan (N, in the problem's order), as columns.

    ``demands[n]`` are (resource ref, amount) of renewable resources; ``before[n]`` the precedences
    that end at task n, ``after[n]`` those that begin there; ``ready[n]`` the instant of its
    releases; ``end[n]`` the finish of its project, or of the whole plan.
    """

    def __init__(self, problem: PlanningProblem, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        self.refs = [task.ref for task in problem.tasks]
        self.row = {ref: n for n, ref in enumerate(self.refs)}
        self.start = [plan.starts[ref] for ref in self.refs]
        self.finish = [plan.finishes[ref] for ref in self.refs]
        self.capacity = {one.ref: one.capacity for one in problem.resources if one.renewable}
        self.shortages = {one.ref: one.shortages for one in problem.resources if one.shortages}
        self._calendars = {one.ref: one for one in problem.calendars}
        self._of_resource = {one.ref: one.calendar for one in problem.resources}
        self._hours: dict[frozenset[str], Hours] = {}
        self.units: list[int] = []
        self.hours: list[Hours] = []
        self.demands: list[list[tuple[str, int]]] = []
        self._lay_out()
        self.before: list[list[Precedence]] = [[] for _ in self.refs]
        self.after: list[list[Precedence]] = [[] for _ in self.refs]
        for one in problem.precedences:
            self.before[self.row[one.after]].append(one)
            self.after[self.row[one.before]].append(one)

    def _lay_out(self) -> None:
        problem = self.problem
        released = {one.ref: one.release for one in problem.projects}
        self.ready = [
            max(task.release, problem.earliest, released.get(task.project or "", 0))
            for task in problem.tasks
        ]
        ends: dict[str | None, int] = defaultdict(int)
        for n, task in enumerate(problem.tasks):
            chosen = self.plan.modes[task.ref]
            mode = next(mode for mode in task.modes if mode.ref == chosen)
            done = task.frozen is not None and task.frozen.finish is not None
            names = {task.calendar, *(self._of_resource[d.resource] for d in mode.demands)}
            self.hours.append(self._hours_of(names))
            worked = self.hours[n].worked(self.finish[n]) - self.hours[n].worked(self.start[n])
            self.units.append(worked if done else mode.duration)
            self.demands.append(
                [
                    (one.resource, one.amount)
                    for one in mode.demands
                    if one.amount and one.resource in self.capacity
                ]
            )
            ends[task.project] = max(ends[task.project], self.finish[n])
        last = max(self.finish, default=0)
        self.end = [ends[task.project] if task.project else last for task in problem.tasks]

    def _hours_of(self, names: set[str | None]) -> Hours:
        key = frozenset(n for n in names if n is not None)
        if key not in self._hours:
            self._hours[key] = Hours([self._calendars[name] for name in sorted(key)])
        return self._hours[key]

    def lag_hours(self, link: Precedence) -> Hours:
        """Return the hours in which a lag is counted."""
        return self._hours_of({link.calendar}) if link.calendar else _ALWAYS

    def there(self, resource: str, unit: int) -> int:
        """Return how much of a resource is there in a unit."""
        short = (
            amount
            for first, last, amount in self.shortages.get(resource, ())
            if first <= unit < last
        )
        return self.capacity[resource] - sum(short)

    def is_frozen(self, n: int) -> bool:
        """Say whether a task has begun or is promised."""
        return self.problem.tasks[n].frozen is not None

    def is_done(self, n: int) -> bool:
        """Say whether a task is done."""
        frozen = self.problem.tasks[n].frozen
        return frozen is not None and frozen.finish is not None

    def needed_start(self, link: Precedence) -> int:
        """Return the earliest start that a precedence's least lag lets its later task have."""
        n, earlier = self.row[link.after], self.row[link.before]
        from_finish = link.link in (Link.FINISH_START, Link.FINISH_FINISH)
        base = self.finish[earlier] if from_finish else self.start[earlier]
        instant = self.lag_hours(link).after(base, link.least)
        hours, units = self.hours[n], self.units[n]
        if link.link in (Link.FINISH_START, Link.START_START):
            return hours.next_open(max(0, instant)) if units else instant
        if not units:
            return instant
        return hours.unit(max(0, hours.worked(max(0, instant - 1)) - units + 1))
