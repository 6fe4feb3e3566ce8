"""Reads about projects; every list starts from what the reader may see."""

from .awaiting import (
    Awaited,
    awaited_from,
    awaited_from_us,
    awaited_in,
    awaited_of,
    links_of,
    overdue_in,
)
from .capacity import CapacityUse, capacity_use
from .catalogue import applicable_items, items_visible_to, templates_visible_to
from .looking_ahead import WeekAhead, expiring_in, week_ahead
from .outlook import Outlook, outlook_of
from .projects import (
    planning_runs_visible_to,
    plans_visible_to,
    projects_visible_to,
    public_projects,
    rows_by_plan,
    rows_of,
    tasks_of,
    tasks_visible_to,
)
from .protected import (
    Consents,
    GradeEffect,
    consents_of,
    effects_of_grades,
    projects_touching,
    touched_places,
)
from .versions import Difference, Moved, difference

__all__ = [
    "Awaited",
    "CapacityUse",
    "Consents",
    "Difference",
    "GradeEffect",
    "Moved",
    "Outlook",
    "WeekAhead",
    "applicable_items",
    "awaited_from",
    "awaited_from_us",
    "awaited_in",
    "awaited_of",
    "capacity_use",
    "consents_of",
    "difference",
    "effects_of_grades",
    "expiring_in",
    "items_visible_to",
    "links_of",
    "outlook_of",
    "overdue_in",
    "planning_runs_visible_to",
    "plans_visible_to",
    "projects_touching",
    "projects_visible_to",
    "public_projects",
    "rows_by_plan",
    "rows_of",
    "tasks_of",
    "tasks_visible_to",
    "templates_visible_to",
    "touched_places",
    "week_ahead",
]
