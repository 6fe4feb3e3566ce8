"""Reads about announcements."""

from .known import Known, known_among
from .much_read import much_read
from .visibility import (
    announcements_visible_to,
    may_write,
    public_announcements,
    public_pictures,
    reviewers_of,
    writers_of,
    writes_for,
)

__all__ = [
    "Known",
    "announcements_visible_to",
    "known_among",
    "may_write",
    "much_read",
    "public_announcements",
    "public_pictures",
    "reviewers_of",
    "writers_of",
    "writes_for",
]
