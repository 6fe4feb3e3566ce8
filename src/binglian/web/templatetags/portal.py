"""Doors for whoever has no account."""

from django import template

from binglian.domain.alliance.crossing import crossing_alliances
from binglian.domain.alliance.models import Alliance
from binglian.domain.publishing.striking import without_personal
from binglian.web.portal.navigation import Shown, places_of

register = template.Library()


@register.simple_tag
@crossing_alliances("Whoever has no account chooses among all alliances")
def alliances_taking_reports() -> list[Alliance]:
    """Alliances that have said what residents can report."""
    taking = Alliance.objects.filter(matter_categories__is_active=True)
    return list(taking.distinct().order_by("pk"))


@register.simple_tag
def public_places(portal: Alliance, section: str = "") -> list[Shown]:
    """The places of the navigation."""
    return [place for place in places_of(portal, section or "") if place.is_first]


@register.filter
def struck(text: object) -> str:
    """What people wrote, without what could lead to a person."""
    return without_personal(str(text))
