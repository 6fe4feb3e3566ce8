"""A worker's sign of life while an engine works."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, TypeVar

#: Seconds between two signs of life of a run.
BEAT = 0.5

Seen = TypeVar("Seen")


class Pulse(Generic[Seen]):
    """Tells ``note`` at most every ``BEAT`` seconds what was seen; hears whether to stop."""

    def __init__(self, note: Callable[[Seen | None], bool]) -> None:
        self.note, self.last, self.is_stopped = note, 0.0, False
        self.latest: Seen | None = None

    def beat(self, progress: Seen) -> None:
        self.latest = progress
        self.should_stop()

    def should_stop(self) -> bool:
        if time.monotonic() - self.last > BEAT:
            self.last = time.monotonic()
            self.is_stopped = self.note(self.latest)
        return self.is_stopped
