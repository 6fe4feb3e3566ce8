"""The shipped checklists: a beginning that an alliance changes to its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_suffix(".json")


@dataclass(frozen=True, slots=True)
class StandardList:
    """One shipped list; ``items`` are (Chinese, English)."""

    code: str
    family: str
    title_zh: str
    title_en: str
    basis: str
    items: tuple[tuple[str, str], ...]

    def facts(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@cache
def standard_lists() -> tuple[StandardList, ...]:
    """In the order of the file: safety, quality, civilised site, bottom lines."""
    rows = json.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(
        StandardList(**{**row, "items": tuple((zh, en) for zh, en in row["items"])}) for row in rows
    )
