"""Reads about governance; every list starts from what the reader may see."""

from .decisions import decisions_awaiting, decisions_visible_to, leads_of, open_decision

__all__ = [
    "decisions_awaiting",
    "decisions_visible_to",
    "leads_of",
    "open_decision",
]
