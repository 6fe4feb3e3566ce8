"""What a clock does for those who ask."""

from django.utils.timezone import localdate

from .actions import erase_due_contacts, recount_requests, watch_questions, watch_requests


def every_minute() -> None:
    """Count again what was provisional, tell of what is due, erase what may not be kept."""
    recount_requests()
    watch_requests()
    watch_questions()
    erase_due_contacts(today=localdate())
