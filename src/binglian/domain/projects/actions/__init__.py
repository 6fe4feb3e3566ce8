"""Every change to projects, their plans, and the catalogue they come from."""

from .adjusting import adjust_plan, unpin
from .adoption import adopt_baseline, ask_baseline, make_current
from .capacity import (
    add_capacity_period,
    add_closure,
    remove_capacity_period,
    remove_closure,
    set_capacity,
)
from .catalogue import LinkFacts, adopt_catalogue, assign_office, save_item
from .imports import carry_out_network, unknown_organisations
from .networks import generate_network
from .places import leave_place, touch_place
from .planning import (
    ask_plan,
    begin_planning,
    cancel_planning,
    fail_planning,
    finish_planning,
    note_planning_progress,
    projects_of,
    revive_stuck_plannings,
)
from .projects import change_project, create_project, finish_project, withdraw_project
from .reminders import remind_of_projects, write_weekly_letters
from .reports import report, settle_expiry, take_back_report
from .tasks import (
    ModeFacts,
    ask_for_capability,
    remove_precedence,
    remove_task,
    save_precedence,
    save_task,
)
from .templates import apply_template, keep_template
from .versions import note_plan_findings
from .whatif import adopt_what_if, keep_what_if

__all__ = [
    "LinkFacts",
    "ModeFacts",
    "add_capacity_period",
    "add_closure",
    "adjust_plan",
    "adopt_baseline",
    "adopt_catalogue",
    "adopt_what_if",
    "apply_template",
    "ask_baseline",
    "ask_for_capability",
    "ask_plan",
    "assign_office",
    "begin_planning",
    "cancel_planning",
    "carry_out_network",
    "change_project",
    "create_project",
    "fail_planning",
    "finish_planning",
    "finish_project",
    "generate_network",
    "keep_template",
    "keep_what_if",
    "leave_place",
    "make_current",
    "note_plan_findings",
    "note_planning_progress",
    "projects_of",
    "remind_of_projects",
    "remove_capacity_period",
    "remove_closure",
    "remove_precedence",
    "remove_task",
    "report",
    "revive_stuck_plannings",
    "save_item",
    "save_precedence",
    "save_task",
    "set_capacity",
    "settle_expiry",
    "take_back_report",
    "touch_place",
    "unknown_organisations",
    "unpin",
    "withdraw_project",
    "write_weekly_letters",
]
