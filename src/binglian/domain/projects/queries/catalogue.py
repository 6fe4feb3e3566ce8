"""Reads about approval items."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.queries import alliances_visible_to
from binglian.domain.projects.models import ApprovalItem, Template


def items_visible_to(user: User) -> QuerySet[ApprovalItem]:
    """Approval items of the alliances the person may see, with what each waits for."""
    items = ApprovalItem.objects.filter(alliance__in=alliances_visible_to(user))
    return items.select_related("organisation", "alliance").prefetch_related("links_before__before")


def templates_visible_to(user: User) -> QuerySet[Template]:
    return Template.objects.filter(alliance__in=alliances_visible_to(user))


def applicable_items(alliance: Alliance, kind: str, features: Iterable[str]) -> list[ApprovalItem]:
    """The items a project of this kind with these features needs, in the catalogue's order."""
    has = set(features)
    items = alliance.approval_items.filter(is_active=True).select_related("organisation")
    return [
        item
        for item in items
        if kind in item.kinds and (not item.applies_when or has & set(item.applies_when))
    ]
