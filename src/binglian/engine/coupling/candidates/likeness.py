"""How alike two short descriptions are, in Chinese or any other language.

A text is cut into runs of letters and digits, and each run into overlapping pieces: one to three
characters of Chinese, three letters of a Latin word. A piece that occurs ``c`` times weighs as
many points as ``c`` has binary digits, times its length: whole numbers, so that everybody works
out the same likeness. No dictionary, no model, no collection of texts is needed to judge a pair.
"""

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from binglian.engine.coupling.kernel.library import library
from binglian.engine.coupling.pairs import Floats, Indexes, Ints

LONGEST_PIECE = 3
BLOCK = 4096  # texts searched for in one go, whatever the number of threads
CHUNK = 65_536  # texts cut into pieces in one go
#: Texts at least this alike are taken to speak of the same thing. Wrongly so rather seldom than
#: never missed: phrases that every office writes reach about 0.25 by themselves.
ALIKE = 0.3

_SEPARATORS = re.compile(r"[\W_]+")
_RUNS = re.compile(r"[0-9a-z]+|[^0-9a-z ]+")


def plain_text(text: str) -> str:
    """Return ``text`` in one width and case, with single spaces for all that is no letter."""
    return _SEPARATORS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


@lru_cache(maxsize=100_000)
def pieces_of(text: str) -> dict[str, int]:
    """Return the points of every piece of a text."""
    counts: Counter[str] = Counter()
    for run in _RUNS.findall(plain_text(text)):
        shortest = min(LONGEST_PIECE, len(run)) if run.isascii() else 1
        for length in range(shortest, LONGEST_PIECE + 1):
            counts.update(run[i : i + length] for i in range(len(run) - length + 1))
    return {piece: len(piece) * count.bit_length() for piece, count in counts.items()}


def likeness(one: str, other: str) -> float:
    """Return the cosine between the weighted pieces of two texts, 0 to 1; 0 if one has none."""
    mine, theirs = pieces_of(one), pieces_of(other)
    shared = sum(weight * theirs[piece] for piece, weight in mine.items() if piece in theirs)
    if not shared:
        return 0.0
    lengths = float(_square(mine)) * float(_square(theirs))
    return min(1.0, shared / math.sqrt(lengths))


def _square(pieces: dict[str, int]) -> int:
    return sum(weight * weight for weight in pieces.values())


class _Texts(ctypes.Structure):
    """As ``struct texts`` in kernel/likeness.h."""

    _fields_ = [("count", ctypes.c_int64), ("postings", ctypes.c_int64)] + [
        (name, ctypes.c_void_p)
        for name in (
            "start",
            "letters",
            "points",
            "square",
            "posting_key",
            "posting_start",
            "posting",
        )
    ]


class Likeness:
    """Texts that can be found again by likeness, each in its group (a kind, say).

    Which pieces are rare among the texts decides where to look, never how alike two texts are.
    """

    def __init__(self, texts: Sequence[str], groups: Indexes) -> None:
        start, letters, points, square = _pieces(texts)
        text = np.repeat(np.arange(len(texts), dtype=np.int32), np.diff(start))
        key = np.empty(len(letters), dtype=np.uint64)
        group = np.ascontiguousarray(groups, dtype=np.int64)
        lib = library()
        lib.text_keys(_at(group), _at(start), _at(letters), ctypes.c_int64(len(texts)), _at(key))
        order = np.argsort(key, kind="stable")
        key = key[order]
        begins = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])) if len(key) else key)
        self._arrays: dict[str, npt.NDArray[Any]] = {
            "start": start,
            "letters": letters,
            "points": points,
            "square": square,
            "posting_key": key[begins],
            "posting_start": np.append(begins, len(key)).astype(np.int64),
            "posting": text[order],
        }
        self.struct = _Texts(
            count=len(texts),
            postings=len(begins),
            **{name: _at(array) for name, array in self._arrays.items()},
        )

    @classmethod
    def of(cls, texts: Sequence[str], groups: Sequence[int] | Indexes | None = None) -> "Likeness":
        """Make ``texts`` ready to be found; without ``groups`` all are in one."""
        alone = np.zeros(len(texts), dtype=np.int32)
        return cls(texts, alone if groups is None else np.asarray(groups, dtype=np.int32))

    def nearest(
        self,
        texts: Sequence[str],
        most: int,
        groups: Sequence[int] | Indexes | None = None,
        *,
        alike: float = ALIKE,
        exact: bool = False,
        threads: int = 2,
    ) -> tuple[Indexes, Floats]:
        """Return the likest texts of the same group, best first, and their likeness.

        Both are (texts asked × ``most``); -1 and 0.0 where fewer than ``most`` are ``alike``.
        Ties go to the text listed first. Unless ``exact``, only the rarest pieces of each text are
        looked up, some thousand postings in all.
        """
        start, letters = letters_of(texts)
        group = np.zeros(len(texts), np.int64) if groups is None else np.array(groups, np.int64)
        found = np.full((len(texts), most), -1, dtype=np.int32)
        values = np.zeros((len(texts), most))

        def search(first: int) -> int:
            return int(
                library().text_nearest(
                    ctypes.byref(self.struct),
                    _at(letters),
                    _at(start),
                    _at(group),
                    *map(ctypes.c_int64, (first, min(first + BLOCK, len(texts)), most)),
                    ctypes.c_double(alike),
                    ctypes.c_int(exact),
                    _at(found),
                    _at(values),
                )
            )

        with ThreadPoolExecutor(threads) as pool:
            if any(pool.map(search, range(0, len(texts), BLOCK))):
                raise MemoryError("too many texts")
        return found, values


def letters_of(texts: Sequence[str]) -> tuple[Ints, npt.NDArray[np.uint32]]:
    """Return where each plain text starts (one more than texts) and all letters as code points."""
    plain = [plain_text(text) for text in texts]
    start = np.cumsum([0, *map(len, plain)], dtype=np.int64)
    written = "".join(plain).encode("utf-32-le", errors="surrogatepass")
    return start, np.frombuffer(written, dtype=np.uint32)


def _pieces(texts: Sequence[str]) -> tuple[Ints, Ints, Indexes, Floats]:
    """Return where the pieces of each text start, their letters and points, and each square."""
    starts, squares = [np.zeros(1, dtype=np.int64)], [np.zeros(0)]
    letters, points = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int32)]
    for first in range(0, len(texts), CHUNK):
        begin, written = letters_of(texts[first : first + CHUNK])
        count = len(begin) - 1
        begins, square = np.empty(count + 1, dtype=np.int64), np.empty(count)
        piece = np.empty(LONGEST_PIECE * len(written), dtype=np.int64)
        weight = np.empty(len(piece), dtype=np.int32)
        made = library().text_pieces(
            _at(written),
            _at(begin),
            ctypes.c_int64(count),
            _at(begins),
            _at(piece),
            _at(weight),
            _at(square),
        )
        if made < 0:
            raise MemoryError("a text is too long")
        letters.append(piece[:made].copy())
        points.append(weight[:made].copy())
        starts.append(begins[1:] + starts[-1][-1])
        squares.append(square)
    return (
        np.concatenate(starts),
        np.concatenate(letters),
        np.concatenate(points),
        np.concatenate(squares),
    )


def _at(array: npt.NDArray[Any]) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)
