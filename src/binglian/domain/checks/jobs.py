"""What a clock does for sites and their visitors."""

from django.utils.timezone import localdate

from .actions import erase_due_sign_ups, tell_visitors


def every_minute() -> None:
    """Tell visitors of changes; erase what may not be kept any longer."""
    tell_visitors()
    erase_due_sign_ups(today=localdate())
