"""Who asks: somebody of a secretariat, and officers with offers to accept. Needs Django ready."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from binglian.domain.accounts.models import User


def secretary() -> User:
    """The secretariat of the largest alliance."""
    return User.objects.get(username="secretariat-01")


def session_of(user: User) -> str:
    """The cookie of a session in which the person is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)
