"""Texts in the normal form of searches; they repeat here, and spelling them out is slow."""

from __future__ import annotations

from functools import cache

from binglian.domain.alliance.names import search_text


def findable(text: str, beside: str) -> str:
    """``search_text(text, beside)``, for a ``text`` that comes again and again."""
    before, after = _spelt(text)
    return f"{before}{beside.lower()}{after}"


@cache
def _spelt(text: str) -> tuple[str, str]:
    before, after = search_text(text, "\0").split("\0")
    return before, after
