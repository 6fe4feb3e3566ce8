"""What a clock does for those who ask and for those who follow."""

from django.utils.timezone import localdate

from .actions import (
    erase_due_contacts,
    forget_unconfirmed,
    recount_requests,
    send_confirmations,
    send_digests,
    watch_questions,
    watch_requests,
)


def every_minute() -> None:
    """Count again what was provisional, tell of what is due, erase what may not be kept, write."""
    recount_requests()
    watch_requests()
    watch_questions()
    erase_due_contacts(today=localdate())
    forget_unconfirmed()
    send_confirmations()
    send_digests()
