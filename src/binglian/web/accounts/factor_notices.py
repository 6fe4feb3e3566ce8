"""Whoever owns an account hears, by notice and mail, that a second factor came or went."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.governance.models import Signature

_ADDED = gettext_noop(
    "您的账号新增了签署用的第二重核验（%(kind)s）。如非本人操作，请立即改密码并告知平台管理员。"
)
_REMOVED = gettext_noop(
    "您的账号取消了第二重核验（%(kind)s）。如非本人操作，请立即改密码并告知平台管理员。"
)


def listen() -> None:
    """Called once when all apps are ready."""
    authenticator_added.connect(_added, dispatch_uid="factor-added")
    authenticator_removed.connect(_removed, dispatch_uid="factor-removed")


def _added(user: User, authenticator: Authenticator, **_rest: Any) -> None:
    _tell(user, authenticator, "added", _ADDED)


def _removed(user: User, authenticator: Authenticator, **_rest: Any) -> None:
    _tell(user, authenticator, "removed", _REMOVED)


def _tell(user: User, authenticator: Authenticator, what: str, message: str) -> None:
    notify(
        [user],
        key=f"factor:{authenticator.type}:{authenticator.created_at.timestamp():.0f}:{what}",
        message=message,
        facts={"kind": Signature.Method(authenticator.type).label},
        url="/security/",
    )
