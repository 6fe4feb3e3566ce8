"""What changes requests for information and questions to projects."""

from .answering import answer_privately, answer_publicly, extend_request, refuse_request
from .asking import ask_for_information, withdraw_request
from .contacts import erase_due_contacts, read_request_contact
from .questions import (
    answer_question,
    ask_project,
    publish_question,
    shelve_question,
    watch_questions,
)
from .reminding import recount_requests, watch_requests

__all__ = [
    "answer_privately",
    "answer_publicly",
    "answer_question",
    "ask_for_information",
    "ask_project",
    "erase_due_contacts",
    "extend_request",
    "publish_question",
    "read_request_contact",
    "recount_requests",
    "refuse_request",
    "shelve_question",
    "watch_questions",
    "watch_requests",
    "withdraw_request",
]
