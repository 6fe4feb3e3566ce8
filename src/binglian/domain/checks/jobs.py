"""What a clock does for sites and their visitors."""

from django.utils.timezone import localdate

from .actions import erase_due_sign_ups, tell_visitors, watch_findings


def every_minute() -> None:
    """Tell visitors of changes and upward what is late; erase what may not be kept longer."""
    tell_visitors()
    erase_due_sign_ups(today=localdate())
    watch_findings(today=localdate())
