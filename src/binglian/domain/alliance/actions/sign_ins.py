"""Ending sign-ins of others: by an administrator, or by the operator, who holds the machine."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.ledger.actions import record

#: Told to the person, who has to know if it was not they who asked.
_FACTOR_REMOVED = gettext_noop(
    "您的第二重核验已由运维人员移除，下次登录后请重新设置。如非您本人要求，请立即联系平台管理员。"
)


@transaction.atomic
def end_sign_ins(*, user: User, by: User | None = None, but: str = "") -> int:
    """Sign somebody out everywhere; returns how many sign-ins were open.

    ``by`` is ``None`` for the operator. ``but``: the session in which it is asked, which stays.
    """
    if by is not None:
        require_permission(by, Permission.MANAGE_PLATFORM, within=None)
    keys = [
        session.session_key
        for session in Session.objects.filter(expire_date__gt=now()).iterator()
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    ended = _end(Session.objects.filter(session_key__in=keys), but)
    record(by, "account.signed_out", user, change={"sign_ins": ended})
    return ended


@transaction.atomic
def end_all_sign_ins(*, by: User, but: str) -> int:
    """Sign everybody out, as when sessions may have been stolen, but for the session ``but``."""
    require_permission(by, Permission.MANAGE_PLATFORM, within=None)
    ended = _end(Session.objects.filter(expire_date__gt=now()), but)
    record(by, "account.all_signed_out", by, change={"sign_ins": ended})
    return ended


def _end(sessions: QuerySet[Session], but: str) -> int:
    keys = list(sessions.exclude(session_key=but).values_list("session_key", flat=True))
    UserSession.objects.filter(session_key__in=keys).delete()
    return Session.objects.filter(session_key__in=keys).delete()[0]


@transaction.atomic
def remove_second_factor(*, user: User) -> int:
    """For a lost phone, once the person was confirmed face to face; returns how many were set.

    Codes and passkeys go, every sign-in ends, and the person is told.
    """
    removed = Authenticator.objects.filter(user=user).delete()[0]
    end_sign_ins(user=user)
    record(None, "account.factor_removed", user, change={"factors": removed})
    key = f"factor-removed:{now().isoformat()}"
    notify([user], key=key, message=_FACTOR_REMOVED, facts={}, url="/security/")
    return removed
