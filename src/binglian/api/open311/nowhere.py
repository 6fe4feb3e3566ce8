"""The answer to an address that is none."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from .endpoint import Asked
from .refusals import Refused


def nowhere(_asked: Asked) -> tuple[str, Any]:
    """The standard's addresses are few, and discovery leads to them."""
    raise Refused(404, _("没有这个地址。可从 /open311/discovery.json 查起。"))
