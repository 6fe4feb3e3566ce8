"""From the secret that a reporter holds to the number everybody may know."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from binglian.domain.matters.queries import matter_by_token

from .endpoint import Asked
from .refusals import Refused


def token(asked: Asked, token_id: str) -> tuple[str, Any]:
    """GET service_request_id from a token."""
    alliance = asked.alliance()
    matter = matter_by_token(token_id)
    if matter is None or matter.alliance_id != alliance.pk:
        raise Refused(404, _("没有这个 token。"))
    told = {"token": token_id, "service_request_id": matter.number}
    return "service_requests", [told]
