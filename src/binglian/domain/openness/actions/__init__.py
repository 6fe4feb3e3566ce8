"""What changes requests, questions to projects, and who follows what."""

from .answering import answer_privately, answer_publicly, extend_request, refuse_request
from .asking import ask_for_information, withdraw_request
from .contacts import erase_due_contacts, read_request_contact
from .following import ask_to_follow, confirm_following, forget_unconfirmed, leave
from .letters import send_confirmations, send_digests
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
    "ask_to_follow",
    "confirm_following",
    "erase_due_contacts",
    "extend_request",
    "forget_unconfirmed",
    "leave",
    "publish_question",
    "read_request_contact",
    "recount_requests",
    "refuse_request",
    "send_confirmations",
    "send_digests",
    "shelve_question",
    "watch_questions",
    "watch_requests",
    "withdraw_request",
]
