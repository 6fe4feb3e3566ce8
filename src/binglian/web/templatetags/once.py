"""``{% csrf_token %}``, with a key beside it, so that a form sent twice is acted upon once."""

import secrets

from django import template
from django.template.base import Node, Parser, Token
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


def form_tokens(token: object) -> SafeString:
    """The same, where a template of rows asks for it with the page's token."""
    field = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)
    return _with_key(field)


def _with_key(token: str) -> SafeString:
    key = secrets.token_urlsafe(16)
    return format_html('{}<input type="hidden" name="once" value="{}">', token, key)


class FormTokensNode(CsrfTokenNode):
    """Django's own, and our key; each form of a page has another."""

    def render(self, context: template.Context) -> str:
        return _with_key(super().render(context))


@register.tag
def csrf_token(_parser: Parser, _token: Token) -> Node:
    """Every form that is posted has it, so that none is forgotten."""
    return FormTokensNode()
