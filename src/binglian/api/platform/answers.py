"""What every operation may answer."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Path

from .schemas import Problem

Slug = Annotated[str, Path(pattern=r"^[-a-zA-Z0-9_]+$", max_length=40)]
#: Primary keys; larger ones no database of ours holds.
Key = Annotated[int, Path(ge=1, le=2**31 - 1)]


def answers(schema: Any) -> dict[int, Any]:
    """The answer itself, and the ways in which there is none."""
    return {200: schema} | dict.fromkeys([403, 404, 422, 429], Problem)


def written(schema: Any) -> dict[int, Any]:
    """Of an act: a key may be missing, the body unreadable, and the facts may forbid it."""
    return answers(schema) | dict.fromkeys([400, 401, 409], Problem)
