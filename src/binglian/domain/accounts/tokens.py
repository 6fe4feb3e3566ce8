"""Secret links: whoever holds one follows what it is about; only its digest is stored."""

import hashlib
import secrets


def new_token() -> str:
    """192 bits, safe in an address."""
    return secrets.token_urlsafe(24)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
