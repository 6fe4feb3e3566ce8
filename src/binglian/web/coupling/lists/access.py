"""Who may open the form of a row, and for whom a new one is."""

from typing import Any

from django.http import HttpRequest

from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.coupling.models import Need, Offer


def require_for(request: HttpRequest, row: Offer | Need) -> None:
    """Raise ``PermissionDenied`` unless the reader keeps the lists of the row's organisation."""
    require_permission(request.user, Permission.EDIT_LISTS, within=row.seat)


def preselected(request: HttpRequest) -> dict[str, Any]:
    """The organisation that ``?organisation=`` asks a new row for."""
    asked = request.GET.get("organisation", "")
    return {"organisation": asked} if asked.isdecimal() else {}
