"""A plan file, whatever its format, as a planning problem with its names and dates."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from binglian.engine.planning.problem import PlanningProblem

from .cycles import find_cycle
from .faults import Code, FormatError
from .patterson import read_patterson, read_several
from .progen_max import read_progen_max
from .psplib import read_psplib
from .recognising import Format, recognise

__all__ = ["PlanFile", "read_plan_file"]


@dataclass(frozen=True)
class PlanFile:
    """What a file asks: the problem, and what its tasks are called."""

    problem: PlanningProblem
    format: Format
    titles: Mapping[str, str] = field(default_factory=dict)


_TEXT: dict[Format, Callable[[str], PlanningProblem]] = {
    Format.PSPLIB: read_psplib,
    Format.PATTERSON: read_patterson,
    Format.SEVERAL: read_several,
    Format.PROGEN_MAX: read_progen_max,
}


def read_plan_file(content: bytes, name: str, format: Format | None = None) -> PlanFile:
    """Read a file of any format; ``format`` overrides what content and ending say.

    Raises ``FormatError`` naming line and field, or the tasks of a circle.
    """
    if not content.strip():
        raise FormatError(Code.EMPTY)
    chosen = format or recognise(content, name)
    problem = _TEXT[chosen](_decoded(content))
    if cycle := find_cycle(problem):
        raise FormatError(Code.CYCLE, tasks=" → ".join(cycle))
    return PlanFile(problem, chosen)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")  # numbers are the same in it; names are none of ours
