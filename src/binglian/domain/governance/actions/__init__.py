"""Every change to what is decided, signed and resolved.

``sealing`` loads pyHanko and is imported by the job alone.
"""

from .agreement_reminders import remind_of_agreements
from .answering import answer_decision
from .asking import ask_decision, withdraw_decision
from .certificates import prepare_certificates, revoke_certificate, rotate_certificate
from .clock import escalate_silence, lapse_what_changed
from .coming_into_force import close_windows, end_expired
from .commenting import answer_comment, comment_on, open_comments
from .delegations import add_superior, delegate_decisions, remove_superior, revoke_delegation
from .departing import ask_expulsion, end_notices, withdraw_from_agreement
from .drafting import (
    begin_version,
    change_agreement,
    move_clause,
    remove_clause,
    remove_pledge,
    save_clause,
    save_pledge,
    start_agreement,
)
from .freezing import ask_to_freeze, freeze_version
from .paper_signing import check_paper, hand_in_paper
from .rules import RESERVED_FOR, ask_rule_change
from .signing import accede, decline_agreement, sign_agreement

__all__ = [
    "RESERVED_FOR",
    "accede",
    "add_superior",
    "answer_comment",
    "answer_decision",
    "ask_decision",
    "ask_expulsion",
    "ask_rule_change",
    "ask_to_freeze",
    "begin_version",
    "change_agreement",
    "check_paper",
    "close_windows",
    "comment_on",
    "decline_agreement",
    "delegate_decisions",
    "end_expired",
    "end_notices",
    "escalate_silence",
    "freeze_version",
    "hand_in_paper",
    "lapse_what_changed",
    "move_clause",
    "open_comments",
    "prepare_certificates",
    "remind_of_agreements",
    "remove_clause",
    "remove_pledge",
    "remove_superior",
    "revoke_certificate",
    "revoke_delegation",
    "rotate_certificate",
    "save_clause",
    "save_pledge",
    "sign_agreement",
    "start_agreement",
    "withdraw_decision",
    "withdraw_from_agreement",
]
