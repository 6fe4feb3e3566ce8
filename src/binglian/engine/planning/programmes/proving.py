"""CP-SAT on the whole problem: better plans, and the proof that there are none."""

from __future__ import annotations

import math

import numpy as np

from binglian.engine.planning.axis import Ints
from binglian.engine.planning.best import Best
from binglian.engine.planning.bounds.windows import Ends, Impossible
from binglian.engine.planning.clock import Stage
from binglian.engine.planning.network import NONE
from binglian.engine.planning.result import Bound

from .aims import AIMS
from .clearing import Cleared, Effort, clear
from .programme import Programme
from .standing import Standing

FIRST_WORK = 0.25  # deterministic seconds of the first attempt; each next one has twice as much


class Proving:
    """Tries to close the gap between the best plan and the bound."""

    def __init__(self, ends: Ends, heads: tuple[Ints, Ints], best: Best, seed: int) -> None:
        self.ends, self.heads, self.best, self.seed = ends, heads, best, seed
        self.network, self.aims = ends.network, best.aims
        self.free = np.flatnonzero(self.network.frozen_start == NONE)

    def prove(self, stage: Stage, work: float = math.inf) -> None:
        """Try again and again, each time longer and from the best plan then."""
        most = FIRST_WORK
        while work > 0 and not stage.is_over() and not self.best.is_done():
            effort = Effort(stage, work=min(most, work), seed=self.seed)
            if self.aims.is_makespan_only:
                self._shorten(effort)
            else:
                self._all_aims(effort)
            work -= effort.work
            most *= 2

    def _shorten(self, effort: Effort) -> None:
        """Look for a shorter plan than the best."""
        upper = (
            self.ends.horizon(self.heads)
            if self.best.worth is None
            else self.best.worth.makespan - 1
        )
        cleared = self._clear(upper, effort, start=False)
        if cleared.empty:
            self.best.raise_bound(upper + 1, Bound.SEARCH)
            self.best.close()
        elif len(cleared.bounds) > 2:
            self.best.raise_bound(cleared.bounds[2], Bound.SEARCH)

    def _all_aims(self, effort: Effort) -> None:
        """Take the aims one by one, the earlier ones kept."""
        worth = self.best.worth
        is_in_time = worth is not None and worth.overrun == worth.lateness == 0
        upper = (
            worth.makespan if worth is not None and is_in_time else self.ends.horizon(self.heads)
        )
        cleared = self._clear(upper, effort, start=True)
        if cleared.empty or cleared.closed == AIMS:
            self.best.close()

    def _clear(self, horizon: int, effort: Effort, *, start: bool) -> Cleared:
        try:
            windows = self.ends.windows(self.heads, horizon)
        except Impossible:
            return Cleared(empty=True)
        plan = self.best.plan
        held = plan or Standing.of_history(self.network, self.ends.frozen_finish)
        programme = Programme(self.network, windows, self.ends.usable, held, self.free)
        return clear(
            programme,
            self.aims.of(programme),
            effort,
            start=plan if start else None,
            on_better=self._take,
        )

    def _take(self, plan: Standing) -> None:
        self.best.take(plan)
