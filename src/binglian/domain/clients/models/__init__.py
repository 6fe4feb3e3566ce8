"""Other programs: those that ask, and those that are told."""

from .programs import OF_A_MEMBER, ApiClient, Scope
from .webhooks import Webhook, WebhookMessage

__all__ = ["OF_A_MEMBER", "ApiClient", "Scope", "Webhook", "WebhookMessage"]
