"""Reads about announcements."""

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
    "announcements_visible_to",
    "may_write",
    "much_read",
    "public_announcements",
    "public_pictures",
    "reviewers_of",
    "writers_of",
    "writes_for",
]
