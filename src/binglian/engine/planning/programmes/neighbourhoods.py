"""Parts of a plan worth arranging anew while the rest stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from binglian.engine.planning.axis import Ints
from binglian.engine.planning.network import NONE, Network

from .standing import Standing


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Tasks to arrange anew, and those after them that move up together, if any."""

    free: Ints
    block: Ints
    sooner: int  # the most the block may move up


class Neighbourhoods:
    """Draws parts of a plan: all within a stretch of time, or what shares a resource or project."""

    def __init__(self, network: Network, heads: Ints, seed: int) -> None:
        self.network, self.heads = network, heads
        self.draw = np.random.default_rng(seed)
        self.movable = network.frozen_start == NONE
        # Without calendars all that comes after a stretch may move up as a block.
        self.moves_up = not len(network.closed_first) and not len(network.axis.at)
        demands = np.diff(network.demand_start)
        mode_of = np.repeat(np.arange(len(demands)), demands)
        task_of = np.repeat(np.arange(network.tasks), np.diff(network.mode_start))[mode_of]
        self.users = [
            np.unique(task_of[network.demand_resource == r])
            for r in np.flatnonzero(network.renewable).tolist()
        ]
        self.users = [own for own in self.users if len(own) > 1]

    def part(self, plan: Standing, size: int) -> Part:
        """Return a part of about ``size`` tasks."""
        tasks = self.network.tasks
        if size >= tasks:
            return Part(np.flatnonzero(self.movable), np.zeros(0, dtype=np.int64), 0)
        kind = self.draw.random()
        if kind < 0.15 and len(self.users) > 1:
            own = self.users[self.draw.integers(len(self.users))]
            return self._among(plan, own, size)
        if kind < 0.3 and len(self.network.project_due) > 1:
            project = self.network.project[self.draw.integers(tasks)]
            return self._among(plan, np.flatnonzero(self.network.project == project), size)
        return self._stretch(plan, size)

    def _stretch(self, plan: Standing, size: int) -> Part:
        """All that is under way within a stretch of time; what comes later moves up."""
        order = np.argsort(plan.starts, kind="stable")
        at = int(self.draw.integers(-size // 2, len(order) - size // 2))
        first, last = max(at, 0), min(at + size, len(order)) - 1
        begin, end = plan.starts[order[first]], plan.starts[order[last]] + 1
        inside = (plan.starts < end) & (plan.finishes > begin) & self.movable
        if not self.moves_up:
            return Part(np.flatnonzero(inside), np.zeros(0, dtype=np.int64), 0)
        block = (plan.starts >= end) & ~inside
        if np.any(block & ~self.movable):
            return Part(np.flatnonzero(inside), np.zeros(0, dtype=np.int64), 0)
        slack = plan.starts - self.heads
        # What stands at its head cannot move up: it is arranged anew with the others.
        stuck = block & (slack == 0)
        block &= ~stuck
        sooner = int(slack[block].min(initial=end - begin))
        return Part(np.flatnonzero(inside | stuck), np.flatnonzero(block), sooner)

    def _among(self, plan: Standing, own: Ints, size: int) -> Part:
        """So many of some tasks, one after another in time; the rest stands."""
        own = own[self.movable[own]]
        if len(own) > size:
            own = own[np.argsort(plan.starts[own], kind="stable")]
            at = int(self.draw.integers(0, len(own) - size + 1))
            own = own[at : at + size]
        return Part(np.sort(own), np.zeros(0, dtype=np.int64), 0)
