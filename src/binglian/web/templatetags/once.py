"""``{% csrf_token %}``, with a key beside it, so that a form sent twice is acted upon once."""

import secrets

from django import template
from django.template.base import Node, Parser, Token
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

register = template.Library()


class FormTokensNode(CsrfTokenNode):
    """Django's own, and our key; each form of a page has another."""

    def render(self, context: template.Context) -> str:
        token = super().render(context)
        key = secrets.token_urlsafe(16)
        return format_html('{}<input type="hidden" name="once" value="{}">', token, key)


@register.tag
def csrf_token(_parser: Parser, _token: Token) -> Node:
    """Every form that is posted has it, so that none is forgotten."""
    return FormTokensNode()
