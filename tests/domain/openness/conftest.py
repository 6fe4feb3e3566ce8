"""Somebody without an account who asks the alliance, and what they asked."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.utils.timezone import get_current_timezone

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.openness.actions import ask_for_information
from binglian.domain.openness.facts import Asked
from binglian.domain.openness.models import InformationRequest
from binglian.domain.projects.actions import create_project
from binglian.domain.projects.models import Project

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


@pytest.fixture
def project(alliance: Alliance, giving: Organisation, giver: User) -> Project:
    """A project of the giving member that everybody may look at."""
    made = create_project(
        alliance=alliance,
        owner=giving,
        by=giver,
        title_zh="道路改造（示例）",
        kind="road",
        features=[],
        starts_on=today(),
        is_public=True,
    )
    Project.objects.filter(pk=made.pk).update(state=Project.State.BASELINED)
    made.refresh_from_db()
    return made
