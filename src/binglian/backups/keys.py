"""The pair of keys of a backup's reader: the server knows the public one, and cannot read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from binglian.whole_files import write_new

DIGITS = 64


def make_key(path: Path) -> X25519PrivateKey | None:
    """Write a new private key (PEM) that only this user can read; ``None`` if a file is there."""
    key = X25519PrivateKey.generate()
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return key if write_new(path, pem) else None


def private_key_in(path: Path, passphrase: Callable[[], str]) -> X25519PrivateKey:
    """The private key of a file; ``passphrase`` is asked only where the file is encrypted.

    Raises ``ValueError`` where the file holds no such key or the passphrase is wrong.
    """
    pem = path.read_bytes()
    try:
        key = serialization.load_pem_private_key(pem, None)
    except TypeError:  # it is encrypted
        key = serialization.load_pem_private_key(pem, passphrase().encode())
    if not isinstance(key, X25519PrivateKey):
        raise ValueError("not an X25519 key")
    return key


def told(key: X25519PrivateKey | X25519PublicKey) -> str:
    """The public key in 64 hexadecimal digits, as settings name it."""
    public = key.public_key() if isinstance(key, X25519PrivateKey) else key
    return public.public_bytes_raw().hex()


def public_key_from(digits: str) -> X25519PublicKey:
    """The public key of 64 hexadecimal digits. Raises ``ValueError`` for anything else."""
    if len(digits) != DIGITS:
        raise ValueError(f"{len(digits)} digits instead of {DIGITS}")
    return X25519PublicKey.from_public_bytes(bytes.fromhex(digits))
