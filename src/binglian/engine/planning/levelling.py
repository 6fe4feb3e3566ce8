"""The last aim: tasks moved later where that makes the use of resources more even."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from .axis import Ints
from .network import FINISH_FINISH, FINISH_START, START_FINISH, Floats, Network
from .programmes.aims import Aims
from .programmes.standing import Standing

Truths = npt.NDArray[np.bool_]

LEVELLED = 300  # tasks up to which the use of resources is levelled
LEVELLING = 4e-4  # seconds per task it takes
PASSES = 5  # over all tasks, unless nothing moves before
LONGEST = 5_000_000  # units of all resources and calendars together that are written out
LESS = 1e-9  # a difference in evenness that counts


def level(aims: Aims, plan: Standing, is_over: Callable[[], bool]) -> Standing:
    """Return the plan with tasks moved later, or itself if none need be; instants of the axis.

    Last tasks first, each goes where the sum of (use / capacity)² is least, all else staying: the
    first such place after where it was (A. R. Burgess, J. B. Killebrew, 1962), with a unit to
    spare, so that it neither becomes critical nor is what another waits for. No task finishes
    beyond the makespan or a date that was kept, nor later than what was late; tasks that are
    frozen or in force stay.
    """
    levelling = _Levelling(aims, plan)
    if levelling.is_long:
        return plan
    for _ in range(PASSES):
        order = np.argsort(-levelling.finishes, kind="stable").tolist()
        moved = [
            levelling.move(task) for task in order if levelling.may_move[task] and not is_over()
        ]
        if not any(moved) or is_over():
            break
    return Standing(levelling.starts, levelling.finishes, plan.modes)


class _Levelling:
    def __init__(self, aims: Aims, plan: Standing) -> None:
        self.network = network = aims.network
        self.plan, self.starts, self.finishes = plan, plan.starts.copy(), plan.finishes.copy()
        self.end = int(plan.finishes.max(initial=0))
        calendars = len(network.closed_start) - 1
        self.is_long = (len(network.capacity) + calendars) * self.end > LONGEST
        if self.is_long:
            return
        self.latest = _latest(aims, plan)
        self.open = [_open(network, c, self.end) for c in range(calendars)]
        self.worked = [np.append(0, np.cumsum(one)) for one in self.open]
        self.units = [np.flatnonzero(one) for one in self.open]
        self.use = np.zeros((len(network.capacity), self.end), dtype=np.int64)
        for task in range(network.tasks):
            self._take(task, 1)
        self.ties = defaultdict(list)
        for p, ends in enumerate(zip(network.before.tolist(), network.after.tolist(), strict=True)):
            for task in set(ends):
                self.ties[task].append(p)
        self.may_move = (network.frozen_start < 0) & (network.duration[plan.modes] > 0)
        self.may_move[aims.in_force] = False

    def move(self, task: int) -> bool:
        """Move a task to where use is most even; say whether it moved."""
        demands = [(r, amount) for r, amount in self._demands(task) if self._counts(r)]
        if not demands:
            return False
        mode = self.plan.modes[task]
        units = self.units[self.network.mode_calendar[mode]]
        length = int(self.network.duration[mode])
        first = int(np.searchsorted(units, self.plan.starts[task]))
        units = units[first:]
        starts, finishes = units[: len(units) - length + 1], units[length - 1 :] + 1
        fits = self.network.axis.file_finish(finishes) <= self.latest[task]
        for tie in self.ties[task]:
            fits &= self._keeps(tie, task, starts, finishes)
        self._take(task, -1)
        uneven = np.zeros(len(starts))
        for r, amount in demands:
            use, capacity = self.use[r][units], int(self.network.capacity[r])
            fits &= _sums(use + amount > capacity, length) == 0
            uneven += _sums(2 * use * amount + amount**2, length) / capacity**2
        here = int(np.searchsorted(starts, self.starts[task]))
        least = uneven[here] - LESS
        uneven[: here + 1] = np.inf
        uneven[~(fits & np.append(fits[1:], False))] = np.inf  # a unit to spare
        best = int(np.argmin(uneven))
        moves = bool(uneven[best] < least)
        if moves:
            self.starts[task], self.finishes[task] = starts[best], finishes[best]
        self._take(task, 1)
        return moves

    def _counts(self, resource: int) -> bool:
        return bool(self.network.renewable[resource] and self.network.capacity[resource] > 0)

    def _demands(self, task: int) -> list[tuple[int, int]]:
        network, mode = self.network, self.plan.modes[task]
        own = slice(network.demand_start[mode], network.demand_start[mode + 1])
        return list(
            zip(
                network.demand_resource[own].tolist(),
                network.demand_amount[own].tolist(),
                strict=True,
            )
        )

    def _take(self, task: int, sign: int) -> None:
        mode = self.plan.modes[task]
        if self.network.duration[mode] == 0:
            return
        units = self.units[self.network.mode_calendar[mode]]
        first, last = np.searchsorted(units, (self.starts[task], self.finishes[task]))
        for r, amount in self._demands(task):
            self.use[r, units[first:last]] += sign * amount

    def _keeps(self, tie: int, task: int, starts: Ints, finishes: Ints) -> Truths:
        """Say at which of the places a precedence is kept."""
        network, link = self.network, self.network.link[tie]

        def ends(one: int, by_finish: bool) -> Ints:
            if one == task:
                return finishes if by_finish else starts
            return (self.finishes if by_finish else self.starts)[one : one + 1]

        begin = ends(int(network.before[tie]), link in (FINISH_START, FINISH_FINISH))
        end = ends(int(network.after[tie]), link in (FINISH_FINISH, START_FINISH))
        units, worked = end - begin, self.worked[network.lag_calendar[tie]]
        units = np.where(units < 0, units, worked[end] - worked[begin])
        return np.asarray((units >= network.least[tie]) & (units <= network.most[tie]))


def _latest(aims: Aims, plan: Standing) -> Ints:
    """Return the last finish (N, the file's instants) that costs nothing in the aims before."""
    finish = aims.network.axis.file_finish(plan.finishes)
    latest = np.full(len(finish), finish.max(initial=0))
    for date in aims.deadlines + aims.dues:
        kept = max(date.instant, int(finish[date.tasks].max()))
        latest[date.tasks] = np.minimum(latest[date.tasks], kept)
    return latest


def _open(network: Network, calendar: int, end: int) -> Truths:
    is_open = np.ones(end, dtype=np.bool_)
    for first, last in network.closed(calendar).tolist():
        is_open[first:last] = False
    return is_open


def _sums(values: Ints | Truths, length: int) -> Floats:
    """Return the sum of each so many values in a row."""
    total = np.append(0, np.cumsum(values))
    return np.asarray(total[length:] - total[:-length], dtype=np.float64)
