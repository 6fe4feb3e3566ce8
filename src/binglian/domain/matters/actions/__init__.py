"""Every change to residents' matters."""

from .answering import close_matter, reopen, reply, review_unreasonable, revisit
from .contacts import read_contact
from .dispatching import (
    accept_assignment,
    ask_for_help,
    decide_objection,
    dispatch_matter,
    object_to,
)
from .reporting import (
    check_publication,
    divert_matter,
    join_matter,
    reject_matter,
    report_matter,
)

__all__ = [
    "accept_assignment",
    "ask_for_help",
    "check_publication",
    "close_matter",
    "decide_objection",
    "dispatch_matter",
    "divert_matter",
    "join_matter",
    "object_to",
    "read_contact",
    "reject_matter",
    "reopen",
    "reply",
    "report_matter",
    "review_unreasonable",
    "revisit",
]
