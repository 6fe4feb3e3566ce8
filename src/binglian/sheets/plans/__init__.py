"""Plans as people keep them in spreadsheets: tasks, capacities, calendars, and what is found."""

from .links import LinkTo, read_links, write_links
from .rows import ORDINARY, CalendarRow, CapacityRow, ModeRow, PlanRows, TaskRow, parse_plan
from .template import plan_template

__all__ = [
    "ORDINARY",
    "CalendarRow",
    "CapacityRow",
    "LinkTo",
    "ModeRow",
    "PlanRows",
    "TaskRow",
    "parse_plan",
    "plan_template",
    "read_links",
    "write_links",
]
