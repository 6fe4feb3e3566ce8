"""What every page's frame needs."""

from typing import Any

from django.conf import settings
from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.http import HttpRequest

from binglian.domain.accounts.models import User
from binglian.domain.accounts.queries import notifications_visible_to, unread_count
from binglian.domain.matters.queries import awaited_matters

from .access import alliances_of, decisions_of, seats_held


def desk(request: HttpRequest) -> dict[str, Any]:
    """The reader's alliances and waiting things; empty for somebody not signed in."""
    frame: dict[str, Any] = {
        "is_demo": settings.DEMO,
        "has_care_mode": getattr(request, "has_care_mode", False),
    }
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        frame |= {
            "my_alliances": alliances_of(request),
            "decisions_waiting": len(decisions_of(request)),
            **_counts(request, user),
        }
    return frame


def _counts(request: HttpRequest, user: User) -> dict[str, int]:
    """Unread notices, and matters that wait in the alliance of the page's address: one query."""
    match = request.resolver_match
    slug = match.kwargs.get("slug") if match else None
    alliance = next((one for one in alliances_of(request) if one.slug == slug), None)
    if alliance is None:
        return {"unread_count": unread_count(user)}
    unread = notifications_visible_to(user).filter(read_at=None)
    waiting = awaited_matters(user, seats_held(request)).filter(alliance=alliance)
    asked = User.objects.filter(pk=user.pk)
    unread_n, waiting_n = asked.values_list(_number_of(unread), _number_of(waiting)).get()
    return {"unread_count": unread_n or 0, "matters_waiting": waiting_n or 0}


def _number_of(rows: QuerySet[Any]) -> Subquery:
    counted = rows.order_by().annotate(_all=Value(1)).values("_all").annotate(n=Count("pk"))
    return Subquery(counted.values("n")[:1], output_field=IntegerField())
