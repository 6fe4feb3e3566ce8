"""Columns of numbers from rows of records."""

from typing import Any

import numpy as np
import numpy.typing as npt

from binglian.engine.coupling.market import Words
from binglian.engine.coupling.pairs import Ints


def ints(rows: tuple[Any, ...], field: str) -> Ints:
    """Return one field of all rows."""
    return np.array([getattr(row, field) for row in rows], dtype=np.int64)


def starts(sizes: npt.NDArray[Any]) -> Ints:
    """Return where each of some lists of these sizes begins, and where the last one ends."""
    return np.concatenate(([0], np.cumsum(sizes, dtype=np.int64))).astype(np.int64)


def packed(available: npt.NDArray[np.bool_]) -> Words:
    """Pack the slots of every offer into words of 64 bits."""
    offers, slots = available.shape
    words = -(-slots // 64)
    padded = np.zeros((offers, 64 * words), dtype=np.uint8)
    padded[:, :slots] = available
    packed = np.packbits(padded, axis=1, bitorder="little")
    return np.ascontiguousarray(packed).view("<u8").astype(np.uint64)
