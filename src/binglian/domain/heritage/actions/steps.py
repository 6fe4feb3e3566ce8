"""What actions on places have in common."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.heritage.models import Place
from binglian.domain.heritage.queries.places import may_tend
from binglian.domain.ledger.actions import record


def locked(place: Place) -> Place:
    return Place.objects.select_for_update(of=("self",)).select_related("alliance").get(pk=place.pk)


def require_tending(by: User, place: Place) -> None:
    """Raise ``PermissionDenied`` unless the person keeps the inventory or answers for the place."""
    if not may_tend(by, place):
        raise PermissionDenied(_("只有秘书处和这处里院的责任单位可以更新。"))


def note(by: User | None, act: str, place: Place, change: dict[str, Any] | None = None) -> None:
    """Record an act on a place in the chain of its alliance."""
    record(by, act, place, within=place.alliance, change=change)
