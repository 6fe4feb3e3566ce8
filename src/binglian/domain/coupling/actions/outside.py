"""What every application from outside goes through: taken in, answered, taken back, erased.

The contact is sealed for its own row, read only with a reason that the ledger keeps, and erased
when it is due. What an application is about, and what it becomes, each kind knows itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.sealing import seal, unseal
from binglian.domain.accounts.tokens import digest_of, new_token
from binglian.domain.alliance.models import Alliance
from binglian.domain.coupling.models import OutsideApplication
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless

#: Days after which the contact is erased, whatever became of the application.
KEPT_DAYS = 180


def take_in(
    application: OutsideApplication,
    *,
    contact: Mapping[str, str],
    doubts: Sequence[str],
    change: dict[str, Any],
) -> str:
    """Store a new application with its contact sealed; returns its secret, told once.

    ``contact`` is {name, phone, email} with at least one way to be reached.
    """
    contact = {name: value.strip() for name, value in contact.items() if value.strip()}
    refuse_unless(contact.get("phone") or contact.get("email"), _("请留电话或邮箱，好回复您。"))
    refuse_unless(application.consent_text.strip(), _("保存联系方式须先征得同意。"))
    # Numbers are given out one at a time.
    alliance = Alliance.objects.select_for_update(no_key=True).get(pk=application.alliance.pk)
    taken = type(application)._default_manager.filter(Q(alliance=alliance)).count()
    application.number = f"{application.LETTER}-{taken + 1:04d}"
    application.doubts = "、".join(doubts)[:200]
    token = new_token()
    application.token_digest = digest_of(token)
    application.erase_on = localdate() + timedelta(days=KEPT_DAYS)
    application.save()
    application.sealed = seal(contact, _bound_to(application))
    application.save(update_fields=["sealed"])
    told = change | {"doubts": list(doubts)}
    record(None, f"{application.KIND}.received", application, within=alliance, change=told)
    return token


def require_open(application: OutsideApplication) -> None:
    """Nothing is answered twice."""
    refuse_unless(application.state == application.State.RECEIVED, _("这份申请已经办理。"))


def settle(application: OutsideApplication, state: str) -> None:
    """It is answered; ``application`` is locked and holds what else is to be stored."""
    application.state, application.answered_at = state, now()
    application.save()


def decline(application: OutsideApplication, *, reason: str, by: User) -> None:
    """No, with a reason the applicant reads."""
    require_open(application)
    refuse_unless(reason.strip(), _("请写明原因，申请人会看到。"))
    application.reason = reason.strip()[:200]
    settle(application, application.State.DECLINED)
    change = {"reason": application.reason}
    _recorded(by, "declined", application, change)


def contact_of(application: OutsideApplication, *, reason: str, by: User) -> dict[str, str]:
    """How to reach the applicant: {name, phone, email}; every look is recorded."""
    refuse_unless(reason.strip(), _("请写明为什么查看联系方式。"))
    refuse_unless(application.erased_at is None, _("联系方式已删除。"))
    _recorded(by, "contact_read", application, {"reason": reason.strip()[:120]})
    return unseal(bytes(application.sealed), _bound_to(application))


def take_back(application: OutsideApplication, change: dict[str, Any]) -> None:
    """Whoever holds the secret link takes it back: contact and words are gone at once."""
    refuse_unless(application.state != application.State.WITHDRAWN, _("已经撤回。"))
    application.text = ""
    application.sealed, application.erased_at = b"", now()
    settle(application, application.State.WITHDRAWN)
    _recorded(None, "withdrawn", application, change)


def erase_due(kind: type[OutsideApplication], *, today: date) -> int:
    """The clock erases contacts that are due; returns how many."""
    due = kind._default_manager.filter(erased_at=None, erase_on__lte=today)
    return sum(_erase(kind, application.pk) for application in due)


@transaction.atomic
def _erase(kind: type[OutsideApplication], pk: int) -> bool:
    application = kind._default_manager.select_for_update(of=("self",)).get(pk=pk)
    application.sealed, application.erased_at = b"", now()
    application.save(update_fields=["sealed", "erased_at"])
    _recorded(None, "contact_erased", application, {})
    return True


def _recorded(
    by: User | None, what: str, application: OutsideApplication, change: dict[str, Any]
) -> None:
    act = f"{application.KIND}.{what}"
    record(by, act, application, within=application.alliance, change=change)


def _bound_to(application: OutsideApplication) -> str:
    """A sealed contact moved to another row does not open."""
    return f"{application.KIND}:{application.pk}"
