"""How views find what they show: visible to the reader, or 404; permitted, or 403."""

from typing import Any

from django.db.models import Exists, QuerySet
from django.http import Http404, HttpRequest

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission, require_permission
from binglian.domain.accounts.queries import notifications_visible_to
from binglian.domain.accounts.roles import LEADS
from binglian.domain.alliance.models import Alliance, Appointment, Organisation, seats_of
from binglian.domain.alliance.queries import alliances_visible_to
from binglian.domain.counting import number_of
from binglian.domain.governance.models import Decision, Delegation, Lead
from binglian.domain.governance.queries import decisions_awaiting
from binglian.domain.indicators.kept import acts_recorded


def seats_held(request: HttpRequest) -> list[Appointment]:
    """The reader's present seats with their alliances; asked once for the whole request."""
    if not hasattr(request, "seats_held"):
        request.seats_held = seats_of(request.user)
    return request.seats_held


def waiting_facts(request: HttpRequest, **lists: QuerySet[Any]) -> dict[str, Any]:
    """What every page asks of the reader, in one statement for the whole request.

    ``unread_count`` of notices, ``is_delegate``, ``acts`` for ``kept_for``; and for each of
    ``lists`` whether it holds anything, where a page asks first.
    """
    if not hasattr(request, "waiting_facts"):
        user: Any = request.user
        asked = User.objects.filter(pk=user.pk)
        request.waiting_facts = asked.values(
            unread_count=number_of(notifications_visible_to(user).filter(read_at=None)),
            is_delegate=Exists(Delegation.objects.current().filter(delegate=user)),
            acts=acts_recorded(),
            **{name: Exists(rows) for name, rows in lists.items()},
        ).get()
    return request.waiting_facts


def decisions_of(request: HttpRequest) -> list[tuple[Decision, Lead]]:
    """The decisions the reader can answer now; asked once for the whole request."""
    if not hasattr(request, "decisions_awaiting"):
        leads = {role.value for role in LEADS}
        has_seat = any(seat.role in leads for seat in seats_held(request))
        is_delegate = waiting_facts(request)["is_delegate"]
        given: list[Delegation] | None = None if is_delegate else []
        may_decide = has_seat or is_delegate
        request.decisions_awaiting = decisions_awaiting(request.user, given) if may_decide else []
    return request.decisions_awaiting


def alliances_of(request: HttpRequest) -> list[Alliance]:
    """The alliances the reader may see; asked once for the whole request."""
    if not hasattr(request, "alliances"):
        if request.user.platform_roles:
            visible = alliances_visible_to(request.user)
            request.alliances = list(visible.select_related("lead_a", "lead_b"))
        else:
            by_key = {seat.alliance_id: seat.alliance for seat in seats_held(request)}
            request.alliances = [by_key[key] for key in sorted(by_key)]
    return request.alliances


def alliance_or_404(
    request: HttpRequest, slug: str, permission: Permission | None = None
) -> Alliance:
    """The alliance of a page's address; with ``permission``, only for those who hold it."""
    alliance = next((one for one in alliances_of(request) if one.slug == slug), None)
    if alliance is None:
        raise Http404
    if permission is not None:
        require_permission(request.user, permission, within=alliance)
    return alliance


def may(request: HttpRequest, permission: Permission, alliance: Alliance) -> bool:
    """Whether to show the button; the action asks again."""
    return has_permission(request.user, permission, within=alliance)


def may_for(
    request: HttpRequest, permission: Permission, alliance: Alliance, organisation: Organisation
) -> bool:
    return has_permission(request.user, permission, within=alliance.seat_of(organisation))
