"""Time, cancelling and progress of one run."""

from binglian.engine import clock

from .result import Progress


class Clock(clock.Clock[Progress]):
    """The clock of a coupling run."""

    def tell(self, phase: str, objective: float, bound: float, *, share: float = 0.0) -> None:
        """Report progress."""
        self.report(lambda shown: Progress(phase, shown, objective, bound), share)
