"""Announcements for the table of routes: one everybody reads, with a picture."""

import io
from typing import Any

from PIL import Image

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.newsroom.actions import (
    review_announcement,
    start_announcement,
    submit_for_review,
)
from binglian.domain.newsroom.facts import Draft, IllustrationFacts


def photograph() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (90, 60), "teal").save(file, "PNG")
    return file.getvalue()


def news_samples(
    alliance: Alliance, giving: Organisation, secretariat: User, giver: User
) -> dict[str, Any]:
    """Its keys, by the name routes have for it."""
    picture = IllustrationFacts(alternative="院门", content=photograph())
    announcement = start_announcement(
        alliance=alliance,
        organisation=giving,
        draft=Draft("里院开放日", "周六开放。", "三处里院开放。", illustrations=(picture,)),
        by=giver,
    )
    submit_for_review(announcement=announcement, by=giver)
    review_announcement(announcement=announcement, is_yes=True, by=secretariat)
    return {
        "announcement": announcement.pk,
        "image_pk": announcement.pictures.get().pk,
        "version": 1,
    }
