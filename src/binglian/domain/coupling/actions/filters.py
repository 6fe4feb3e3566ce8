"""Filters a person keeps under a name. Private convenience, so nothing goes to the ledger."""

from django.db import transaction

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.coupling.models import SavedFilter
from binglian.domain.ledger.once.actions import claim


@transaction.atomic
def keep_filter(*, alliance: Alliance, list: str, name: str, query: str, by: User) -> SavedFilter:
    """Keep a query string under a name; the same name is replaced."""
    require_permission(by, Permission.VIEW_ALLIANCE, within=alliance)
    claim(name)
    kept, _is_new = SavedFilter.objects.update_or_create(
        alliance=alliance, user=by, list=list, name=name[:40], defaults={"query": query[:600]}
    )
    return kept


@transaction.atomic
def drop_filter(*, saved: SavedFilter, by: User) -> None:
    """Forget one of the person's own filters."""
    require_permission(by, Permission.VIEW_ALLIANCE, within=saved.alliance)
    claim(saved.name)
    SavedFilter.objects.filter(pk=saved.pk, user=by).delete()
