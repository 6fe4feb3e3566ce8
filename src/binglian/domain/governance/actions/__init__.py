"""Every change to what is decided, signed and resolved.

``sealing`` loads pyHanko and is imported by the job alone.
"""

from .answering import answer_decision
from .asking import ask_decision, withdraw_decision
from .certificates import prepare_certificates, revoke_certificate, rotate_certificate
from .clock import escalate_silence, lapse_what_changed
from .delegations import (
    add_superior,
    delegate_decisions,
    remove_superior,
    revoke_delegation,
)
from .rules import RESERVED_FOR, ask_rule_change

__all__ = [
    "RESERVED_FOR",
    "add_superior",
    "answer_decision",
    "ask_decision",
    "ask_rule_change",
    "delegate_decisions",
    "escalate_silence",
    "lapse_what_changed",
    "prepare_certificates",
    "remove_superior",
    "revoke_certificate",
    "revoke_delegation",
    "rotate_certificate",
    "withdraw_decision",
]
