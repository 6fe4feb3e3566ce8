"""Reads about governance; every list starts from what the reader may see."""

from .decisions import (
    decisions_awaiting,
    decisions_visible_to,
    lead_to_answer,
    may_withdraw,
    open_decision,
)
from .leads import (
    SEATS,
    body_of,
    could_be_delegate,
    deciders,
    delegation_to,
    delegations_in,
    leads_of,
    possible_delegates,
    seats_held,
)

__all__ = [
    "SEATS",
    "body_of",
    "could_be_delegate",
    "deciders",
    "decisions_awaiting",
    "decisions_visible_to",
    "delegation_to",
    "delegations_in",
    "lead_to_answer",
    "leads_of",
    "may_withdraw",
    "open_decision",
    "possible_delegates",
    "seats_held",
]
