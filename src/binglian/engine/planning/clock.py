"""Time, work, cancelling and progress of one run."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from binglian.engine import clock

from .result import Progress

Clock: TypeAlias = clock.Clock[Progress]


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
