"""Between which instants each task must start and finish, by precedence and calendars alone."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import numpy as np

from binglian.engine.planning.axis import Ints
from binglian.engine.planning.kernel.compiled import Site, pointer
from binglian.engine.planning.network import NEVER, Flags, Network

FOUND, CIRCLE = -1, -2
FARTHEST = 1 << 40  # instants beyond are not counted with


class Impossible(Exception):
    """No plan keeps the hard rules: ``task`` (a number) finds no place, or some are on a circle.

    ``earliest`` and ``latest`` are its starts, if both are known.
    """

    def __init__(
        self, task: int | None, earliest: int | None = None, latest: int | None = None
    ) -> None:
        super().__init__(task)
        self.task, self.earliest, self.latest = task, earliest, latest


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """Earliest and latest starts and finishes (N each), instants of the axis, both included."""

    first_start: Ints
    first_finish: Ints
    last_start: Ints
    last_finish: Ints


def usable_modes(network: Network) -> Flags:
    """Say for each mode (M) whether some plan may use it, by capacities and what is frozen."""
    demands = np.diff(network.demand_start)
    mode_of_demand = np.repeat(np.arange(len(demands)), demands)
    capacity = network.capacity[network.demand_resource]
    worked = (network.duration[mode_of_demand] > 0) | (
        network.renewable[network.demand_resource] == 0
    )
    usable = np.ones(len(network.duration), dtype=np.uint8)
    usable[mode_of_demand[(network.demand_amount > capacity) & worked]] = 0
    # History is what it is, whatever it takes.
    frozen = network.frozen_start >= 0
    usable[np.repeat(frozen, np.diff(network.mode_start))] = 1
    told = np.flatnonzero(network.frozen_mode >= 0)
    for task in told.tolist():
        usable[network.mode_start[task] : network.mode_start[task + 1]] = 0
        usable[network.frozen_mode[task]] = 1
    return usable


class Ends:
    """Finds the windows of a network's tasks."""

    def __init__(self, site: Site, usable: Flags) -> None:
        self.site, self.network, self.usable = site, site.network, usable
        lib = site.lib
        for name in ("heads", "tails"):
            getattr(lib, f"binglian_{name}").restype = ctypes.c_int64
        self.frozen = self.network.frozen_start >= 0
        self.frozen_finish = self._frozen_finishes()

    def heads(self, limit: int = FARTHEST) -> tuple[Ints, Ints]:
        """Return the earliest starts and finishes.

        Raises
        ------
        Impossible
            There are none, or none up to ``limit``.
        """
        start = np.where(self.frozen, self.network.frozen_start, self.network.release)
        finish = np.where(self.frozen, self.frozen_finish, 0)
        return self._sweep("heads", start, finish, ctypes.c_int64(limit))

    def tails(self, horizon: int | Ints) -> tuple[Ints, Ints]:
        """Return the latest starts and finishes if nothing ends after ``horizon`` (one, or N).

        Raises
        ------
        Impossible
            There are none.
        """
        start = np.where(self.frozen, self.network.frozen_start, horizon)
        finish = np.where(self.frozen, self.frozen_finish, horizon)
        return self._sweep("tails", start, finish)

    def windows(self, heads: tuple[Ints, Ints], horizon: int | Ints) -> Windows:
        """Return all four; raises ``Impossible`` if some task has no room between them."""
        last_start, last_finish = self.tails(horizon)
        wrong = np.flatnonzero((heads[0] > last_start) | (heads[1] > last_finish))
        if len(wrong):
            n = int(wrong[0])
            raise Impossible(n, int(heads[0][n]), int(last_start[n]))
        return Windows(*heads, last_start, last_finish)

    def horizon(self, heads: tuple[Ints, Ints]) -> int:
        """Return an instant by which all can be done, one task after another."""
        network = self.network
        at = int(heads[1].max(initial=0))
        for task in range(network.tasks):
            ends = [at]
            for m in range(network.mode_start[task], network.mode_start[task + 1]):
                if self.usable[m]:
                    calendar, units = int(network.mode_calendar[m]), int(network.duration[m])
                    ends.append(work_ends(network, calendar, units, at))
            at = max(ends)
        for p in range(len(network.before)):
            calendar, most = int(network.lag_calendar[p]), int(network.most[p])
            units = max(abs(int(network.least[p])), most if most < NEVER else 0)
            at = work_ends(network, calendar, units, at)
        return at

    def _sweep(
        self, name: str, start: Ints, finish: Ints, *more: ctypes.c_int64
    ) -> tuple[Ints, Ints]:
        start, finish = (np.ascontiguousarray(one, dtype=np.int64) for one in (start, finish))
        ended = getattr(self.site.lib, f"binglian_{name}")(
            self.site.address, pointer(self.usable), *more, pointer(start), pointer(finish)
        )
        if ended != FOUND:
            raise Impossible(None if ended == CIRCLE else int(ended))
        return start, finish

    def _frozen_finishes(self) -> Ints:
        """Return when what is frozen finishes (N), the shortest where its mode is open."""
        network = self.network
        finish = network.frozen_finish.copy()
        for task in np.flatnonzero(self.frozen & (finish < 0)).tolist():
            modes = range(network.mode_start[task], network.mode_start[task + 1])
            ends = [
                work_ends(
                    network,
                    int(network.mode_calendar[mode]),
                    int(network.duration[mode]),
                    int(network.frozen_start[task]),
                )
                for mode in modes
                if self.usable[mode]
            ]
            finish[task] = min(ends)
        return finish


def work_ends(network: Network, calendar: int, units: int, start: int) -> int:
    """Return the instant by which a calendar has worked so many units from ``start`` on."""
    if calendar == 0 or units == 0:
        return start + units
    at = start
    for first, last in network.closed(calendar).tolist():
        if last <= at:
            continue
        if first - at >= units:
            break
        units -= max(0, first - at)
        at = last
    return at + units
