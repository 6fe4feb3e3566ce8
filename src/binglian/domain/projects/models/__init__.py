"""What is stored about projects, one file for each group of tables."""

from .capacity import Capacity, CapacityPeriod, Closure
from .catalogue import ApprovalItem, ItemLink, Template
from .places import TouchedPlace
from .plans import Plan, PlannedTask, PlanningRun, WhatIf
from .projects import Project
from .reports import Expiry, Report
from .tasks import Lag, Link, Precedence, Task, TaskMode

__all__ = [
    "ApprovalItem",
    "Capacity",
    "CapacityPeriod",
    "Closure",
    "Expiry",
    "ItemLink",
    "Lag",
    "Link",
    "Plan",
    "PlannedTask",
    "PlanningRun",
    "Precedence",
    "Project",
    "Report",
    "Task",
    "TaskMode",
    "Template",
    "TouchedPlace",
    "WhatIf",
]
