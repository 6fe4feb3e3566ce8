"""Programs get keys, and addresses are told of what happens."""

from .delivering import attempt_due, collect_messages
from .programs import (
    MOST_PER_MINUTE,
    KeyReused,
    Registered,
    answer_once,
    note_act,
    note_use,
    register_client,
    revoke_client,
)
from .webhooks import Subscribed, register_webhook, resume_webhook, stop_webhook, try_webhook

__all__ = [
    "MOST_PER_MINUTE",
    "KeyReused",
    "Registered",
    "Subscribed",
    "answer_once",
    "attempt_due",
    "collect_messages",
    "note_act",
    "note_use",
    "register_client",
    "register_webhook",
    "resume_webhook",
    "revoke_client",
    "stop_webhook",
    "try_webhook",
]
