"""Canonical text and hashes: what an outsider needs to re-compute a chain."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

FIRST_HASH = "0" * 64


def canonical(content: Any) -> str:
    """JSON with sorted keys, no spaces, UTF-8 text; instants in UTC with microseconds."""
    return _ENCODER.encode(content)


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)


#: Made once: making it takes longer than most of what it writes.
_ENCODER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain
)
