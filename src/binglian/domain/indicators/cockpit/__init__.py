"""The state of an alliance on one screen. Organisations and things, no person and no ranking."""

from .composing import Cockpit, cockpit_of
from .displays import display_of, displays_of
from .freshness import state_of
from .waiting import Waiting, waiting_in

__all__ = [
    "Cockpit",
    "Waiting",
    "cockpit_of",
    "display_of",
    "displays_of",
    "state_of",
    "waiting_in",
]
