"""The JSON form of planning problems and plans: versioned, documented, checked."""

from .plan import PLAN_SCHEMA, PlanRead, read_plan
from .problem import PROBLEM_SCHEMA, read_problem
from .writing import axis_form, problem_lines

__all__ = [
    "PLAN_SCHEMA",
    "PROBLEM_SCHEMA",
    "PlanRead",
    "axis_form",
    "problem_lines",
    "read_plan",
    "read_problem",
]
