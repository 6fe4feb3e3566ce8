"""CP-SAT on the whole problem: better plans, and the proof that there are none."""

from __future__ import annotations

import math

import numpy as np

from binglian.engine.planning.axis import Ints
from binglian.engine.planning.best import Best
from binglian.engine.planning.bounds.windows import Ends, Impossible, Windows
from binglian.engine.planning.clock import Stage
from binglian.engine.planning.network import NONE
from binglian.engine.planning.result import Bound

from .aims import AIMS
from .clearing import Cleared, Effort, clear
from .programme import Programme, pauses
from .standing import Standing

STRETCH = 1.25  # horizons looked at first, in makespans, where later ones may be better
BELOW = 0.3  # of the work goes into raising the bound
PAUSES = 60_000  # above so many the model alone takes too long


class Proving:
    """Tries to close the gap between the best plan and the bound."""

    def __init__(self, ends: Ends, heads: tuple[Ints, Ints], best: Best, seed: int) -> None:
        self.ends, self.heads, self.best, self.seed = ends, heads, best, seed
        self.network, self.aims = ends.network, best.aims
        self._stretch = STRETCH
        self._whole: int | None = None  # a horizon beyond all need
        self.free = np.flatnonzero(self.network.frozen_start == NONE)

    def attempt(self, stage: Stage, work: float = math.inf) -> bool:
        """Spend so much on it; say whether it is worth trying again with more."""
        horizon, is_whole = self._horizon(self._stretch)
        windows = self._windows(horizon)
        if self._is_too_large(windows):
            return False
        effort = Effort(stage, work=work * (1 - BELOW), seed=self.seed)
        self._attempt(windows, horizon, effort, is_whole=is_whole)
        self._stretch *= 2
        self._from_below(stage, work * BELOW)
        return not self.best.is_done()

    def _from_below(self, stage: Stage, work: float) -> None:
        """Refute one horizon after another from the bound on."""
        spent = 0.0
        while spent < work and not self.best.is_done() and not stage.is_over():
            horizon = self.best.bound
            if self.best.worth is None or self.best.worth.makespan <= horizon + 1:
                break  # that is what is tried from above
            windows = self._windows(horizon)
            if self._is_too_large(windows):
                break
            cleared = Cleared(empty=True)
            if windows is not None:
                effort = Effort(stage, work=work - spent, seed=self.seed)
                cleared = self._clear(windows, effort, None, shortest=True)
            spent += cleared.work
            if not cleared.empty:
                break
            self.best.raise_bound(horizon + 1, Bound.SEARCH)

    def _is_too_large(self, windows: Windows | None) -> bool:
        return windows is not None and pauses(self.network, windows, self.ends.usable) > PAUSES

    def _horizon(self, stretch: float) -> tuple[int, bool]:
        """Return by when all shall be done, and whether no better plan can end later."""
        worth = self.best.worth
        if worth is not None and worth.overrun == worth.lateness == 0:
            return worth.makespan - self.aims.is_makespan_only, True
        if self._whole is None:
            self._whole = self.ends.horizon(self.heads)
        from_ = self.best.bound if worth is None else worth.makespan
        horizon = min(self._whole, math.ceil(from_ * stretch))
        return horizon, horizon == self._whole

    def _attempt(
        self, windows: Windows | None, horizon: int, effort: Effort, *, is_whole: bool
    ) -> None:
        """Look for a better plan with all done by the horizon."""
        shorter = self.aims.is_makespan_only
        start = None if shorter else self.best.plan
        cleared = Cleared(empty=True)
        if windows is not None:
            cleared = self._clear(windows, effort, start)
        if cleared.empty:
            if start is None:
                self.best.raise_bound(horizon + 1, Bound.SEARCH)
            if is_whole:
                self.best.close()
        elif shorter and len(cleared.bounds) > 2:
            self.best.raise_bound(min(cleared.bounds[2], horizon + 1), Bound.SEARCH)
        elif cleared.closed >= AIMS and is_whole:
            self.best.close()

    def _windows(self, horizon: int) -> Windows | None:
        try:
            return self.ends.windows(self.heads, horizon)
        except Impossible:
            return None

    def _clear(
        self, windows: Windows, effort: Effort, start: Standing | None, *, shortest: bool = False
    ) -> Cleared:
        held = self.best.plan or Standing.of_history(self.network, self.ends.frozen_finish)
        programme = Programme(self.network, windows, self.ends.usable, held, self.free)
        aims = [] if shortest else self.aims.of(programme)
        return clear(programme, aims, effort, start=start, on_better=self._take)

    def _take(self, plan: Standing) -> None:
        self.best.take(plan)
