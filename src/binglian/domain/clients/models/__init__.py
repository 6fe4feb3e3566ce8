"""Other programs: those that ask, and those that are told."""

from .programs import ApiClient, KeptAnswer, Scope
from .webhooks import Webhook, WebhookMessage

__all__ = ["ApiClient", "KeptAnswer", "Scope", "Webhook", "WebhookMessage"]
