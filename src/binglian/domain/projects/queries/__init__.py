"""Reads about projects; every list starts from what the reader may see."""

from .awaiting import Awaited, awaited_from, awaited_from_us, awaited_in, awaited_of, overdue_in
from .capacity import CapacityUse, capacity_use
from .catalogue import applicable_items, items_visible_to, templates_visible_to
from .looking_ahead import WeekAhead, expiring_in, week_ahead
from .outlook import Outlook, outlook_of
from .projects import (
    planning_runs_visible_to,
    plans_visible_to,
    projects_visible_to,
    public_projects,
    rows_of,
    tasks_of,
    tasks_visible_to,
)
from .versions import Difference, Moved, difference

__all__ = [
    "Awaited",
    "CapacityUse",
    "Difference",
    "Moved",
    "Outlook",
    "WeekAhead",
    "applicable_items",
    "awaited_from",
    "awaited_from_us",
    "awaited_in",
    "awaited_of",
    "capacity_use",
    "difference",
    "expiring_in",
    "items_visible_to",
    "outlook_of",
    "overdue_in",
    "planning_runs_visible_to",
    "plans_visible_to",
    "projects_visible_to",
    "public_projects",
    "rows_of",
    "tasks_of",
    "tasks_visible_to",
    "templates_visible_to",
    "week_ahead",
]
