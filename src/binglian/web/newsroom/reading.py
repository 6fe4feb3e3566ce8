"""An announcement as its page shows it, for everybody and at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from binglian.domain.newsroom.markdown import html_of
from binglian.domain.newsroom.models import (
    Announcement,
    AnnouncementVersion,
    Illustration,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with what is said of it, and where its files are."""

    illustration: Illustration
    url: str

    @property
    def small_url(self) -> str:
        return f"{self.url}?size=small"


@dataclass(frozen=True, slots=True)
class Article:
    """One version, in the reader's language where it was written in it."""

    version: AnnouncementVersion
    title: str
    summary: str
    body: SafeString
    #: The language of the text, for a reader of the other one.
    language: str
    figures: Sequence[Figure]


def article_of(announcement: Announcement, version: AnnouncementVersion, route: str) -> Article:
    """What a page shows of a version; pictures are at ``route``, which takes slug and picture."""
    slug = announcement.alliance.slug
    pictures = version.illustrations.select_related("picture", "credit")
    light = pictures.defer("picture__image", "picture__small")
    return Article(
        version=version,
        title=version.in_language("title"),
        summary=version.in_language("summary"),
        # Sanitised where it was made.
        body=mark_safe(html_of(version.in_language("body"))),
        language="en" if version.is_read_in_english else "zh-hans",
        figures=[Figure(one, reverse(route, args=[slug, one.picture_id])) for one in light],
    )
