"""Keys: made at random, kept as digests."""

from __future__ import annotations

import secrets

_BEGINS = "bl_"
#: Characters of a key that may be shown afterwards.
SHOWN = 9


def new_key() -> str:
    """192 bits, safe in an address and in a form."""
    return _BEGINS + secrets.token_urlsafe(24)
