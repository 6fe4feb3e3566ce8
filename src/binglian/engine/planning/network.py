"""The problem as plain arrays: what the solvers and bounds work on.

Everything is numbered from 0 in the problem's order. Units closed for everybody are cut out of
the axis where no rule counts them, so that a common calendar costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .axis import NOTHING, Axis, Ints, Stretches, closed_in, stretches
from .problem import Link, PlanningProblem, Precedence, Task
from .result import Plan

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.uint8]

NONE = -1  # where there is no instant, no project, no mode
FEW = 300  # tasks up to which milestones may stand anywhere in a stretch closed for everybody
NEVER = 1 << 60  # a ``most`` nobody asked for
FINISH_START, START_START, FINISH_FINISH, START_FINISH = range(4)
_LINKS = {
    Link.FINISH_START: FINISH_START,
    Link.START_START: START_START,
    Link.FINISH_FINISH: FINISH_FINISH,
    Link.START_FINISH: START_FINISH,
}


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Tasks N, modes M, demands D, resources R, precedences P, projects J, calendars C.

    Instants are of the short ``axis``, except those a plan is valued by, which stay the file's:
    ``deadline``, ``due``, ``current`` and the projects'. Calendar 0 is never closed; a mode's is
    where its task and all it demands are closed, a precedence's 0 counts elapsed units.
    """

    axis: Axis
    mode_start: Ints  # N + 1: the modes of a task
    duration: Ints  # M: worked units
    mode_calendar: Ints  # M
    demand_start: Ints  # M + 1: the demands of a mode
    demand_resource: Ints  # D
    demand_amount: Ints  # D, above 0
    capacity: Ints  # R
    renewable: Flags  # R
    before: Ints  # P: task
    after: Ints  # P: task
    link: Ints  # P: FINISH_START …
    least: Ints  # P: units of the lag calendar
    most: Ints  # P: the same, NEVER if unlimited
    lag_calendar: Ints  # P
    closed_start: Ints  # C + 1: the closed stretches of a calendar
    closed_first: Ints
    closed_last: Ints  # the unit after
    release: Ints  # N: of task and project, and today
    deadline: Ints  # N, NONE: the file's
    due: Ints  # N, NONE: the file's
    weight: Floats  # N
    project: Ints  # N, NONE
    project_deadline: Ints  # J, NONE: the file's
    project_due: Ints  # J, NONE: the file's
    project_weight: Floats  # J
    frozen_start: Ints  # N, NONE
    frozen_finish: Ints  # N, NONE
    frozen_mode: Ints  # N, NONE: numbers modes
    current: Ints  # N, NONE: start in the plan in force, the file's

    @property
    def tasks(self) -> int:
        """Return the number of tasks."""
        return len(self.release)

    def closed(self, calendar: int) -> Stretches:
        """Return the closed stretches of a calendar."""
        own = slice(self.closed_start[calendar], self.closed_start[calendar + 1])
        return np.column_stack((self.closed_first[own], self.closed_last[own]))


class _Calendars:
    """Numbers the calendars of modes and precedences; 0 is the one never closed."""

    def __init__(self, problem: PlanningProblem) -> None:
        self.named = {one.ref: stretches(one.closed) for one in problem.calendars if one.closed}
        self.number: dict[frozenset[str], int] = {frozenset(): 0}

        self._known: dict[tuple[str | None, ...], int] = {}  # most names come again and again

    def of(self, *names: str | None) -> int:
        number = self._known.get(names)
        if number is None:
            key = frozenset(name for name in names if name in self.named)
            number = self._known[names] = self.number.setdefault(key, len(self.number))
        return number

    def closed(self) -> list[Stretches]:
        return [
            closed_in([self.named[name] for name in key], 1) if key else NOTHING
            for key in self.number
        ]


def network_of(problem: PlanningProblem) -> Network:
    """Lay a planning problem out as arrays."""
    calendars = _Calendars(problem)
    resource = {one.ref: r for r, one in enumerate(problem.resources)}
    task = {one.ref: n for n, one in enumerate(problem.tasks)}
    project = {one.ref: j for j, one in enumerate(problem.projects)}
    resource_calendar = [one.calendar for one in problem.resources]

    duration, mode_calendar, mode_start = [], [], [0]
    demand_resource, demand_amount, demand_start = [], [], [0]
    for one in problem.tasks:
        for mode in one.modes:
            names = [one.calendar]
            for demand in mode.demands:
                if demand.amount:
                    r = resource[demand.resource]
                    demand_resource.append(r)
                    demand_amount.append(demand.amount)
                    names.append(resource_calendar[r])
            duration.append(mode.duration)
            works = mode.duration > 0 or (one.frozen is not None and one.frozen.finish is not None)
            mode_calendar.append(calendars.of(*names) if works else 0)
            demand_start.append(len(demand_resource))
        mode_start.append(len(duration))

    lags = [calendars.of(one.calendar) for one in problem.precedences]
    closed = calendars.closed()
    worked = _ints(mode_calendar)[_ints(duration) > 0]
    used = [closed[c] for c in {*worked.tolist(), *(c for c in lags if c)}]
    axis = Axis.without(_common(problem, used, lags))
    closed = [axis.instant(one) for one in closed]
    closed = [one[one[:, 0] < one[:, 1]] for one in closed]
    flat = np.concatenate(closed)

    frozen = [one.frozen for one in problem.tasks]
    released = {one.ref: one.release for one in problem.projects}
    ready = [_ready(one, released, problem.earliest) for one in problem.tasks]
    current = np.full(len(task), NONE)
    for ref, start in problem.current:
        current[task[ref]] = start
    return Network(
        axis=axis,
        mode_start=_ints(mode_start),
        duration=_ints(duration),
        mode_calendar=_ints(mode_calendar),
        demand_start=_ints(demand_start),
        demand_resource=_ints(demand_resource),
        demand_amount=_ints(demand_amount),
        capacity=_ints([one.capacity for one in problem.resources]),
        renewable=np.array([one.renewable for one in problem.resources], dtype=np.uint8),
        before=_ints([task[one.before] for one in problem.precedences]),
        after=_ints([task[one.after] for one in problem.precedences]),
        link=_ints([_LINKS[one.link] for one in problem.precedences]),
        least=_ints([one.least for one in problem.precedences]),
        most=_ints([NEVER if one.most is None else one.most for one in problem.precedences]),
        lag_calendar=_ints(lags),
        closed_start=np.cumsum([0, *(len(one) for one in closed)]),
        closed_first=np.ascontiguousarray(flat[:, 0]),
        closed_last=np.ascontiguousarray(flat[:, 1]),
        release=axis.instant(_ints(ready)),
        deadline=_optional([one.deadline for one in problem.tasks]),
        due=_optional([one.due for one in problem.tasks]),
        weight=np.array([one.weight for one in problem.tasks], dtype=np.float64),
        project=_optional([project.get(one.project or "") for one in problem.tasks]),
        project_deadline=_optional([one.deadline for one in problem.projects]),
        project_due=_optional([one.due for one in problem.projects]),
        project_weight=np.array([one.weight for one in problem.projects], dtype=np.float64),
        frozen_start=_on(axis, [one.start if one else None for one in frozen]),
        frozen_finish=_on(axis, [one.finish if one else None for one in frozen]),
        frozen_mode=_frozen_modes(problem, mode_start),
        current=current,
    )


