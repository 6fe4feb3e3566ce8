"""Reads about what people ask; every list starts from what one may see."""

from .followers import follower_by_token
from .questions import (
    public_questions,
    question_by_token,
    questions_of,
    questions_to_answer,
    questions_visible_to,
)
from .requests import (
    KeptInTime,
    kept_in_time,
    public_answers,
    request_by_token,
    requests_visible_to,
)

__all__ = [
    "KeptInTime",
    "follower_by_token",
    "kept_in_time",
    "public_answers",
    "public_questions",
    "question_by_token",
    "questions_of",
    "questions_to_answer",
    "questions_visible_to",
    "request_by_token",
    "requests_visible_to",
]
