"""What a clock does for residents' matters."""

from django.utils.timezone import localdate

from .actions import bring_back, erase_due_contacts, remind_of_matters


def every_minute() -> None:
    """Bring back what others have solved, tell of what is due, erase what may not be kept."""
    bring_back()
    remind_of_matters()
    erase_due_contacts(today=localdate())
