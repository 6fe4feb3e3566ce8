"""A stored sentence is kept in both languages; the reader's one is shown."""

from __future__ import annotations

from django.utils.translation import get_language


def in_language(zh: str, en: str) -> str:
    """Whichever text the reader's language asks for."""
    return en if (get_language() or "").startswith("en") and en else zh
