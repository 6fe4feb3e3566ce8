"""Somebody from outside who can help with a need."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from binglian.domain.coupling.actions import Help, offer_help
from binglian.domain.coupling.models import Need

PHONE = "13700002222"


def help_samples(need: Need) -> dict[str, Any]:
    """Help with the need, waiting for an answer."""
    said = Help(
        applicant="拐角咖啡（示例）",
        gives="二楼可借",
        quantity=Decimal(1),
        position=need.components.get().position,
        consent_text="同意",
        contact={"name": "", "phone": PHONE, "email": ""},
    )
    application, secret = offer_help(need=need, help_=said)
    return {"help_pk": application.pk, "help_secret": secret}
