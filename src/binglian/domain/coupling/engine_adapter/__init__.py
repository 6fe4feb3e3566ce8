"""The only door to the engine: lists in, matches with reasons out."""

from binglian.engine.coupling.result import Progress

from .answer import Outcome, Review, Shortfall, Supply, review, run_engine
from .problem import (
    STANDING,
    Snapshot,
    candidates_for,
    engine_windows,
    reasons_against,
    snapshot_of,
)

__all__ = [
    "STANDING",
    "Outcome",
    "Progress",
    "Review",
    "Shortfall",
    "Snapshot",
    "Supply",
    "candidates_for",
    "engine_windows",
    "reasons_against",
    "review",
    "run_engine",
    "snapshot_of",
]
