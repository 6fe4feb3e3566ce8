"""Everything that changes a briefing or a display."""

from .briefings import (
    ask_briefing,
    correct_briefing,
    recompose_briefing,
    start_briefing,
    write_briefing,
)
from .displays import close_display, open_display

__all__ = [
    "ask_briefing",
    "close_display",
    "correct_briefing",
    "open_display",
    "recompose_briefing",
    "start_briefing",
    "write_briefing",
]
