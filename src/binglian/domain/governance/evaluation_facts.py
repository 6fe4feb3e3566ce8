"""The facts of an evaluation; whoever keeps commitments registers how to count them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from binglian.domain.alliance.models import Alliance

#: Fewer than this say nothing about an organisation and are not shown.
FEWEST = 5


@dataclass(slots=True)
class Facts:
    """Counts of one organisation in one period; never a score."""

    #: Commitments of this organisation that fell due in the period; what became of them follows.
    due: int = 0
    kept: int = 0
    late: int = 0
    unjudged: int = 0
    explained: int = 0
    overdue: int = 0
    #: Verdicts the other side gave on what this organisation delivered.
    judged: int = 0
    met: int = 0
    partly: int = 0
    not_met: int = 0
    #: Needs it entered, and how many of them are closed.
    asked: int = 0
    got: int = 0
    #: The organisations it promised something or was promised something by: they may write a line.
    partners: list[int] = field(default_factory=list)


#: Organisation id → its facts; organisations about which there is nothing may be left out.
Counting = Callable[[Alliance, date, date], dict[int, Facts]]

_counting: list[Counting] = []


def register(counting: Counting) -> None:
    """Make known who counts; called once when its app is ready."""
    _counting[:] = [counting]


def facts_of(alliance: Alliance, from_on: date, until_on: date) -> dict[int, Facts]:
    """The facts of every organisation in ``from_on``..``until_on``, both included."""
    return _counting[0](alliance, from_on, until_on)
