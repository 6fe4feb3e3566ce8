"""A list of what people had erased, kept beside the database and not in it.

A restored backup knows nothing of an erasure that came after it. This list does, and says neither
who nor what: an act, the number of the object, the time. What the clock erases is not listed, for
its date is in the backup too.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from .models import LedgerEntry

#: Acts by which somebody has erased what is kept of them.
ERASING = frozenset(
    {
        "follower.left",
        "help_application.withdrawn",
        "information_request.withdrawn",
        "matter.reporter_erased",
        "sign_up.withdrawn",
        "space_application.withdrawn",
    }
)


@dataclass(frozen=True, slots=True)
class Erasure:
    act: str
    object_id: str
    at: datetime


def file() -> Path:
    return Path(settings.DATA) / "erasures.jsonl"


def note_erasure(entry: LedgerEntry) -> None:
    """Have the act listed once its transaction is committed; others than ``ERASING`` are not."""
    if entry.act not in ERASING:
        return
    told = {"act": entry.act, "object": entry.object_id, "at": entry.at.isoformat()}
    line = json.dumps(told).encode() + b"\n"
    transaction.on_commit(lambda: _append(line), robust=True)


def noted_in(path: Path) -> Iterator[Erasure]:
    """Everything listed; nothing where there is no list. A line torn by a crash is left out."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            told = json.loads(line)
            yield Erasure(told["act"], told["object"], datetime.fromisoformat(told["at"]))
        except (ValueError, KeyError, TypeError):
            continue


def _append(line: bytes) -> None:
    settings.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, line)
        os.fsync(handle)
    finally:
        os.close(handle)
