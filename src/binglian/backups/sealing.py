"""A stream that only the holders of private keys can read, and nobody can change unnoticed.

Two lines stand first: ``binglian-backup 1``, and JSON with one wrapped copy of the file key for
each reader. The content follows in chunks of 64 KiB, each under ChaCha20-Poly1305 with its number
and «is it the last» as the nonce: none can be changed, moved, left out or added. Memory holds one
chunk, however long the stream.

References
----------
The STREAM construction: Hoang, Reyhanitabar, Rogaway, Vizár (2015), Online Authenticated-Encryption
and its Nonce-Reuse Misuse-Resistance. Used in the same manner by the age file format.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .damage import Damaged, Fault

MAGIC = b"binglian-backup 1\n"
CHUNK, TAG = 64 * 1024, 16
#: A header is some hundred bytes for each reader.
_LONGEST_HEADER = 64 * 1024
_ONCE = bytes(12)  # a wrapping key encrypts one thing in its life


def _derived(secret: bytes, salt: bytes, purpose: bytes) -> ChaCha20Poly1305:
    key = HKDF(SHA256(), 32, salt, b"binglian-backup 1 " + purpose).derive(secret)
    return ChaCha20Poly1305(key)


def _digest(content: bytes) -> bytes:
    digest = Hash(SHA256())
    digest.update(content)
    return digest.finalize()


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


class Sealing:
    """Writes a sealed stream to ``file``; ``close`` makes it whole, without it it is cut off.

    ``file_key`` opens what was written: whoever made the file can read it again until they end.
    """

    def __init__(self, file: IO[bytes], readers: Sequence[X25519PublicKey]) -> None:
        self.file_key = os.urandom(32)
        wrapped = [_wrapped(self.file_key, reader) for reader in readers]
        header = MAGIC + json.dumps({"readers": wrapped}).encode() + b"\n"
        file.write(header)
        self._file, self._cipher = file, _derived(self.file_key, _digest(header), b"content")
        self._waiting, self._number = bytearray(), 0

    def write(self, content: bytes) -> None:
        self._waiting += content
        while len(self._waiting) > CHUNK:  # one chunk stays: it may be the last
            self._seal(self._waiting[:CHUNK], is_last=False)
            del self._waiting[:CHUNK]

    def close(self) -> None:
        self._seal(self._waiting, is_last=True)

    def _seal(self, chunk: bytearray, *, is_last: bool) -> None:
        nonce = _nonce(self._number, is_last)
        self._file.write(self._cipher.encrypt(nonce, bytes(chunk), None))
        self._number += 1


class Opening:
    """Reads a sealed stream, chunk by chunk; only what is genuine is given out.

    ``key`` is a reader's private key, or the ``file_key`` of whoever has just written it. Raises
    ``Damaged``, naming the byte from which on the file cannot be believed.
    """

    def __init__(self, file: IO[bytes], key: X25519PrivateKey | bytes) -> None:
        header = file.read(len(MAGIC))
        if header != MAGIC:
            raise Damaged(Fault.FOREIGN, 0)
        line = file.readline(_LONGEST_HEADER)
        self._file, self._offset, self._number = file, len(header) + len(line), 0
        file_key = key if isinstance(key, bytes) else _unwrapped(line, key)
        self._cipher = _derived(file_key, _digest(header + line), b"content")
        self._next = file.read(CHUNK + TAG)
        self._is_over = False

    def chunk(self) -> bytes:
        """The next piece, at most 64 KiB; empty at the end."""
        if self._is_over:
            return b""
        sealed, self._next = self._next, self._file.read(CHUNK + TAG)
        is_last = not self._next
        try:
            plain = self._cipher.decrypt(_nonce(self._number, is_last), sealed, None)
        except (InvalidTag, ValueError):
            raise Damaged(self._fault(sealed, is_last), self._offset) from None
        self._number += 1
        self._offset += len(sealed)
        self._is_over = is_last
        return plain

    def _fault(self, sealed: bytes, is_last: bool) -> Fault:
        """Whether the file ends in the middle: a short piece, or a whole one that is not last."""
        if not is_last:
            return Fault.ALTERED
        try:
            self._cipher.decrypt(_nonce(self._number, False), sealed, None)
        except (InvalidTag, ValueError):
            return Fault.ALTERED if len(sealed) == CHUNK + TAG else Fault.CUT
        self._offset += len(sealed)
        return Fault.CUT


def readers_of(file: IO[bytes]) -> list[str]:
    """The public keys whose holders can read the file, in hexadecimal digits."""
    if file.read(len(MAGIC)) != MAGIC:
        raise Damaged(Fault.FOREIGN, 0)
    return [one["key"] for one in _readers(file.readline(_LONGEST_HEADER))]


def _wrapped(file_key: bytes, reader: X25519PublicKey) -> dict[str, str]:
    own = X25519PrivateKey.generate()
    sent, to = own.public_key().public_bytes_raw(), reader.public_bytes_raw()
    cipher = _derived(own.exchange(reader), sent + to, b"key")
    sealed = cipher.encrypt(_ONCE, file_key, None)
    return {"key": to.hex(), "ephemeral": sent.hex(), "wrapped": sealed.hex()}


def _unwrapped(line: bytes, key: X25519PrivateKey) -> bytes:
    to = key.public_key().public_bytes_raw()
    mine = [one for one in _readers(line) if one.get("key") == to.hex()]
    if not mine:
        raise Damaged(Fault.SHUT, len(MAGIC))
    try:
        return _exchanged(mine[0], key, to)
    except (InvalidTag, ValueError, KeyError):
        raise Damaged(Fault.ALTERED, len(MAGIC)) from None


def _exchanged(one: dict[str, str], key: X25519PrivateKey, to: bytes) -> bytes:
    sent = bytes.fromhex(one["ephemeral"])
    secret = key.exchange(X25519PublicKey.from_public_bytes(sent))
    return _derived(secret, sent + to, b"key").decrypt(_ONCE, bytes.fromhex(one["wrapped"]), None)


def _readers(line: bytes) -> list[dict[str, str]]:
    try:
        return [dict(one) for one in json.loads(line)["readers"]]
    except (ValueError, KeyError, TypeError):
        raise Damaged(Fault.ALTERED, len(MAGIC)) from None
