"""The best plan so far and the best bound, shared by all threads of a run."""

from __future__ import annotations

import math
import threading

from .programmes.aims import Aims, Worth
from .programmes.standing import Standing
from .result import Bound


class Best:
    """Keeps what is best; instants of the axis."""

    def __init__(self, aims: Aims) -> None:
        self.aims = aims
        self.plan: Standing | None = None
        self.worth: Worth | None = None
        self.bound, self.proven_by = 0, Bound.CRITICAL_PATH
        self.is_closed = False  # proven: no plan is better in any aim, or there is none at all
        self._lock = threading.Lock()

    def take(self, plan: Standing) -> bool:
        """Keep a sound plan if it is better; say whether it was."""
        worth = self.aims.worth(plan)
        with self._lock:
            if self.worth is not None and worth >= self.worth:
                return False
            self.plan, self.worth = plan, worth
            return True

    def settle(self, plan: Standing) -> None:
        """Keep a sound plan that is worth as much and starts sooner all in all."""
        with self._lock:
            if self.plan is None or self.worth is None:
                return
            worth = self.aims.worth(plan)
            if (worth, plan.starts.sum()) < (self.worth, self.plan.starts.sum()):
                self.plan, self.worth = plan, worth

    def raise_bound(self, bound: int, by: Bound) -> None:
        """Keep a proven bound on the makespan if it is higher."""
        with self._lock:
            if bound > self.bound:
                self.bound, self.proven_by = bound, by

    def close(self) -> None:
        """Note that nothing better is left to find."""
        self.is_closed = True

    def gap(self) -> float:
        """Return the units between bound and makespan; infinite while there is no plan."""
        return math.inf if self.worth is None else self.worth.makespan - self.bound

    def is_done(self) -> bool:
        """Say whether the plan is proven best."""
        worth = self.worth
        if self.is_closed or worth is None:
            return self.is_closed
        others = worth.overrun + worth.lateness + worth.moved
        return others == 0 and worth.makespan <= self.bound
