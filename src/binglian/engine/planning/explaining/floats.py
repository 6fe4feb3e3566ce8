"""How far each task could slip without delaying its project, capacities kept or left aside.

The plan is shifted to the right: tasks are taken from the last to the first, and each is put as
late as its successors, already shifted, and the capacities allow.

Reference: J. D. Wiest (1964), Some properties of schedules for large projects with limited
resources, Operations Research 12.
"""

import numpy as np
import numpy.typing as npt

from binglian.engine.planning.problem import Link, Precedence

from .hours import Hours
from .view import View

MOST_CELLS = 40_000_000  # units × resources up to which capacities are looked at

Bools = npt.NDArray[np.bool_]


def floats_of(view: View, *, with_capacity: bool = True) -> list[int]:
    """Return for each task (N) the worked units by which it could start later.

    What is done has none. Without capacities, or where they would not fit in memory, only
    precedence counts.
    """
    horizon = max(view.finish, default=0)
    shared = with_capacity and horizon * len(view.capacity) <= MOST_CELLS
    use = _Use(view, horizon) if shared else None
    start, finish = list(view.start), list(view.finish)
    # A milestone at the very instant another task ends may wait for it.
    order = sorted(range(len(start)), key=lambda n: (finish[n], start[n], -view.units[n]))
    found = [0] * len(start)
    for n in _latest_first(view, order):
        if view.is_done(n):
            continue
        latest = _latest_finish(view, n, start, finish)
        at = view.hours[n].latest_start(max(latest, view.finish[n]), view.units[n])
        if use is not None and view.units[n]:
            at = use.latest(n, at)
        at = max(at, view.start[n])
        found[n] = view.hours[n].worked(at) - view.hours[n].worked(view.start[n])
        if at > start[n]:
            start[n], finish[n] = at, view.hours[n].finish(at, view.units[n])
            if use is not None:
                use.move(n, start[n], finish[n])
    return found


def _latest_first(view: View, order: list[int]) -> list[int]:
    """Return the tasks so that each comes after all that wait for it."""
    place = {n: k for k, n in enumerate(order)}
    waiting = [len(links) for links in view.after]
    ready = sorted((n for n in order if not waiting[n]), key=place.__getitem__)
    found = []
    while ready:
        n = ready.pop()
        found.append(n)
        for link in view.before[n]:
            earlier = view.row[link.before]
            waiting[earlier] -= 1
            if not waiting[earlier]:
                ready.append(earlier)
    missing = set(order) - set(found)  # start-finish and most may tie both ways
    return found + [n for n in reversed(order) if n in missing]


def _latest_finish(view: View, n: int, start: list[int], finish: list[int]) -> int:
    latest = view.end[n]
    for link in view.after[n]:
        latest = min(latest, _allowed(view, n, link, start, finish))
    for link in view.before[n]:
        if link.most is not None:
            latest = min(latest, _lapses(view, n, link))
    return latest


def _allowed(view: View, n: int, link: Precedence, start: list[int], finish: list[int]) -> int:
    """Return the latest finish of task n that a successor, where it is now, allows."""
    later = view.row[link.after]
    to_start = link.link in (Link.FINISH_START, Link.START_START)
    target = start[later] if to_start else finish[later]
    hours = view.lag_hours(link)
    base = target - link.least if link.least <= 0 else hours.latest_start(target, link.least)
    if link.link in (Link.FINISH_START, Link.FINISH_FINISH):
        return base
    return view.hours[n].finish_by_start(base, view.units[n])


def _lapses(view: View, n: int, link: Precedence) -> int:
    """Return the latest finish of task n before what it waits for lapses."""
    earlier = view.row[link.before]
    from_finish = link.link in (Link.FINISH_START, Link.FINISH_FINISH)
    base = view.finish[earlier] if from_finish else view.start[earlier]
    assert link.most is not None
    limit = view.lag_hours(link).after(base, link.most)
    if link.link in (Link.FINISH_FINISH, Link.START_FINISH):
        return limit
    return view.hours[n].finish_by_start(limit, view.units[n])


class _Use:
    """What is used of every renewable resource in every unit up to the end."""

    def __init__(self, view: View, horizon: int) -> None:
        self.view, self.horizon = view, horizon
        self.number = {ref: r for r, ref in enumerate(view.capacity)}
        self.capacity = list(view.capacity.values())
        self.used = np.zeros((len(self.number), horizon), dtype=np.int64)
        self._open: dict[int, Bools] = {}
        for resource, shortages in view.shortages.items():
            for first, last, amount in shortages:
                self.used[self.number[resource], first:last] += amount
        self.at = list(zip(view.start, view.finish, strict=True))
        for n in range(len(view.refs)):
            self._add(n, 1)

    def _open_in(self, hours: Hours) -> Bools:
        if id(hours) not in self._open:
            mask = np.ones(self.horizon, dtype=np.bool_)
            for first, last in zip(hours.first, hours.last, strict=True):
                mask[first:last] = False
            self._open[id(hours)] = mask
        return self._open[id(hours)]

    def _add(self, n: int, sign: int) -> None:
        first, last = self.at[n]
        works = self._open_in(self.view.hours[n])[first:last]
        for resource, amount in self.view.demands[n]:
            self.used[self.number[resource], first:last] += sign * amount * works

    def move(self, n: int, start: int, finish: int) -> None:
        """Put a task elsewhere."""
        self._add(n, -1)
        self.at[n] = (start, finish)
        self._add(n, 1)

    def latest(self, n: int, start: int) -> int:
        """Return the latest start up to ``start`` at which all that is demanded is free."""
        view = self.view
        if not view.demands[n]:
            return start
        self._add(n, -1)
        hours, units = view.hours[n], view.units[n]
        works = self._open_in(hours)
        while start > view.start[n]:
            finish = hours.finish(start, units)
            if finish > self.horizon:
                start = hours.latest_start(self.horizon, units)
                continue
            blocked = -1
            for resource, amount in view.demands[n]:
                r = self.number[resource]
                full = self.used[r, start:finish] > self.capacity[r] - amount
                full &= works[start:finish]
                if full.any():
                    blocked = max(blocked, start + int(np.flatnonzero(full)[-1]))
            if blocked < 0:
                break
            start = hours.latest_start(blocked, units)
        self._add(n, 1)
        return start
