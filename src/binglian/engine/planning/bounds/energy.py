"""Whether some resource has more work in some stretch than room for it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from binglian.engine.planning.axis import Axis, Ints, closed_in
from binglian.engine.planning.kernel.compiled import pointer
from binglian.engine.planning.network import Flags, Network

from .windows import Ends, Windows

Truths = npt.NDArray[np.bool_]

STEPS = 30_000_000  # inner steps of the kernel one question may take
PARTS = (1, 2, 3)  # see _parts


class _Work(ctypes.Structure):
    _fields_ = (
        [("tasks", ctypes.c_int64)]
        + [
            (name, ctypes.c_void_p)
            for name in ("first", "latest", "duration", "demand", "energy", "rigid")
        ]
        + [("capacity", ctypes.c_int64)]
    )


class Energy:
    """The work of every renewable resource, on an axis without what is closed for all of it."""

    def __init__(self, ends: Ends) -> None:
        self.lib = ends.site.lib
        self.loads = [load for load in _loads(ends) if len(load.tasks)]

    def refutes(self, windows: Windows, *, shifted: bool) -> bool:
        """Say whether no plan keeps these windows; ``shifted`` looks closer and longer."""
        return any(self._is_overloaded(load, windows, shifted) for load in self.loads)

    def _is_overloaded(self, load: _Load, windows: Windows, shifted: bool) -> bool:
        first = load.axis.instant(windows.first_start[load.tasks])
        latest = load.axis.instant(windows.last_finish[load.tasks])
        order = np.argsort(latest, kind="stable")
        first, latest = (np.ascontiguousarray(one[order]) for one in (first, latest))
        end = int(latest[-1])
        shifted = shifted and end <= 50 * len(order)
        points = _points(first, len(order) + (end if shifted else 0), len(self.loads))
        duration, rigid = (np.ascontiguousarray(one[order]) for one in (load.duration, load.rigid))
        for capacity, demand, energy in load.shapes:
            demand, energy = (np.ascontiguousarray(one[order]) for one in (demand, energy))
            arrays = (first, latest, duration, demand, energy, rigid)
            work = _Work(len(order), *(one.ctypes.data for one in arrays), capacity)
            if self.lib.binglian_overload(
                ctypes.byref(work),
                ctypes.c_int64(len(points)),
                pointer(points),
                ctypes.c_int64(end),
                int(shifted),
            ):
                return True
        return False


class _Modes(NamedTuple):
    """What is the same for all resources."""

    task: Ints  # M: of a mode
    ways: Ints  # N: how many usable modes a task has
    first: Ints  # N: its first usable mode


class _Load:
    """What the tasks that cannot do without one resource take of it.

    ``shapes`` are ``(capacity, demands, energies)`` of the resource and of what its capacity
    implies about tasks that do not fit beside one another.
    """

    def __init__(self, ends: Ends, modes: _Modes, r: int, mode: Ints, amount: Ints) -> None:
        network = ends.network
        capacity = int(network.capacity[r])
        asks = (network.duration[mode] > 0) & (ends.usable[mode] == 1)
        mode, amount = mode[asks], amount[asks]
        tasks, row, count = np.unique(modes.task[mode], return_inverse=True, return_counts=True)
        least = np.full(len(tasks), np.int64(1) << 60)
        np.minimum.at(least, row, amount * network.duration[mode])
        least[count < modes.ways[tasks]] = 0  # another mode needs none
        frozen = network.frozen_start[tasks] >= 0
        if _exceeds(ends, modes.task[mode], amount, capacity):
            least[frozen] = 0  # history is not counted where it breaks the rule itself
        # What is frozen may have been broken off: its units count as far as they were worked.
        least[frozen & (network.frozen_finish[tasks] >= 0)] = 0
        kept = least > 0
        self.tasks, frozen = tasks[kept], frozen[kept]
        first = modes.first[self.tasks]
        alone = modes.ways[self.tasks] == 1
        calendars = network.mode_calendar[first]
        closed = [network.closed(int(c)) for c in set(calendars.tolist())]
        self.axis = Axis.without(closed_in(closed, len(closed)))
        alike = len(closed) == 1
        steady = alike | ((calendars == 0) & ~frozen)
        self.rigid = (alone & steady).astype(np.uint8)
        self.duration = network.duration[first]
        demand = np.zeros(len(tasks), dtype=np.int64)
        demand[row] = amount
        demand = demand[kept]
        self.shapes = [(capacity, demand, least[kept])]
        self.shapes += _parts(capacity, demand, self.duration, alone)


def _loads(ends: Ends) -> Iterator[_Load]:
    network, usable = ends.network, ends.usable
    modes = _Modes(
        np.repeat(np.arange(network.tasks), np.diff(network.mode_start)),
        np.add.reduceat(usable.astype(np.int64), network.mode_start[:-1]),
        _first_usable(network, usable),
    )
    mode_of = np.repeat(np.arange(len(network.duration)), np.diff(network.demand_start))
    order = np.argsort(network.demand_resource, kind="stable")
    begin = np.searchsorted(network.demand_resource[order], np.arange(len(network.capacity) + 1))
    for r in np.flatnonzero(network.renewable).tolist():
        rows = order[begin[r] : begin[r + 1]]
        yield _Load(ends, modes, r, mode_of[rows], network.demand_amount[rows])


def _first_usable(network: Network, usable: Flags) -> Ints:
    far = len(usable)
    number = np.where(usable == 1, np.arange(far), far)
    return np.minimum.reduceat(number, network.mode_start[:-1])


def _exceeds(ends: Ends, tasks: Ints, amount: Ints, capacity: int) -> bool:
    """Say whether what is frozen may exceed the capacity by itself."""
    start, finish = ends.network.frozen_start[tasks], ends.frozen_finish[tasks]
    frozen = start >= 0
    at = np.concatenate((start[frozen], finish[frozen]))
    steps = np.concatenate((amount[frozen], -amount[frozen]))
    order = np.lexsort((steps, at))
    return bool(np.cumsum(steps[order]).max(initial=0) > capacity)


def _parts(
    capacity: int, demand: Ints, duration: Ints, alone: Truths
) -> Iterator[tuple[int, Ints, Ints]]:
    """Give other demands that fit whenever the true ones do.

    Dual feasible functions: of demands above ``capacity / (k + 1)`` at most ``k`` fit side by
    side. S. Fekete, J. Schepers (2001), New classes of fast lower bounds for bin packing problems.
    """
    for k in PARTS:
        scaled = (k + 1) * demand
        whole = scaled % capacity == 0 if capacity else scaled == 0
        new = np.where(whole, k * demand, scaled // max(capacity, 1) * capacity)
        new = np.where(alone, new, 0)
        if np.any(new > k * demand):
            yield k * capacity, new, new * duration


def _points(first: Ints, steps: int, loads: int) -> Ints:
    """Return the instants from which work is counted: all earliest starts, or some of them."""
    points = np.unique(first)
    most = max(8, STEPS // max(1, steps * loads))
    if len(points) > most:
        points = points[np.linspace(0, len(points) - 1, most).astype(np.int64)]
    return np.ascontiguousarray(points)
