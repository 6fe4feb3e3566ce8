"""How announcements are told of in pages."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@register.filter
def linked_data(told: Any) -> SafeString:
    """A value as JSON that can stand inside a ``<script>``: nothing in it ends the element."""
    text = json.dumps(told, ensure_ascii=False).translate(_ESCAPED)
    return mark_safe(text)
