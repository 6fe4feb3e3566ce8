"""The only door to the engine: lists in, matches with reasons out."""

from binglian.engine.coupling.judge.broken_rule import BrokenRule
from binglian.engine.coupling.result import Progress

from .answer import (
    Figures,
    Outcome,
    Review,
    Shortfall,
    Supply,
    matches_of_run,
    outcome_of,
    review,
    rules_in_words,
    run_engine,
)
from .findings import multiplier_of, wishes_of
from .problem import STANDING, Snapshot, candidates_for, engine_windows, slots_for, snapshot_of
from .whatif import Answer, Changes, NewOffer, ask_what_if, size_of

__all__ = [
    "STANDING",
    "Answer",
    "BrokenRule",
    "Changes",
    "Figures",
    "NewOffer",
    "Outcome",
    "Progress",
    "Review",
    "Shortfall",
    "Snapshot",
    "Supply",
    "ask_what_if",
    "candidates_for",
    "engine_windows",
    "matches_of_run",
    "multiplier_of",
    "outcome_of",
    "review",
    "rules_in_words",
    "run_engine",
    "size_of",
    "slots_for",
    "snapshot_of",
    "wishes_of",
]
