"""A line in the log for who comes in, who does not, and what is refused.

People stand there by their number; what was typed as a name stands there never, for people type
their password into the wrong field.
"""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from binglian.domain.accounts.models import User

logger = logging.getLogger("binglian.security")

#: Signal → what its line says, and how loud.
_TOLD = {
    user_logged_in: ("signed in", logging.INFO),
    user_logged_out: ("signed out", logging.INFO),
    user_login_failed: ("sign-in failed", logging.WARNING),
    password_changed: ("password changed", logging.WARNING),
    password_reset: ("password reset", logging.WARNING),
    authenticator_added: ("second factor added", logging.WARNING),
    authenticator_removed: ("second factor removed", logging.WARNING),
}


def listen() -> None:
    """Called once when all apps are ready."""
    for signal, (event, level) in _TOLD.items():
        signal.connect(_teller(event, level), weak=False, dispatch_uid=f"noticing:{event}")


def _teller(event: str, level: int) -> Any:
    def tell(sender: Any, user: User | None = None, **_rest: Any) -> None:  # noqa: ARG001
        logger.log(level, "%s, user %s", event, user.pk if user else "unknown")

    return tell
