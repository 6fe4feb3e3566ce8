"""Somebody without an account who asks the alliance, and what they asked."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.utils.timezone import get_current_timezone

from binglian.domain.alliance.models import Alliance
from binglian.domain.openness.actions import ask_for_information
from binglian.domain.openness.facts import Asked
from binglian.domain.openness.models import InformationRequest

PHONE = "13900001234"
TEXT = "广兴里（示例）修缮花了多少钱？"


def morning_of(day: str) -> datetime:
    """Nine in the morning, here."""
    return datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=get_current_timezone())


@pytest.fixture
def ask(alliance: Alliance) -> Callable[..., InformationRequest]:
    """A request that came in today, or on the morning of a ``day``."""

    def make(day: str = "", **facts: Any) -> InformationRequest:
        if day:
            facts["came_at"] = morning_of(day)
        asked = Asked(**{"text": TEXT} | facts)
        return ask_for_information(alliance=alliance, asked=asked)[0]

    return make


@pytest.fixture
def asked(ask: Callable[..., InformationRequest]) -> InformationRequest:
    return ask(contact={"phone": PHONE}, consent_text="同意")
