"""One schedule of many tasks, bettered step by step in the compiled kernel."""

from __future__ import annotations

import ctypes

import numpy as np

from binglian.engine.planning.axis import Ints
from binglian.engine.planning.kernel.compiled import Schedule, Score, Site, pointer

from .population import NO_TARGET

MANY = 4_000  # tasks from which on a walk finds more than a population


class Walk:
    """Belongs to one thread at a time, like a ``Population``; for sites with one mode per task."""

    def __init__(self, site: Site, *, seed: int = 0) -> None:
        self.site, self.lib = site, site.lib
        self._stop = np.zeros(1, dtype=np.int32)
        self.address = ctypes.c_void_p(
            self.lib.binglian_walk_new(site.address, ctypes.c_uint64(seed))
        )

    def __del__(self) -> None:
        if getattr(self, "address", None):
            self.lib.binglian_walk_free(self.address)

    def breed(self, schedules: int, target: float = NO_TARGET) -> int:
        """Build at least so many more schedules, and return how many were built.

        It ends sooner if ``stop`` is called from another thread, or if nothing is late and the
        makespan is at most ``target``. 0: no schedule can be built, or no better one is needed.
        """
        return int(
            self.lib.binglian_walk_go(
                self.address,
                ctypes.c_int64(schedules),
                ctypes.c_double(target),
                pointer(self._stop),
            )
        )

    def stop(self) -> None:
        """End what another thread does, and all that is asked for afterwards."""
        self._stop[0] = 1

    def add(self, starts: Ints, _modes: Ints) -> None:
        """Go on from a schedule found elsewhere (N starts), if it is worth more."""
        own = np.ascontiguousarray(starts, dtype=np.int64)
        self.lib.binglian_walk_add(self.address, pointer(own))

    def best(self) -> Schedule | None:
        """Return the best schedule so far."""
        starts, finishes, modes = np.zeros((3, self.site.network.tasks), dtype=np.int64)
        score = Score()
        found = self.lib.binglian_walk_best(
            self.address,
            *(pointer(one) for one in (starts, finishes, modes)),
            ctypes.byref(score),
        )
        return Schedule(starts, finishes, modes, score) if found else None
