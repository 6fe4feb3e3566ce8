"""Counting readers without knowing them."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import localdate

from binglian.domain.newsroom.models import Announcement, ReadingCount


def count_reading(*, announcement: Announcement) -> None:
    """One more page of today. Nothing is kept of whoever read, so nothing can be told of them."""
    today = ReadingCount.objects.filter(announcement=announcement, on=localdate())
    if today.update(count=F("count") + 1):
        return
    try:
        with transaction.atomic():
            ReadingCount.objects.create(announcement=announcement, on=localdate(), count=1)
    except IntegrityError:  # the day's first readers came together
        today.update(count=F("count") + 1)
