"""What actions on requests have in common: lock, permission, record, deadline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.queries import people_with
from binglian.domain.ledger.actions import record
from binglian.domain.matters.engine_adapter import due
from binglian.domain.matters.models import Clock
from binglian.domain.openness.models import InformationRequest
from binglian.domain.openness.rules import periods


def locked(request: InformationRequest) -> InformationRequest:
    """The request as it stands now, and nobody else changes it until this act is over."""
    rows = InformationRequest.objects.select_for_update(of=("self",))
    return rows.select_related("alliance").get(pk=request.pk)


def require_desk(by: User, request: InformationRequest) -> None:
    require_permission(by, Permission.ANSWER_REQUESTS, within=request.alliance)


def note(
    by: User | None,
    what: str,
    request: InformationRequest,
    change: Mapping[str, Any] | None = None,
) -> None:
    """Record one step; neither the wish nor how to reach somebody enters the ledger."""
    act = f"information_request.{what}"
    record(by, act, request, within=request.alliance, change=change)


def tell_desk(request: InformationRequest, what: str, message: str, **facts: Any) -> None:
    """Tell the secretariat, once for each ``what``; by the number alone."""
    notify(
        people_with(request.alliance, Role.SECRETARIAT),
        key=f"information_request:{request.pk}:{what}",
        message=message,
        facts={"number": request.number, **facts},
        url=f"/a/{request.alliance.slug}/requests/{request.pk}/",
    )


def set_due(request: InformationRequest) -> bool:
    """Work the deadline out from the calendar of today; returns whether it moved."""
    more = [periods()["extension"].working_days] if request.extended_at else []
    found = due(
        request.received_at,
        periods()["answer"].working_days,
        Clock.WORKING_DAYS,
        extensions=more,
    )
    has_moved = (found.at, found.is_provisional) != (request.due_at, request.is_due_provisional)
    request.due_at, request.is_due_provisional = found.at, found.is_provisional
    return has_moved
