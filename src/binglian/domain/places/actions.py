"""Changes to the list of areas."""

from typing import Any

from django.db import transaction

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.ledger.actions import record

from .models import Area


@transaction.atomic
def add_area(*, by: User, name: str, kind: str, **facts: Any) -> Area:
    """Enter an area; an existing name is returned unchanged."""
    require_permission(by, Permission.MANAGE_PLATFORM, within=None)
    area, is_new = Area.objects.get_or_create(name=name, defaults={"kind": kind, **facts})
    if is_new:
        record(by, "area.added", area, change={"kind": kind})
    return area
