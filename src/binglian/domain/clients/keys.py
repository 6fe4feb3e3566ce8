"""Keys: made at random, kept as digests; and answers that only a repeated request opens."""

from __future__ import annotations

import hashlib
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_BEGINS = "bl_"
#: Characters of a key that may be shown afterwards.
SHOWN = 9
# Each sealing key seals one message, so the nonce need not change.
_NONCE = bytes(12)


def new_key() -> str:
    """192 bits, safe in an address and in a form."""
    return _BEGINS + secrets.token_urlsafe(24)


def digest_of(*secret: str) -> str:
    """SHA-256, hexadecimal; the length of each part counts, so no two lists meet."""
    whole = hashlib.sha256()
    for part in secret:
        content = part.encode()
        whole.update(len(content).to_bytes(8, "big") + content)
    return whole.hexdigest()


def sealed(answer: str, client_id: int, idempotency_key: str, request: str) -> bytes:
    """The answer, to be opened by the same client with the same key for the same request."""
    return _cipher(client_id, idempotency_key, request).encrypt(_NONCE, answer.encode(), None)


def opened(content: bytes, client_id: int, idempotency_key: str, request: str) -> str:
    return _cipher(client_id, idempotency_key, request).decrypt(_NONCE, content, None).decode()


def _cipher(client_id: int, idempotency_key: str, request: str) -> AESGCM:
    secret = "\0".join([idempotency_key, request])
    about = f"binglian answer {client_id}".encode()
    return AESGCM(HKDF(hashes.SHA256(), 32, None, about).derive(secret.encode()))
