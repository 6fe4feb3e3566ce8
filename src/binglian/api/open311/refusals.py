"""What the standard calls errors: a status and a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Refused(Exception):
    """Asked for something that cannot be; says what, and what to do instead."""

    def __init__(
        self, status: int, description: Any, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status, description)
        self.headers = headers or {}
        self.status = status
        self.description = description

    def as_errors(self) -> list[dict[str, Any]]:
        return [{"code": self.status, "description": str(self.description)}]
