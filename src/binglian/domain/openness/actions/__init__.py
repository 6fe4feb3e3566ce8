"""What changes requests for information."""

from .answering import answer_privately, answer_publicly, extend_request, refuse_request
from .asking import ask_for_information, withdraw_request
from .contacts import erase_due_contacts, read_request_contact
from .reminding import recount_requests, watch_requests

__all__ = [
    "answer_privately",
    "answer_publicly",
    "ask_for_information",
    "erase_due_contacts",
    "extend_request",
    "read_request_contact",
    "recount_requests",
    "refuse_request",
    "watch_requests",
    "withdraw_request",
]
