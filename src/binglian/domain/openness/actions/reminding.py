"""What the clock does for requests: warn, escalate, and count again when a calendar is known."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.queries import people_with
from binglian.domain.matters.engine_adapter import warning_at
from binglian.domain.openness.models import InformationRequest

from .steps import locked, note, set_due, tell_desk

_SOON = gettext_noop("信息公开申请 %(number)s 将于 %(until)s 到期，请尽快答复。")
_LATE = gettext_noop("信息公开申请 %(number)s 已超过答复期限（%(until)s）。")
_MOVED = gettext_noop("办公日历已更新，信息公开申请 %(number)s 须在 %(until)s 前答复。")


def watch_requests() -> None:
    """Warn once before each deadline and escalate once after it; safe to run at any time."""
    waiting = InformationRequest.objects.filter(state="waiting").select_related("alliance")
    for request in waiting.filter(due_at__lt=now(), overdue_at=None):
        _escalate(request)
    for request in waiting.filter(due_at__gte=now()):
        if now() >= warning_at(request.received_at, request.due_at):
            until = _day(request.due_at)
            tell_desk(request, f"soon:{until}", _SOON, until=until)


@transaction.atomic
def _escalate(request: InformationRequest) -> None:
    """Late: noted for good, and the leads learn of it beside the desk."""
    request = locked(request)
    request.overdue_at = now()
    request.save(update_fields=["overdue_at"])
    note(None, "overdue", request)
    until = _day(request.due_at)
    tell_desk(request, "late", _LATE, until=until)
    notify(
        people_with(request.alliance, Role.LEAD_A, Role.LEAD_B),
        key=f"information_request:{request.pk}:late",
        message=_LATE,
        facts={"number": request.number, "until": until},
        url=f"/p/{request.alliance.slug}/ask/",
    )


def recount_requests() -> int:
    """Deadlines in a year whose days off have become known are worked out again; how many moved."""
    rows = InformationRequest.objects.filter(state="waiting", is_due_provisional=True)
    return sum(_recounted(one) for one in rows)


@transaction.atomic
def _recounted(request: InformationRequest) -> bool:
    request = locked(request)
    before = request.due_at
    if not set_due(request):
        return False
    request.save(update_fields=["due_at", "is_due_provisional"])
    if before == request.due_at:
        return False
    note(None, "due_moved", request, {"before": _day(before), "until": _day(request.due_at)})
    until = _day(request.due_at)
    tell_desk(request, f"moved:{until}", _MOVED, until=until)
    return True


def _day(at: datetime) -> str:
    return f"{localdate(at):%Y-%m-%d}"
