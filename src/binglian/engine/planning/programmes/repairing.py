"""Large neighbourhood search: CP-SAT arranges part of a plan anew, again and again."""

from __future__ import annotations

from binglian.engine.planning.axis import Ints
from binglian.engine.planning.bounds.windows import Ends, Impossible, Windows
from binglian.engine.planning.clock import Stage

from .aims import AIMS, Aims, Worth
from .clearing import Cleared, Effort, clear
from .neighbourhoods import Neighbourhoods, Part
from .programme import Programme
from .standing import Standing

SIZE = 30  # tasks in a part, at first
WORK = 0.15  # deterministic seconds for one part
GROWS, SHRINKS = 1.1, 0.9
SMALLEST = 8.0


class Repairing:
    """Improves a plan part by part; the size of parts follows what CP-SAT can close."""

    def __init__(self, ends: Ends, heads: tuple[Ints, Ints], aims: Aims, seed: int) -> None:
        self.ends, self.heads, self.aims, self.seed = ends, heads, aims, seed
        self.network = ends.network
        self.neighbourhoods = Neighbourhoods(self.network, heads[0], seed)
        self.size = float(SIZE)
        self.tried = 0
        self.work = 0.0  # deterministic seconds spent
        self._windows: tuple[Worth, Windows] | None = None

    def improve(self, plan: Standing, time: Stage) -> Standing | None:
        """Arrange one part anew; return the plan if it is better."""
        worth = self.aims.worth(plan)
        windows = self._windows_at(worth)
        if windows is None:
            return None
        self.tried += 1
        part = self.neighbourhoods.part(plan, round(self.size))
        if not len(part.free):
            return None
        cleared = self._clear(plan, part, windows, time)
        self._learn(cleared)
        if cleared.plan is None or self.aims.worth(cleared.plan) >= worth:
            return None
        return cleared.plan

    def _clear(self, plan: Standing, part: Part, windows: Windows, time: Stage) -> Cleared:
        programme = Programme(
            self.network, windows, self.ends.usable, plan, part.free, part.block, part.sooner
        )
        aims = self.aims.of(programme)
        effort = Effort(time, work=WORK, seed=self.seed + self.tried)
        return clear(programme, aims, effort, start=plan)

    def _learn(self, cleared: Cleared) -> None:
        if cleared.closed == AIMS:
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
