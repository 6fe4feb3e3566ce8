"""A plan file, whatever its format, as a planning problem with its names and dates."""

from collections.abc import Callable

from binglian.engine.planning.problem import PlanningProblem

from .cycles import find_cycle
from .faults import Code, FormatError
from .form import read_problem
from .mspdi import read_mspdi
from .patterson import read_patterson, read_several
from .plan_file import PlanFile
from .progen_max import read_progen_max
from .psplib import read_psplib
from .recognising import BYTE_ORDER_MARKS, Format, recognise
from .xer import read_xer

_DATED: dict[Format, Callable[[bytes], PlanFile]] = {
    Format.MSPDI: read_mspdi,
    Format.XER: read_xer,
    Format.JSON: read_problem,
}
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
    if chosen is Format.SHEET:  # whoever takes spreadsheets too asks binglian.sheets.plans first
        others = [one for one in Format if one is not Format.SHEET]
        raise FormatError(Code.UNKNOWN_FORMAT, choices=", ".join(others))
    if chosen in _DATED:
        file = _DATED[chosen](content)
    else:
        file = PlanFile(_TEXT[chosen](_decoded(content)), chosen)
    refuse_cycle(file)
    return file


def refuse_cycle(file: PlanFile) -> None:
    """Raise ``FormatError`` naming the tasks of a circle if there is one."""
    if cycle := find_cycle(file.problem):
        raise FormatError(Code.CYCLE, tasks=" → ".join(map(file.named, cycle)))


def _decoded(content: bytes) -> str:
    if content.startswith(BYTE_ORDER_MARKS):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")  # numbers are the same in it; names are none of ours
