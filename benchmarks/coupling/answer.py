"""What a method answers, ours or a peer's."""

from dataclasses import dataclass, field

from binglian.engine.coupling.pairs import Supplies
from binglian.engine.coupling.result import Prices

Curve = list[tuple[float, float, float]]  # seconds, objective, bound


@dataclass
class Answer:
    """Supplies if any were found, a bound if any was proven, and how the method ended.

    ``written_down`` is the seconds it took to hand the problem over, before its limit began.
    """

    supplies: Supplies | None = None
    bound: float | None = None
    ended: str = ""
    written_down: float = 0.0
    prices: Prices | None = None
    price_bound: float | None = None
    curve: Curve = field(default_factory=list)


class DoesNotApplyError(Exception):
    """The method cannot say what the problem asks; crippling the problem would be unfair."""
