"""Plan files in and out: of planning research, of project programs, of people."""

from .axis import Axis, Unit, lay_axis
from .cycles import find_cycle
from .faults import Code, FormatError
from .plan_file import PlanFile
from .reading import read_plan_file, refuse_cycle
from .recognising import Format, recognise
from .remarks import Decided, Remark

__all__ = [
    "Axis",
    "Code",
    "Decided",
    "Format",
    "FormatError",
    "PlanFile",
    "Remark",
    "Unit",
    "find_cycle",
    "lay_axis",
    "read_plan_file",
    "recognise",
    "refuse_cycle",
]
