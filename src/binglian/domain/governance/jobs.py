"""What a clock does for decisions, agreements and meetings."""

from .actions import (
    close_windows,
    end_expired,
    end_notices,
    escalate_silence,
    lapse_what_changed,
    remind_of_agreements,
    remind_of_meetings,
)


def every_minute() -> None:
    """Close what has changed or run out, then tell of what is still awaited."""
    lapse_what_changed()
    escalate_silence()
    close_windows()
    end_notices()
    end_expired()
    remind_of_agreements()
    remind_of_meetings()
