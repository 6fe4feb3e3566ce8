"""What lies in a backup: a manifest, the database, and at the end how much and of which digest.

Before it is sealed everything is compressed as one stream: a line of JSON (the manifest), the
database in blocks of which each is preceded by its length (four bytes, big-endian; 0 ends them),
and a line of JSON with ``bytes`` and ``sha256`` of the database.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from .damage import Damaged, Fault
from .sealing import Opening, Sealing

Manifest = dict[str, Any]

_LENGTH = 4
_LEVEL = 6
#: More than this is never unpacked at once.
_PIECE = 1024 * 1024


def write_backup(
    file: IO[bytes],
    readers: Sequence[X25519PublicKey],
    manifest: Manifest,
    database: Iterable[bytes],
) -> bytes:
    """Write a whole backup to ``file``; returns the key that opens it, kept nowhere else."""
    sealing, packing = Sealing(file, readers), zlib.compressobj(_LEVEL)
    digest, count = hashlib.sha256(), 0

    def put(content: bytes) -> None:
        sealing.write(packing.compress(content))

    put(json.dumps(manifest, ensure_ascii=False).encode() + b"\n")
    for block in database:
        if block:
            put(len(block).to_bytes(_LENGTH, "big") + block)
            digest.update(block)
            count += len(block)
    put(bytes(_LENGTH))
    put(json.dumps({"bytes": count, "sha256": digest.hexdigest()}).encode() + b"\n")
    sealing.write(packing.flush())
    sealing.close()
    return sealing.file_key


class Backup:
    """A backup that is read: its ``manifest``, then once its ``database``, piece by piece."""

    def __init__(self, file: IO[bytes], key: X25519PrivateKey | bytes) -> None:
        self._pieces, self._waiting = _unpacked(Opening(file, key)), bytearray()
        self.manifest: Manifest = self._line()

    def database(self) -> Iterator[bytes]:
        """The bytes of the database. Raises ``Damaged`` at the first that is not genuine, and at
        the end where something is missing or left over."""
        digest, count = hashlib.sha256(), 0
        while length := int.from_bytes(self._take(_LENGTH), "big"):
            block = self._take(length)
            digest.update(block)
            count += length
            yield block
        said = self._line()
        if said != {"bytes": count, "sha256": digest.hexdigest()} or self._fill():
            raise Damaged(Fault.ALTERED, count)

    def _line(self) -> Manifest:
        while b"\n" not in self._waiting:
            if not self._fill():
                raise Damaged(Fault.CUT, 0)
        line = self._take(self._waiting.index(b"\n") + 1)
        found = json.loads(line)
        return dict(found)

    def _take(self, length: int) -> bytes:
        while len(self._waiting) < length:
            if not self._fill():
                raise Damaged(Fault.CUT, 0)
        taken = bytes(self._waiting[:length])
        del self._waiting[:length]
        return taken

    def _fill(self) -> bool:
        piece = next(self._pieces, b"")
        self._waiting += piece
        return bool(piece)


def _unpacked(opening: Opening) -> Iterator[bytes]:
    unpacking = zlib.decompressobj()
    while chunk := opening.chunk():
        while chunk:
            if piece := unpacking.decompress(chunk, _PIECE):
                yield piece
            chunk = unpacking.unconsumed_tail
    if not unpacking.eof or unpacking.unused_data:
        raise Damaged(Fault.CUT, 0)
