"""Branch and bound on one core while the search goes on on the other."""

from __future__ import annotations

import threading

from binglian.engine.coupling.clock import Clock
from binglian.engine.coupling.market import Market
from binglian.engine.coupling.programmes.exact import Cleared, clear
from binglian.engine.coupling.programmes.held import Held
from binglian.engine.coupling.programmes.programme import Programme


class Stage(Clock):
    """A clock for one stage of a run, which may also end because another thread is done."""

    def __init__(self, whole: Clock) -> None:
        super().__init__(whole.seconds)
        self.whole, self.ended = whole, threading.Event()
        self.started = whole.started

    def left(self) -> float:
        """Return seconds left, 0 once the stage has ended."""
        return 0.0 if self.ended.is_set() else self.whole.left()

    def is_over(self, share: float = 1.0) -> bool:
        """Tell whether this share of the time is used up, or the stage has ended."""
        return self.ended.is_set() or self.whole.is_over(share)

    def tell(self, phase: str, objective: float, bound: float, *, share: float = 0.0) -> None:
        """Report progress of the whole run."""
        self.whole.tell(phase, objective, bound, share=share)


class ProofBeside:
    """Clears some needs exactly in a thread of its own; the search hands it what it finds."""

    def __init__(self, market: Market, needs: list[int], clock: Clock, share: float) -> None:
        self.market, self.needs = market, needs
        self.stage, self.share = Stage(clock), share
        self.bound = float("inf")
        self.cleared: Cleared | None = None
        self._lock = threading.Lock()
        self._handed: Held | None = None
        self._found: Held | None = None
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._work)

    def start(self, held: Held, seed: int) -> None:
        """Begin from what the needs hold now."""
        self._start, self._seed = held, seed
        self._thread.start()

    def hand_over(self, held: Held) -> None:
        """Offer a better answer to branch and bound."""
        with self._lock:
            self._handed = held

    def found(self) -> Held | None:
        """Return the best answer found here since the last question, if any."""
        with self._lock:
            found, self._found = self._found, None
        return found

    def finish(self, *, wait: bool) -> Cleared | None:
        """End the stage, after the time it has if ``wait``; return what came out."""
        if not wait:
            self.stage.ended.set()
        self._thread.join()
        if self._failure is not None:
            raise self._failure
        return self.cleared

    def _work(self) -> None:
        try:
            programme = Programme(self.market, self.needs, self.market.capacity)
            self.cleared = clear(
                programme,
                programme.served,
                start=self._start,
                seconds=self.share * self.stage.seconds - self.stage.elapsed(),
                clock=self.stage,
                seed=self._seed,
                quiet=True,
                incumbent=self._take_handed,
                on_better=self._keep_found,
                on_bound=self._keep_bound,
            )
        except BaseException as failure:  # raised again by finish()
            self._failure = failure
        self.stage.ended.set()

    def _take_handed(self) -> Held | None:
        with self._lock:
            handed, self._handed = self._handed, None
        return handed

    def _keep_found(self, held: Held) -> None:
        with self._lock:
            self._found = held

    def _keep_bound(self, bound: float) -> None:
        self.bound = min(self.bound, bound)
