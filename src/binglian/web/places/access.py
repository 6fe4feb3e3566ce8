"""How pages of places find what they show."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.heritage.models import Place
from binglian.domain.heritage.queries import may_tend, places_visible_to
from binglian.web.access import alliance_or_404


def place_or_404(
    request: HttpRequest, slug: str, pk: int, permission: Permission | None = None
) -> tuple[Alliance, Place]:
    """The place of a page's address; with ``permission``, only for those who hold it."""
    alliance = alliance_or_404(request, slug, permission)
    return alliance, get_object_or_404(places_visible_to(request.user), alliance=alliance, pk=pk)


def tended_or_404(request: HttpRequest, slug: str, pk: int) -> tuple[Alliance, Place]:
    """The place, for those who keep the inventory or answer for it."""
    alliance, place = place_or_404(request, slug, pk)
    if not may_tend(request.user, place):
        raise PermissionDenied(_("只有秘书处和这处里院的责任单位可以更新。"))
    return alliance, place
