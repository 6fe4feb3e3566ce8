"""The only door to the engine: texts in, categories and likeness out."""

from .deadlines import Deadline, due, warning_at
from .keywords import KeywordHit, by_keywords
from .likeness import Spot, likeness, metres_between

__all__ = [
    "Deadline",
    "KeywordHit",
    "Spot",
    "by_keywords",
    "due",
    "likeness",
    "metres_between",
    "warning_at",
]
