"""``{% rows "matters/rows.jinja" %}``: rows of a long list."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from binglian.web.rows import rows as rendered

register = template.Library()


@register.simple_tag(takes_context=True)
def rows(context: template.Context, name: str, **more: Any) -> SafeString:
    """The rows, with what the page knows and ``more``; the template escapes."""
    return mark_safe(rendered(name, context.flatten() | more))
