"""Who sees which place, and who may say something about it."""

from __future__ import annotations

from django.db.models import QuerySet

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.names import search_terms
from binglian.domain.alliance.queries import alliances_visible_to
from binglian.domain.heritage.models import Guardian, Place, PlaceFile

_WITH = ("alliance", "area", "part_of")


def places_visible_to(user: User) -> QuerySet[Place]:
    """Places of the alliances in which the person holds a seat."""
    places = Place.objects.filter(alliance__in=alliances_visible_to(user))
    return places.select_related(*_WITH)


def public_places(*alliances: Alliance) -> QuerySet[Place]:
    """What everybody may see: places somebody has said are public."""
    places = Place.objects.filter(alliance__in=alliances, is_public=True)
    return places.select_related(*_WITH)


def public_files(place: Place) -> QuerySet[PlaceFile]:
    """Photos and documents everybody may see, without their content."""
    return place.files.filter(is_public=True).defer("content")


def matching(places: QuerySet[Place], query: str) -> QuerySet[Place]:
    """Places whose name, pinyin, number or address contain every typed word."""
    for term in search_terms(query):
        places = places.filter(search_text__contains=term)
    return places


def guardians_of(place: Place) -> QuerySet[Guardian]:
    """Who is responsible today, owner first."""
    return place.guardians.filter(until_on=None).select_related("organisation")


def may_tend(user: User, place: Place) -> bool:
    """Whether the person keeps the inventory, or speaks for one who is responsible."""
    if has_permission(user, Permission.KEEP_PLACES, within=place.alliance):
        return True
    return any(
        has_permission(
            user, Permission.TEND_PLACE, within=place.alliance.seat_of(guardian.organisation)
        )
        for guardian in guardians_of(place)
    )
