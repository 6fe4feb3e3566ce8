"""Merkle trees over the rows of a ledger: one row is proven without showing the others.

The trees are those of RFC 9162 §2.1: a leaf is SHA-256 of 0x00 and the entry, a node SHA-256 of
0x01 and both children, and the left child is the largest full tree that leaves something for the
right one. Here an entry is a row's own hash (32 bytes). Everything goes in and out as bytes.
"""

import hashlib
from collections.abc import Iterable, Sequence


def leaf(entry: bytes) -> bytes:
    return hashlib.sha256(b"\0" + entry).digest()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


class Tree:
    """A tree that grows by one entry at a time and keeps only O(log n) nodes."""

    def __init__(self, entries: Iterable[bytes] = ()) -> None:
        self.size = 0
        self._full: list[bytes] = []  # roots of full subtrees, large to small
        for entry in entries:
            self.add(entry)

    def add(self, entry: bytes) -> None:
        joined, size = leaf(entry), self.size
        while size & 1:
            joined, size = node(self._full.pop(), joined), size >> 1
        self._full.append(joined)
        self.size += 1

    def root(self) -> bytes:
        """The root; of no entries, SHA-256 of nothing."""
        if not self._full:
            return hashlib.sha256().digest()
        joined = self._full[-1]
        for left in reversed(self._full[:-1]):
            joined = node(left, joined)
        return joined


def path_of(entries: Sequence[bytes], index: int) -> list[bytes]:
    """The siblings on the way from entry ``index`` up to the root, lowest first."""
    if len(entries) == 1:
        return []
    split = 1 << (len(entries) - 1).bit_length() - 1
    if index < split:
        return [*path_of(entries[:split], index), Tree(entries[split:]).root()]
    return [*path_of(entries[split:], index - split), Tree(entries[:split]).root()]


def root_reached(entry: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that ``path`` leads to from entry ``index`` of ``size``.

    ``None`` when no tree of this size has such a path (RFC 9162 §2.1.3.2): length and turns of
    the way follow from position and size, so a path proves the position too.
    """
    if not 0 <= index < size:
        return None
    reached, last = leaf(entry), size - 1
    for sibling in path:
        if last == 0:
            return None
        if index & 1 or index == last:
            reached = node(sibling, reached)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            reached = node(reached, sibling)
        index, last = index >> 1, last >> 1
    return reached if last == 0 else None
