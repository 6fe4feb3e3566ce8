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
from .signing import (
    AGREEMENT,
    all_certificates,
    certificate_state,
    last_signed,
    last_signed_agreement,
    root_certificates_pem,
    signed_files_visible_to,
    signing_code,
)

__all__ = [
    "AGREEMENT",
    "SEATS",
    "all_certificates",
    "body_of",
    "certificate_state",
    "could_be_delegate",
    "deciders",
    "decisions_awaiting",
    "decisions_visible_to",
    "delegation_to",
    "delegations_in",
    "last_signed",
    "last_signed_agreement",
    "lead_to_answer",
    "leads_of",
    "may_withdraw",
    "open_decision",
    "possible_delegates",
    "root_certificates_pem",
    "seats_held",
    "signed_files_visible_to",
    "signing_code",
]
