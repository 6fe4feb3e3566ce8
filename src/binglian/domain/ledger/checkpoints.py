"""Signed checkpoints: a small JSON file that anyone can verify without the platform.

The signed bytes are the canonical JSON of ``{"at", "chain", "hash", "number"}``;
the signature is Ed25519 (RFC 8032), key and signature in hexadecimal.
"""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .chain import canonical

FORMAT = "binglian-checkpoint-1"


@dataclass(frozen=True, slots=True)
class Statement:
    """A signed end of a chain."""

    chain: str
    number: int
    hash: str
    at: datetime
    public_key: str
    signature: str

    def signed_bytes(self) -> bytes:
        return _signed_bytes(self.chain, self.number, self.hash, self.at)

    def as_json(self) -> str:
        content = asdict(self) | {"at": _instant(self.at), "format": FORMAT}
        return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Statement":
        """Read an exported file; raises ``ValueError`` naming what is wrong."""
        try:
            content: dict[str, Any] = json.loads(text)
            if content.pop("format") != FORMAT:
                raise ValueError(f"not a checkpoint file of format {FORMAT}")
            return cls(**content | {"at": datetime.fromisoformat(content["at"])})
        except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
            raise ValueError(f"not a checkpoint file: {error}") from error

    def is_genuine(self) -> bool:
        """Whether the signature belongs to the content and the stated key."""
        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.public_key))
            key.verify(bytes.fromhex(self.signature), self.signed_bytes())
        except (InvalidSignature, ValueError):
            return False
        return True


def sign(*, chain: str, number: int, hash: str, at: datetime) -> Statement:
    """Sign with the platform's own key."""
    key = signing_key()
    return Statement(
        chain=chain,
        number=number,
        hash=hash,
        at=at,
        public_key=public_key_hex(key),
        signature=key.sign(_signed_bytes(chain, number, hash, at)).hex(),
    )


def signing_key() -> Ed25519PrivateKey:
    """The platform's key; made on first use, except in production, where it must be given."""
    path = settings.LEDGER_KEY_FILE
    if path.exists():
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
        if not isinstance(key, Ed25519PrivateKey):
            raise ImproperlyConfigured(f"{path} holds no Ed25519 private key.")
        return key
    if settings.PRODUCTION:
        raise ImproperlyConfigured(
            f"No ledger key at {path}. Make one with: "
            f"openssl genpkey -algorithm ed25519 -out {path}"
        )
    key = Ed25519PrivateKey.generate()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return key


def public_key_hex(key: Ed25519PrivateKey) -> str:
    raw = serialization.Encoding.Raw, serialization.PublicFormat.Raw
    return key.public_key().public_bytes(*raw).hex()


def _signed_bytes(chain: str, number: int, hash: str, at: datetime) -> bytes:
    content = {"chain": chain, "number": number, "hash": hash, "at": _instant(at)}
    return canonical(content).encode()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
