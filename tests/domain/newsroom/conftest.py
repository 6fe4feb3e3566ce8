"""An announcement to speak of, at whichever stage a claim needs."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now
from PIL import Image

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.newsroom.actions import (
    review_announcement,
    start_announcement,
    submit_for_review,
)
from binglian.domain.newsroom.facts import Draft, IllustrationFacts
from binglian.domain.newsroom.models import Announcement


def drafted(**facts: Any) -> Draft:
    written = {
        "title": "里院开放日",
        "summary": "周六上午，三处里院开放参观。",
        "body": "三处里院周六上午开放。\n\n## 怎样去\n\n步行可到。",
    }
    return Draft(**written | facts)


def photograph(colour: str = "teal") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (1200, 800), colour).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def written(alliance: Alliance, giving: Organisation, giver: User) -> Callable[..., Announcement]:
    """A draft of the giving member's liaison officer."""

    def write(**facts: Any) -> Announcement:
        return start_announcement(
            alliance=alliance, organisation=giving, draft=drafted(**facts), by=giver
        )

    return write


@pytest.fixture
def submitted(written: Callable[..., Announcement], giver: User) -> Callable[..., Announcement]:
    def submit(**facts: Any) -> Announcement:
        return submit_for_review(announcement=written(**facts), by=giver)

    return submit


@pytest.fixture
def queued(written: Callable[..., Announcement], giver: User, secretariat: User) -> Announcement:
    """Approved, to go out tomorrow."""
    announcement = submit_for_review(
        announcement=written(), by=giver, goes_out_at=now() + timedelta(days=1)
    )
    return review_announcement(announcement=announcement, is_yes=True, by=secretariat)


@pytest.fixture
def published(
    submitted: Callable[..., Announcement], secretariat: User
) -> Callable[..., Announcement]:
    def publish(**facts: Any) -> Announcement:
        return review_announcement(announcement=submitted(**facts), is_yes=True, by=secretariat)

    return publish


@pytest.fixture
def pictured() -> Callable[..., IllustrationFacts]:
    def picture(**facts: Any) -> IllustrationFacts:
        known = {"alternative": "院门开着，门口摆着花。", "content": photograph()}
        return IllustrationFacts(**known | facts)

    return picture
