"""Every change to what is decided, signed and resolved."""

from .decisions import answer_decision, ask_decision

__all__ = [
    "answer_decision",
    "ask_decision",
]
