"""Whether some resource has more work in some stretch than room for it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

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
        network, usable = ends.network, ends.usable
        self.lib = ends.site.lib
        loads = []
        for r in np.flatnonzero(network.renewable).tolist():
            load = _Load(network, usable, ends, r)
            if len(load.tasks):
                loads.append(load)
        self.loads = loads

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


class _Load:
    """What the tasks that cannot do without one resource take of it.

    ``shapes`` are ``(capacity, demands, energies)`` of the resource and of what its capacity
    implies about tasks that do not fit beside one another.
    """

    def __init__(self, network: Network, usable: Flags, ends: Ends, r: int) -> None:
        modes = len(network.duration)
        rows = np.flatnonzero(network.demand_resource == r)
        mode_of = np.repeat(np.arange(modes), np.diff(network.demand_start))
        demand = np.zeros(modes, dtype=np.int64)
        demand[mode_of[rows]] = network.demand_amount[rows]
        demand[network.duration == 0] = 0
        far = np.int64(1) << 60
        energy = np.where(usable == 1, demand * network.duration, far)
        least = np.minimum.reduceat(energy, network.mode_start[:-1])
        least[least == far] = 0
        frozen = network.frozen_start >= 0
        if _exceeds(network, ends, demand, frozen, int(network.capacity[r])):
            least[frozen] = 0  # history is not counted where it breaks the rule itself
        # What is frozen may have been broken off: its units count as far as they were worked.
        least[frozen & (network.frozen_finish >= 0)] = 0
        self.tasks = np.flatnonzero(least > 0)
        alone = usable_count(network, usable)[self.tasks] == 1
        first_usable = _first_usable(network, usable)[self.tasks]
        calendars = network.mode_calendar[first_usable]
        closed = [network.closed(int(c)) for c in set(calendars.tolist())]
        self.axis = Axis.without(closed_in(closed, len(closed)))
        alike = len(closed) == 1
        steady = np.ones(len(alone), dtype=bool) if alike else calendars == 0
        self.rigid = (alone & steady & (alike | ~frozen[self.tasks])).astype(np.uint8)
        self.duration = network.duration[first_usable]
        amount = demand[first_usable]
        self.shapes = [(int(network.capacity[r]), amount, least[self.tasks])]
        self.shapes += _parts(int(network.capacity[r]), amount, self.duration, alone)


def usable_count(network: Network, usable: Flags) -> Ints:
    """Return how many modes each task may use (N)."""
    return np.add.reduceat(usable.astype(np.int64), network.mode_start[:-1])


def _first_usable(network: Network, usable: Flags) -> Ints:
    far = len(usable)
    number = np.where(usable == 1, np.arange(far), far)
    return np.minimum.reduceat(number, network.mode_start[:-1])


def _exceeds(network: Network, ends: Ends, demand: Ints, frozen: Truths, capacity: int) -> bool:
    """Say whether what is frozen may exceed the capacity by itself."""
    tasks = np.flatnonzero(frozen)
    most = np.maximum.reduceat(demand, network.mode_start[:-1])[tasks]
    at = np.concatenate((network.frozen_start[tasks], ends.frozen_finish[tasks]))
    steps = np.concatenate((most, -most))
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
