"""What a clock does for decisions."""

from .actions import escalate_silence, lapse_what_changed


def every_minute() -> None:
    """Close what has changed, then tell of silence about what is still asked."""
    lapse_what_changed()
    escalate_silence()
