"""Reads about what people ask; every list starts from what one may see."""

from .requests import (
    KeptInTime,
    kept_in_time,
    public_answers,
    request_by_token,
    requests_visible_to,
)

__all__ = [
    "KeptInTime",
    "kept_in_time",
    "public_answers",
    "request_by_token",
    "requests_visible_to",
]
