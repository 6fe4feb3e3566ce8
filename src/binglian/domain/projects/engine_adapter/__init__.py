"""The only door to the planning engine: projects in, plans with reasons out."""

from binglian.engine.planning.result import Progress

from .answer import Outcome, ProjectPlan, Row, run_engine
from .problem import Snapshot, snapshot_of

__all__ = ["Outcome", "Progress", "ProjectPlan", "Row", "Snapshot", "run_engine", "snapshot_of"]
