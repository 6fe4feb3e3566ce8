"""What a method answers, ours or a peer's."""

from dataclasses import dataclass, field

from binglian.engine.planning.result import Plan

Curve = list[tuple[float, int | None, int]]  # seconds, makespan, bound


@dataclass
class Answer:
    """A plan if any was found, a bound on the makespan if any was proven, and how it ended.

    ``proved`` is whether the method says that no plan is better. ``solver_seconds`` leaves out
    what it took to hand the problem over.
    """

    plan: Plan | None = None
    bound: int | None = None
    proved: bool = False
    ended: str = ""
    solver_seconds: float | None = None
    curve: Curve = field(default_factory=list)


class DoesNotApplyError(Exception):
    """The method cannot say what the problem asks; crippling the problem would be unfair."""
