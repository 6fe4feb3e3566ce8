"""A population of schedules that breeds better ones, in the compiled kernel."""

from __future__ import annotations

import ctypes

import numpy as np

from binglian.engine.planning.axis import Ints
from binglian.engine.planning.kernel.compiled import Schedule, Score, Site, pointer

MOST, LEAST = 60, 8  # members at first
PLACES = 240_000  # members × tasks, where there are that many tasks
NO_TARGET = -1.0


class Population:
    """Belongs to one thread at a time; several may share a site, and hand each other schedules.

    The same seed and the same calls give the same schedules. ``size`` is the number of members at
    first, ``most`` what it may grow to where breeding no longer helps; unless given, fewer where
    there are more tasks.
    """

    def __init__(
        self, site: Site, *, seed: int = 0, size: int | None = None, most: int | None = None
    ) -> None:
        self.site, self.lib = site, site.lib
        places = PLACES // max(1, site.network.tasks)
        if size is None:
            size = max(LEAST, min(MOST, places))
        if most is None:
            most = max(size, places)
        self._stop = np.zeros(1, dtype=np.int32)
        self.address = ctypes.c_void_p(
            self.lib.binglian_population_new(
                site.address, ctypes.c_int32(size), ctypes.c_int32(most), ctypes.c_uint64(seed)
            )
        )

    def __del__(self) -> None:
        if getattr(self, "address", None):
            self.lib.binglian_population_free(self.address)

    def breed(self, schedules: int, target: float = NO_TARGET) -> int:
        """Build so many more schedules, and return how many were built.

        It ends sooner if ``stop`` is called from another thread, or if nothing is late and the
        makespan is at most ``target``. 0: no schedule can be built, or no better one is needed.
        """
        return int(
            self.lib.binglian_population_breed(
                self.address,
                ctypes.c_int64(schedules),
                ctypes.c_double(target),
                pointer(self._stop),
            )
        )

    def stop(self) -> None:
        """End what another thread breeds, and all that is asked for afterwards."""
        self._stop[0] = 1

    def add(self, starts: Ints, modes: Ints) -> None:
        """Take in a schedule found elsewhere (N starts and N modes), packed to the left."""
        own = [np.ascontiguousarray(one, dtype=np.int64) for one in (starts, modes)]
        self.lib.binglian_population_add(self.address, *(pointer(one) for one in own))

    def best(self) -> Schedule | None:
        """Return the best schedule so far."""
        starts, finishes, modes = np.zeros((3, self.site.network.tasks), dtype=np.int64)
        score = Score()
        found = self.lib.binglian_population_best(
            self.address,
            *(pointer(one) for one in (starts, finishes, modes)),
            ctypes.byref(score),
        )
        return Schedule(starts, finishes, modes, score) if found else None
