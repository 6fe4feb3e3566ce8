"""Time, cancelling and progress of one run, whichever engine it is of."""

import math
import time
from collections.abc import Callable
from typing import Generic, TypeVar

Progress = TypeVar("Progress")


class Clock(Generic[Progress]):
    """Tells how much time is left and whether somebody asked to stop.

    ``seconds`` is infinite where a run is measured by work instead.
    """

    def __init__(
        self,
        seconds: float,
        progress: Callable[[Progress], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> None:
        self.started = time.monotonic()
        self.seconds = seconds
        self.was_stopped = False
        self._progress = progress
        self._should_stop = should_stop
        self._asked_at, self._told_at = 0.0, -math.inf
        self._shown = 0.0

    def elapsed(self) -> float:
        """Return seconds since the start."""
        return time.monotonic() - self.started

    def left(self) -> float:
        """Return seconds left, never below 0; 0 once asked to stop."""
        return 0.0 if self.was_stopped else max(0.0, self.seconds - self.elapsed())

    def is_over(self, share: float = 1.0) -> bool:
        """Tell whether this share of the time is used up, or somebody asked to stop."""
        elapsed = self.elapsed()
        if self._should_stop and not self.was_stopped and elapsed - self._asked_at > 0.05:
            self._asked_at = elapsed
            self.was_stopped = self._should_stop()
        return self.was_stopped or elapsed >= share * self.seconds

    def report(self, glance: Callable[[float], Progress], share: float) -> None:
        """Show ``glance(share)``, at most about ten times a second; what is shown never falls."""
        elapsed = self.elapsed()
        if self._progress is None or (elapsed - self._told_at < 0.1 and share < 1):
            return
        self._told_at = elapsed
        used = elapsed / self.seconds if math.isfinite(self.seconds) else 0.0
        self._shown = max(self._shown, share, min(0.99, used))
        self._progress(glance(min(1.0, self._shown)))
