"""Large neighbourhood search: CP-SAT arranges part of a plan anew, again and again."""

from __future__ import annotations

import numpy as np

from binglian.engine.planning.axis import Ints
from binglian.engine.planning.best import Best
from binglian.engine.planning.bounds.windows import Ends, Impossible, Windows
from binglian.engine.planning.clock import Stage
from binglian.engine.planning.network import NONE

from .aims import AIMS, Worth
from .clearing import Cleared, Effort, clear
from .neighbourhoods import Neighbourhoods, Part
from .programme import Programme
from .standing import Standing

SIZE = 30  # tasks in a part, at first
WORK = 0.05  # deterministic seconds for one part
GROWS, SHRINKS = 1.05, 0.95
SMALLEST = 8.0


class Repairing:
    """Improves a plan part by part; the size of parts follows what CP-SAT can close."""

    def __init__(self, ends: Ends, heads: tuple[Ints, Ints], best: Best, seed: int) -> None:
        self.ends, self.heads, self.best, self.seed = ends, heads, best, seed
        self.aims = best.aims
        self.network = ends.network
        self.neighbourhoods = Neighbourhoods(self.network, heads[0], seed)
        self.size = float(SIZE)
        self.movable = int((self.network.frozen_start == NONE).sum())
        self.tried = 0
        self.work = 0.0  # deterministic seconds spent
        self.is_whole = False  # a part of all tasks has been closed
        self._windows: tuple[Worth, Windows] | None = None

    def improve(self, stage: Stage) -> bool:
        """Arrange one part of the best plan anew; say whether there is more to try."""
        plan = self.best.plan
        if plan is None or self.is_whole:
            return False
        worth = self.aims.worth(plan)
        windows = self._windows_at(worth)
        if windows is None:
            return False
        self.tried += 1
        self.work += WORK  # at most
        part = self.neighbourhoods.part(plan, round(self.size))
        if not self._can_matter(plan, part):
            return True
        cleared = self._clear(plan, part, windows, stage)
        self._learn(cleared)
        if cleared.plan is not None:
            self.best.take(cleared.plan)
        self.is_whole = cleared.empty and len(part.free) == self.movable
        return True

    def _clear(self, plan: Standing, part: Part, windows: Windows, time: Stage) -> Cleared:
        windows = _within(windows, plan, part.free)
        programme = Programme(
            self.network, windows, self.ends.usable, plan, part.free, part.block, part.sooner
        )
        aims = self.aims.of(programme)
        effort = Effort(time, work=WORK, seed=self.seed + self.tried)
        if not self.aims.is_makespan_only:
            return clear(programme, aims, effort, start=plan)
        # Only shorter plans are of interest, which is sooner refuted than optimised.
        programme.model.add(aims[2] <= int(plan.finishes.max()) - 1)
        return clear(programme, aims, effort)

    def _can_matter(self, plan: Standing, part: Part) -> bool:
        """Say whether another arrangement of the part could be worth more."""
        if not len(part.free):
            return False
        if not self.aims.is_makespan_only or len(part.block):
            return not len(part.block) or part.sooner > 0
        held = np.ones(self.network.tasks, dtype=bool)
        held[part.free] = False
        return bool(plan.finishes[held].max(initial=0) < plan.finishes.max())

    def _learn(self, cleared: Cleared) -> None:
        if cleared.empty or cleared.closed >= AIMS:
            self.size = min(self.size * GROWS, float(self.network.tasks))
        else:
            self.size = max(self.size * SHRINKS, SMALLEST)

    def _windows_at(self, worth: Worth) -> Windows | None:
        if self._windows is None or self._windows[0] != worth:
            dated = worth.overrun or worth.lateness
            horizon = worth.makespan + (worth.makespan // 2 if dated else 0)
            try:
                self._windows = worth, self.ends.windows(self.heads, horizon)
            except Impossible:
                return None
        return self._windows[1]


def _within(windows: Windows, plan: Standing, free: Ints) -> Windows:
    """Return the windows, narrowed to when the free tasks are under way now."""
    begin, end = int(plan.starts[free].min()), int(plan.finishes[free].max())
    return Windows(
        np.maximum(windows.first_start, begin),
        np.maximum(windows.first_finish, begin),
        np.minimum(windows.last_start, end),
        np.minimum(windows.last_finish, end),
    )
