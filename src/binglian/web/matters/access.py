"""How the desk's views find a matter: visible to the reader, or 404."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from binglian.domain.alliance.models import Alliance
from binglian.domain.matters.models import Matter
from binglian.domain.matters.queries import matters_visible_to
from binglian.web.access import alliance_or_404

from .steps import for_page


def matter_or_404(
    request: HttpRequest, slug: str, matter_pk: int, *, whole: bool = False
) -> tuple[Alliance, Matter]:
    """The alliance and the matter of a page's address; ``whole`` with all its page shows."""
    alliance = alliance_or_404(request, slug)
    visible = matters_visible_to(request.user).filter(alliance=alliance)
    return alliance, get_object_or_404(for_page(visible) if whole else visible, pk=matter_pk)
