"""What a clock does for places."""

from django.utils.timezone import localdate

from .actions import erase_due_applications


def every_minute() -> None:
    """Erase what may not be kept any longer."""
    erase_due_applications(today=localdate())
