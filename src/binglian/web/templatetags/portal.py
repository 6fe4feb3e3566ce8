"""Doors for whoever has no account."""

from django import template

from binglian.domain.alliance.models import Alliance

register = template.Library()


@register.simple_tag
def alliances_taking_reports() -> list[Alliance]:
    """Alliances that have said what residents can report."""
    taking = Alliance.objects.filter(matter_categories__is_active=True)
    return list(taking.distinct().order_by("pk"))
