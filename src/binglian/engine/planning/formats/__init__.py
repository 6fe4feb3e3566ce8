"""Plan files in and out: of planning research, of project programs, of people."""

from .cycles import find_cycle
from .faults import Code, FormatError
from .reading import PlanFile, read_plan_file
from .recognising import Format, recognise

__all__ = [
    "Code",
    "Format",
    "FormatError",
    "PlanFile",
    "find_cycle",
    "read_plan_file",
    "recognise",
]
