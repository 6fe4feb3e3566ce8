"""What is read much, by counts that tell nothing about readers."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet, Sum
from django.utils.timezone import localdate

from binglian.domain.alliance.models import Alliance
from binglian.domain.newsroom.models import Announcement

from .visibility import standing_announcements

DAYS = 30
#: A smaller number says too much about the few who came.
LEAST_SHOWN = 5


def much_read(alliance: Alliance, *, most: int = 5) -> QuerySet[Announcement]:
    """The announcements opened most in the last 30 days, each with ``times``; none under five."""
    since = Q(readings__on__gt=localdate() - timedelta(days=DAYS))
    rows = standing_announcements(alliance).annotate(times=Sum("readings__count", filter=since))
    return rows.filter(times__gte=LEAST_SHOWN).order_by("-times", "-published_at")[:most]
