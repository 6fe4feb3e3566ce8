"""A problem and a plan as columns: the judge's own, made from the dataclasses alone."""

from collections.abc import Iterable
from functools import cache

import numpy as np

from binglian.engine.planning.problem import Frozen, Mode, PlanningProblem
from binglian.engine.planning.result import Plan

from .working_time import Ints, WorkingTime, closed_stretches


class Tables:
    """The planned tasks (N) of a problem, in its order, with what the plan says of each.

    ``calendar`` numbers the working times: that of a task is where neither its own calendar nor
    that of a resource its mode demands is closed. A frozen task is history.
    """

    def __init__(self, problem: PlanningProblem, plan: Plan) -> None:
        self.problem = problem
        self._closed = {one.ref: closed_stretches(one) for one in problem.calendars if one.closed}
        self._numbers: dict[frozenset[str], int] = {frozenset(): 0}
        self.refs = [task.ref for task in problem.tasks]
        self.row = {ref: n for n, ref in enumerate(self.refs)}
        self.start = column(plan.starts[ref] for ref in self.refs)
        self.finish = column(plan.finishes[ref] for ref in self.refs)
        self.modes = [
            task.modes[0]
            if len(task.modes) == 1
            else next(mode for mode in task.modes if mode.ref == plan.modes[task.ref])
            for task in problem.tasks
        ]
        self.duration = column(mode.duration for mode in self.modes)
        self.frozen = np.array([task.frozen is not None for task in problem.tasks], dtype=np.bool_)
        resource_calendar = {one.ref: one.calendar for one in problem.resources}
        self.calendar = column(
            self._calendar(task.calendar, mode, resource_calendar)
            for task, mode in zip(problem.tasks, self.modes, strict=True)
        )
        self._working_time = cache(self._working_time_of)

    def _calendar(self, own: str | None, mode: Mode, resources: dict[str, str | None]) -> int:
        demanded = (resources[one.resource] for one in mode.demands if one.amount)
        return self.number((own, *demanded))

    def number(self, calendars: Iterable[str | None]) -> int:
        """Return the number of the working time that keeps these calendars."""
        key = frozenset(name for name in calendars if name in self._closed)
        return self._numbers.setdefault(key, len(self._numbers))

    def working_time(self, number: int) -> WorkingTime:
        """Return a working time by its number."""
        return self._working_time(number)

    def _working_time_of(self, number: int) -> WorkingTime:
        names = tuple(self._numbers)[number]
        return WorkingTime(self._closed[name] for name in names)

    def expected_finish(self, rows: Ints, number: int) -> Ints:
        """Return when tasks of one working time finish that start as planned."""
        time, start, units = self.working_time(number), self.start[rows], self.duration[rows]
        last = time.worked_unit(time.worked(start) + np.maximum(units, 1) - 1)
        return np.where(units > 0, last + 1, start)

    def history(self) -> Iterable[tuple[int, Frozen]]:
        """Return the rows of frozen tasks, and what is frozen of each."""
        return (
            (n, task.frozen) for n, task in enumerate(self.problem.tasks) if task.frozen is not None
        )


def column(values: Iterable[int]) -> Ints:
    """Return whole numbers as an array."""
    return np.array(list(values), dtype=np.int64)


def groups(keys: Ints) -> Iterable[tuple[int, Ints]]:
    """Return each key and the rows that have it, ascending."""
    order = np.argsort(keys, kind="stable")
    found, first = np.unique(keys[order], return_index=True)
    return zip(found.tolist(), np.split(order, first[1:]), strict=True) if len(keys) else ()