def plan_of(
    problem: PlanningProblem, network: Network, starts: Ints, finishes: Ints, modes: Ints
) -> Plan:
    """Return the plan of starts, finishes (N, instants of the axis) and modes (N, numbering all).

    A milestone in a stretch that was cut out stands at its beginning, where what it waits for
    ended; what is frozen stands where the problem says.
    """
    axis = network.axis
    milestone = network.duration[modes] == 0
    start = np.where(milestone, axis.file_finish(starts), axis.file_start(starts)).tolist()
    finish = axis.file_finish(finishes).tolist()
    begins, ends, ways = {}, {}, {}
    chosen = (modes - network.mode_start[:-1]).tolist()
    for n, one in enumerate(problem.tasks):
        frozen = one.frozen
        begins[one.ref] = start[n] if frozen is None else frozen.start
        if frozen is not None and frozen.finish is not None:
            ends[one.ref] = frozen.finish
        else:
            ends[one.ref] = begins[one.ref] if milestone[n] else finish[n]
        ways[one.ref] = one.modes[chosen[n]].ref
    return Plan(begins, ends, ways)


def _ints(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def _optional(values: list[int | None]) -> Ints:
    return np.array([NONE if one is None else one for one in values], dtype=np.int64)


def _on(axis: Axis, values: list[int | None]) -> Ints:
    file = _optional(values)
    return np.where(file >= 0, axis.instant(np.maximum(file, 0)), NONE)


def _ready(task: Task, released: dict[str, int], today: int) -> int:
    if task.frozen is not None:
        return 0
    return max(task.release, today, released[task.project] if task.project else 0)


def _frozen_modes(problem: PlanningProblem, mode_start: list[int]) -> Ints:
    frozen = np.full(len(problem.tasks), NONE)
    for n, one in enumerate(problem.tasks):
        if one.frozen is not None and one.frozen.mode is not None:
            refs = [mode.ref for mode in one.modes]
            frozen[n] = mode_start[n] + refs.index(one.frozen.mode)
    return frozen


def _common(problem: PlanningProblem, used: list[Stretches], lags: list[int]) -> Stretches:
    """Return the stretches closed for everybody, if none of the rules counts their units."""
    common = closed_in(used, len(used)) if used and all(len(one) for one in used) else NOTHING
    if not len(common):
        return NOTHING
    milestones = {one.ref for one in problem.tasks if any(not m.duration for m in one.modes)}
    current = dict(problem.current)
    if len(problem.tasks) <= FEW and not milestones.isdisjoint(current):
        return NOTHING  # how far a milestone is moved within a stretch counts
    for one, calendar in zip(problem.precedences, lags, strict=True):
        if not _blind(one, calendar, milestones):
            return NOTHING
    # Stretches stay within which something may happen all the same: a milestone that is released
    # or in force there, or what is frozen.
    released = {one.ref: one.release for one in problem.projects}
    begin, end = [], []
    for task in problem.tasks:
        if task.frozen is not None:
            begin.append(task.frozen.start)
            end.append(task.frozen.finish or 0)
        elif task.ref in milestones:
            end.append(_ready(task, released, problem.earliest))
            end.append(current.get(task.ref, 0))  # where it cannot stand otherwise
    points = np.concatenate((_ints(begin), _ints(end) - 1))
    holding = np.searchsorted(common[:, 0], points, side="right") - 1
    stays = (holding >= 0) & (points < common[:, 1][holding])
    return np.delete(common, holding[stays], axis=0)


def _blind(one: Precedence, calendar: int, milestones: set[str]) -> bool:
    """Say whether a precedence means the same without units closed for everybody."""
    if calendar == 0 and (one.least != 0 or one.most is not None):
        return False
    if one.link == Link.FINISH_START:
        return True
    return one.link != Link.START_FINISH and milestones.isdisjoint((one.before, one.after))
