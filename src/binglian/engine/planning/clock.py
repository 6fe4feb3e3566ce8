"""Time, work, cancelling and progress of one run."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .result import Progress


class Clock:
    """Tells how much time is left and whether somebody asked to stop.

    ``seconds`` is infinite where the run is measured by work instead.
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
        self._asked_at = self._told_at = 0.0
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

    def tell(self, phase: str, makespan: int | None, bound: int, share: float = 0.0) -> None:
        """Report progress, at most about ten times a second; the share shown never falls."""
        elapsed = self.elapsed()
        if self._progress is None or elapsed - self._told_at < 0.1:
            return
        self._told_at = elapsed
        used = elapsed / self.seconds if math.isfinite(self.seconds) else 0.0
        self._shown = max(self._shown, min(0.99, max(share, used)))
        self._progress(Progress(phase, self._shown, makespan, bound))


class Stage:
    """A part of a run in threads of its own: over with the run, or once it is ended."""

    def __init__(self, whole: Clock, until: float = math.inf) -> None:
        self.whole, self.until = whole, until
        self._ended = threading.Event()
        self._interrupts: list[Callable[[], None]] = []
        self._lock = threading.Lock()

    def left(self) -> float:
        """Return seconds left, 0 once the stage has ended."""
        if self._ended.is_set():
            return 0.0
        return max(0.0, min(self.whole.left(), self.until - self.whole.elapsed()))

    def is_over(self) -> bool:
        """Tell whether the stage has ended or its time is used up."""
        return self.left() <= 0

    def sleep(self, seconds: float) -> None:
        """Wait, but no longer than the stage lasts."""
        self._ended.wait(min(seconds, self.left()))

    def end(self) -> None:
        """End the stage, and at once what cannot look at the clock itself."""
        with self._lock:
            self._ended.set()
            for interrupt in self._interrupts:
                interrupt()

    @contextmanager
    def interrupting(self, interrupt: Callable[[], None]) -> Iterator[None]:
        """Call this from another thread if the stage is ended meanwhile."""
        with self._lock:
            self._interrupts.append(interrupt)
        try:
            yield
        finally:
            with self._lock:
                self._interrupts.remove(interrupt)
