"""The state of an alliance on one screen. Organisations and things, no person and no ranking."""

from .composing import Cockpit, cockpit_of
from .displays import display_of, displays_of
from .freshness import state_of

__all__ = ["Cockpit", "cockpit_of", "display_of", "displays_of", "state_of"]
