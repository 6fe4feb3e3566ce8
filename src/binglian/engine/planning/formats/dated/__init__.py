"""Plans as project programs keep them, in dates and working hours, laid out as a problem."""

from .laying_out import lay_out
from .plan import Constraint, ConstraintKind, DatedLink, DatedPlan, DatedResource, DatedTask

__all__ = [
    "Constraint",
    "ConstraintKind",
    "DatedLink",
    "DatedPlan",
    "DatedResource",
    "DatedTask",
    "lay_out",
]
