"""What the operator, who holds the machine, does about somebody's sign-ins."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.ledger.actions import record

#: Told to the person, who has to know if it was not they who asked.
_FACTOR_REMOVED = gettext_noop(
    "您的第二重核验已由运维人员移除，下次登录后请重新设置。如非您本人要求，请立即联系平台管理员。"
)


@transaction.atomic
def end_sign_ins(*, user: User) -> int:
    """Sign somebody out everywhere; returns how many sign-ins were open."""
    keys = [
        session.session_key
        for session in Session.objects.filter(expire_date__gt=now()).iterator()
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(user=user).delete()
    record(None, "account.signed_out", user, change={"sign_ins": len(keys)})
    return len(keys)


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
