"""What a plan file asks: the problem, when its units are, and what things are called."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from binglian.engine.planning.problem import PlanningProblem

from .axis import Axis
from .recognising import Format
from .remarks import Remark


@dataclass(frozen=True)
class PlanFile:
    """A planning problem with the names and dates of its file.

    ``titles`` and ``owners`` say what a task is called and whose it is, by its ref; a task
    without one goes by its ref. ``rows`` say where it stands in its file. ``remarks`` are what
    the reader had to decide, for the user to know.
    """

    problem: PlanningProblem
    format: Format
    axis: Axis = field(default_factory=Axis)
    title: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()

    def title_of(self, ref: str) -> str:
        """Return what a task is called."""
        return self.titles.get(ref) or ref

    def named(self, ref: str) -> str:
        """Return a task by its ref and what it is called."""
        title = self.titles.get(ref)
        return f"{ref} {title}" if title else ref
