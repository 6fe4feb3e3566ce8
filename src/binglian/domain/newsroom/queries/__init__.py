"""Reads about announcements."""

from .known import Known, known_among
from .much_read import much_read
from .related import Related, related_to
from .visibility import (
    announcements_visible_to,
    drafts_visible_to,
    has_to_do_with_drafts,
    may_write,
    pictures_visible_to,
    public_announcements,
    public_pictures,
    reviewers_of,
    sees_drafts,
    standing_announcements,
    writers_of,
    writes_for,
)

__all__ = [
    "Known",
    "Related",
    "announcements_visible_to",
    "drafts_visible_to",
    "has_to_do_with_drafts",
    "known_among",
    "may_write",
    "much_read",
    "pictures_visible_to",
    "public_announcements",
    "public_pictures",
    "related_to",
    "reviewers_of",
    "sees_drafts",
    "standing_announcements",
    "writers_of",
    "writes_for",
]
