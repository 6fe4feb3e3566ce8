"""The only door to the planning engine: projects in, plans with reasons out."""

from .adjusting import adjust
from .answer import Glance, Outcome, ProjectPlan, Row, run_engine
from .days import Days
from .explaining import what_would_help
from .files import UnreadablePlan, draft_of_file, mspdi_of
from .problem import Snapshot, snapshot_of
from .whatif import Changes, Comparison, Figures, ask_what_if, plan_changed

__all__ = [
    "Changes",
    "Comparison",
    "Days",
    "Figures",
    "Glance",
    "Outcome",
    "ProjectPlan",
    "Row",
    "Snapshot",
    "UnreadablePlan",
    "adjust",
    "ask_what_if",
    "draft_of_file",
    "mspdi_of",
    "plan_changed",
    "run_engine",
    "snapshot_of",
    "what_would_help",
]
