"""What every operation may answer."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Path

from .schemas import Problem

Slug = Annotated[str, Path(pattern=r"^[-a-zA-Z0-9_]+$", max_length=40)]


def answers(schema: Any) -> dict[int, Any]:
    """The answer itself, and the ways in which there is none."""
    return {200: schema} | dict.fromkeys([403, 404, 422, 429], Problem)
