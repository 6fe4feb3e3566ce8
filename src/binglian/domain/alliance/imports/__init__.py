"""From an uploaded list to a plan of what it would create, change and leave alone."""

from .members import member_row, plan_members
from .names import Names
from .plans import ImportPlan, Line, Notes, Verdict, differences, merged
from .reading import Reading, categories_of, kinds_of, pasted_list, read_list

__all__ = [
    "ImportPlan",
    "Line",
    "Names",
    "Notes",
    "Reading",
    "Verdict",
    "categories_of",
    "differences",
    "kinds_of",
    "member_row",
    "merged",
    "pasted_list",
    "plan_members",
    "read_list",
]
