"""How to reach who asked: kept encrypted, read with a reason, erased in time."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.sealing import unseal
from binglian.domain.openness.models import InformationRequest
from binglian.domain.refusals import refuse_unless

from .steps import locked, note, require_desk


def bound_to(request: InformationRequest) -> str:
    """A sealed contact moved to another row does not open."""
    return f"information_request:{request.pk}"


@transaction.atomic
def read_request_contact(*, request: InformationRequest, reason: str, by: User) -> dict[str, str]:
    """{name, phone, email}, as far as given; every look is recorded with its reason.

    Raises
    ------
    PermissionDenied
        ``by`` does not answer requests here.
    ActionRefused
        No reason given, or no contact left.
    """
    request = locked(request)
    require_desk(by, request)
    refuse_unless(reason.strip(), _("请写明为什么查看联系方式。"))
    refuse_unless(request.erased_at is None, _("没有留下联系方式，或已删除。"))
    note(by, "contact_read", request, {"reason": reason.strip()[:120]})
    return unseal(bytes(request.sealed), bound_to(request))


def erase(request: InformationRequest) -> None:
    request.sealed, request.erased_at = b"", now()
    request.save(update_fields=["sealed", "erased_at"])


def erase_due_contacts(*, today: date) -> int:
    """The clock erases contacts that are due, of requests that are answered; returns how many."""
    rows = InformationRequest.objects.filter(erased_at=None, erase_on__lte=today)
    return sum(_erased_by_clock(one) for one in rows.exclude(state="waiting"))


@transaction.atomic
def _erased_by_clock(request: InformationRequest) -> bool:
    request = locked(request)
    erase(request)
    note(None, "contact_erased", request)
    return True
