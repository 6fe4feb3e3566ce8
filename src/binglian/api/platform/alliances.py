"""Alliances and what one can report to them."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router

from binglian.domain.alliance.models import Alliance
from binglian.domain.clients.queries import alliances_open_to_clients
from binglian.domain.matters.models import Category
from binglian.domain.matters.queries import categories_of

from .answers import Slug, answers
from .schemas import AllianceOut, CategoryOut

router = Router(tags=["alliances"])


@router.get("", response=answers(list[AllianceOut]), url_name="alliances")
def list_alliances(request: HttpRequest) -> list[AllianceOut]:
    """All alliances on this platform."""
    return [_told(alliance) for alliance in alliances_open_to_clients()]


@router.get("/{slug}", response=answers(AllianceOut), url_name="alliance")
def one_alliance(request: HttpRequest, slug: Slug) -> AllianceOut:
    return _told(get_object_or_404(alliances_open_to_clients(), slug=slug))


@router.get("/{slug}/categories", response=answers(list[CategoryOut]), url_name="categories")
def list_categories(request: HttpRequest, slug: Slug) -> list[Category]:
    """The categories in use."""
    return list(categories_of(get_object_or_404(alliances_open_to_clients(), slug=slug)))


def _told(alliance: Alliance) -> AllianceOut:
    return AllianceOut(
        slug=alliance.slug,
        name_zh=alliance.name,
        name_en=alliance.name_en,
        lead_a=alliance.lead_a.name,
        lead_b=alliance.lead_b.name,
    )
