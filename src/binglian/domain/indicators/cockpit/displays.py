"""Screens that are open."""

from __future__ import annotations

from django.db.models import QuerySet

from binglian.domain.accounts.tokens import digest_of
from binglian.domain.alliance.models import Alliance
from binglian.domain.indicators.models import Display


def display_of(token: str) -> Display | None:
    """The open screen whose secret this is."""
    found = Display.objects.filter(token_digest=digest_of(token), closed_at=None)
    return found.select_related("alliance__lead_a", "alliance__lead_b", "alliance__area").first()


def displays_of(alliance: Alliance) -> QuerySet[Display]:
    """Every screen of an alliance that is still open, the newest first."""
    return alliance.displays.filter(closed_at=None).select_related("opened_by")
