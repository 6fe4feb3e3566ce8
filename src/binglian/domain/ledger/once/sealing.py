"""Answers that open only for whoever repeats the request."""

from __future__ import annotations

import hashlib

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# Each sealing key seals one message, so the nonce need not change.
_NONCE = bytes(12)


def digest_of(*secret: str) -> str:
    """SHA-256, hexadecimal; the length of each part counts, so no two lists meet."""
    whole = hashlib.sha256()
    for part in secret:
        content = part.encode()
        whole.update(len(content).to_bytes(8, "big") + content)
    return whole.hexdigest()


def sealed(answer: str, *secret: str) -> bytes:
    """The answer, to be opened with the same words, none of which is kept."""
    return _cipher(secret).encrypt(_NONCE, answer.encode(), None)


def opened(content: bytes, *secret: str) -> str:
    return _cipher(secret).decrypt(_NONCE, content, None).decode()


def _cipher(secret: tuple[str, ...]) -> AESGCM:
    key = HKDF(hashes.SHA256(), 32, None, b"binglian kept answer")
    return AESGCM(key.derive("\0".join(secret).encode()))
