"""What lies ahead in an alliance, for anybody's own calendar."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from binglian.domain.alliance.models import Alliance
from binglian.domain.openness.topics import Kind, Topic
from binglian.web.openness.calendars import calendar_answer


@require_safe
@login_not_required
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Ends of public projects, promises due, needs wanted, answers owed, open days."""
    portal = get_object_or_404(Alliance, slug=slug)
    return calendar_answer(request, Topic(portal, Kind.ALLIANCE))
