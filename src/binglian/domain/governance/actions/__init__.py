"""Every change to what is decided, signed and resolved."""

from .answering import answer_decision
from .asking import ask_decision, withdraw_decision
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
    "remove_superior",
    "revoke_delegation",
    "withdraw_decision",
]
