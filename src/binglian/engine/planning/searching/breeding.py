"""Searches for schedules in one run, and exchanges the best with other threads."""

from __future__ import annotations

import math

from binglian.engine.planning.best import Best
from binglian.engine.planning.clock import Stage
from binglian.engine.planning.kernel.compiled import Site
from binglian.engine.planning.programmes.standing import Standing

from .population import Population
from .walk import MANY, Walk

AT_ONCE = 100  # schedules between two looks at what others have found, at first
SOON = 0.02  # seconds between two looks


class Breeding:
    """One population, or where tasks are many one walk; in one thread at a time."""

    def __init__(self, site: Site, best: Best, seed: int) -> None:
        self.best = best
        network = site.network
        is_walk = network.tasks >= MANY and len(network.duration) == network.tasks
        self.population = Walk(site, seed=seed) if is_walk else Population(site, seed=seed)
        self._at_once = max(1, min(AT_ONCE, 1_000_000 // network.tasks))
        self._known: Standing | None = None

    def breed(self, stage: Stage, schedules: float = math.inf, seconds: float = math.inf) -> None:
        """Build so many schedules, or for so long, unless the best plan is proved before."""
        left, until = schedules, stage.left() - seconds
        with stage.interrupting(self.population.stop):
            while left > 0 and not self.best.is_done():
                if stage.is_over() or stage.left() < until:
                    return
                self._take_in()
                before = stage.left()
                built = self.population.breed(int(min(left, self._at_once)), self.best.bound)
                if not built:
                    return
                if math.isfinite(before):  # where work is counted, calls must be the same
                    took = before - stage.left()
                    self._at_once = max(1, 2 * built if took < SOON else built // 2)
                left -= built
                self._hand_over()

    def _take_in(self) -> None:
        """Add what another thread has found."""
        plan = self.best.plan
        if plan is not None and plan is not self._known:
            self.population.add(plan.starts, plan.modes)
            self._known = plan

    def _hand_over(self) -> None:
        found = self.population.best()
        if found is None or found.score.broken:
            return
        plan = Standing(found.starts, found.finishes, found.modes)
        if self.best.take(plan):
            self._known = plan
