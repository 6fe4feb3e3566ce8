"""What a plan is worth, in numbers and as expressions of a programme; less is better."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from binglian.engine.planning.axis import Ints
from binglian.engine.planning.network import NONE, Floats, Network

from .placement import Expr
from .programme import Programme
from .ranges import Range, file_finishes, file_starts
from .standing import Standing

AIMS = 4
FINEST = 10**6  # weights are told apart to this fraction


@dataclass(frozen=True, slots=True, order=True)
class Worth:
    """The first four tiers, whole: ``lateness`` in units of ``Aims.step``; instants of the axis."""

    overrun: int
    lateness: int
    makespan: int
    moved: int


@dataclass(frozen=True, slots=True)
class _Date:
    """Tasks whose last finish should not lie beyond an instant of the file."""

    tasks: Ints
    instant: int
    weight: int


class Aims:
    """The dates of a network, ready to be counted."""

    def __init__(self, network: Network) -> None:
        self.network = network
        weights = np.concatenate((network.weight, network.project_weight))
        self.step = _step(weights)
        each = [np.array([n]) for n in np.flatnonzero((network.deadline >= 0) | (network.due >= 0))]
        members = [np.flatnonzero(network.project == j) for j in range(len(network.project_due))]
        self.deadlines: list[_Date] = []
        self.dues: list[_Date] = []
        for own in each:
            n = int(own[0])
            self._add(own, network.deadline[n], network.due[n], network.weight[n])
        for j, own in enumerate(members):
            if len(own):
                self._add(
                    own,
                    network.project_deadline[j],
                    network.project_due[j],
                    network.project_weight[j],
                )
        self.in_force = np.flatnonzero((network.current != NONE) & (network.frozen_start == NONE))

    @property
    def is_makespan_only(self) -> bool:
        """Say whether nothing but the makespan tells plans apart."""
        return not (self.deadlines or self.dues or len(self.in_force))

    def _add(self, tasks: Ints, deadline: int, due: int, weight: float) -> None:
        if deadline != NONE:
            self.deadlines.append(_Date(tasks, int(deadline), 1))
        if due != NONE and weight > 0:
            self.dues.append(_Date(tasks, int(due), round(weight * self.step)))

    def worth(self, plan: Standing) -> Worth:
        """Return what a plan is worth."""
        axis = self.network.axis
        late = [0, 0]
        for k, dates in enumerate((self.deadlines, self.dues)):
            for date in dates:
                finish = int(axis.file_finish(plan.finishes[date.tasks].max()))
                late[k] += date.weight * max(0, finish - date.instant)
        start = np.where(
            self.network.duration[plan.modes[self.in_force]] == 0,
            axis.file_finish(plan.starts[self.in_force]),
            axis.file_start(plan.starts[self.in_force]),
        )
        moved = int(np.abs(start - self.network.current[self.in_force]).sum())
        return Worth(late[0], late[1], int(plan.finishes.max(initial=0)), moved)

    def of(self, programme: Programme) -> list[Expr]:
        """Return all aims in their order."""
        return [
            self.overrun(programme),
            self.lateness(programme),
            self.makespan(programme),
            self.moved(programme),
        ]

    def overrun(self, programme: Programme) -> Expr:
        """Return the units beyond hard deadlines."""
        return sum(self._beyond(programme, date) for date in self.deadlines)

    def lateness(self, programme: Programme) -> Expr:
        """Return the weighted units beyond due dates."""
        return sum(date.weight * self._beyond(programme, date) for date in self.dues)

    def makespan(self, programme: Programme) -> Expr:
        """Return the last finish."""
        return _last(programme, np.arange(self.network.tasks))

    def moved(self, programme: Programme) -> Expr:
        """Return the units by which starts differ from the plan in force."""
        terms = []
        axis, model = self.network.axis, programme.model
        for task in self.in_force.tolist():
            window = programme.start_window(task)
            now = int(self.network.current[task])
            ends = np.array(window)
            both = np.concatenate((axis.file_start(ends), axis.file_finish(ends)))
            apart = model.new_int_var(0, int(np.abs(both - now).max()), "")
            for mode, chosen in programme.choices(task):
                is_work = self.network.duration[mode] > 0
                ranges = (file_starts if is_work else file_finishes)(axis, *window)
                start = programme.along(programme.start(task), ranges)
                model.add(apart >= start - now).only_enforce_if(chosen)
                model.add(apart >= now - start).only_enforce_if(chosen)
            terms.append(apart)
        return sum(terms)

    def _beyond(self, programme: Programme, date: _Date) -> Expr:
        axis = self.network.axis
        latest = max(programme.finish_window(task)[1] for task in date.tasks.tolist())
        most = int(axis.file_finish(np.array(latest))) - date.instant
        if most <= 0:
            return 0
        finish = _last(programme, date.tasks)
        if len(axis.at) == 0:
            late = programme.model.new_int_var(0, most, "")
            programme.model.add(late >= finish - date.instant)
            return late
        ranges = []
        for one in file_finishes(axis, 0, latest):
            on = date.instant - one.offset  # finishes up to this one are on time
            if one.first <= on:
                ranges.append(Range(one.first, min(on, one.last), 0, 0))
            if one.last > on:
                ranges.append(Range(max(on + 1, one.first), one.last, 1, one.offset - date.instant))
        return programme.along(finish, ranges)


def _last(programme: Programme, tasks: Ints) -> Expr:
    """Return the last finish of some tasks."""
    own = tasks.tolist()
    if len(own) == 1:
        return programme.finish(own[0])
    moving = [task for task in own if task in programme.is_free or task in programme.block]
    still = set(own).difference(moving)
    held = max((programme.finish_window(task)[1] for task in still), default=0)
    if not moving:
        return held
    latest = max(held, *(programme.finish_window(task)[1] for task in moving))
    last = programme.model.new_int_var(held, latest, "")
    in_block = [task for task in moving if task in programme.block]
    if in_block:  # the last of them stands for all
        in_block = [max(in_block, key=lambda task: programme.finish_window(task)[1])]
    for task in in_block + [task for task in moving if task in programme.is_free]:
        programme.model.add(last >= programme.finish(task))
    return last


def _step(weights: Floats) -> int:
    """Return the least whole number that makes all weights whole, or one fine enough."""
    step = 1
    for weight in set(weights.tolist()):
        step = lcm(step, Fraction(weight).limit_denominator(FINEST).denominator)
        if step > FINEST:
            return FINEST
    return step
