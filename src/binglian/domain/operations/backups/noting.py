"""When the last backup was made and proved, in a small file beside the data.

Not in the database: a restored one would tell of the past.
"""

from __future__ import annotations

import json
import os
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings

_NAME = "last-backup.json"


def note_verified(file: Path, made_at: datetime) -> None:
    """The backup ``file`` was restored for trial and found whole."""
    settings.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    told = {"file": str(file), "made_at": made_at.isoformat(), "bytes": file.stat().st_size}
    with tempfile.NamedTemporaryFile("w", dir=settings.DATA, delete=False) as made:
        json.dump(told, made, ensure_ascii=False)
    os.replace(made.name, settings.DATA / _NAME)


def last_verified_at() -> datetime | None:
    """The moment that the newest proved backup holds; ``None``: none, or the note is unreadable."""
    try:
        return datetime.fromisoformat(json.loads((settings.DATA / _NAME).read_text())["made_at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
