"""How alike two short descriptions are, in Chinese or any other language.

A text is cut into runs of letters and digits, and each run into overlapping pieces: one to three
characters of Chinese, three letters of a Latin word. A piece that occurs ``c`` times weighs as
many points as ``c`` has binary digits, times its length: whole numbers, so that everybody works
out the same likeness. No dictionary, no model, no collection of texts is needed to judge a pair.
"""

import math
import re
import unicodedata
from collections import Counter
from functools import lru_cache

LONGEST_PIECE = 3
#: Texts at least this alike are taken to speak of the same thing.
ALIKE = 0.3

_SEPARATORS = re.compile(r"[\W_]+")
_RUNS = re.compile(r"[0-9a-z]+|[^0-9a-z ]+")


def plain_text(text: str) -> str:
    """Return ``text`` in one width and case, with single spaces for all that is no letter."""
    return _SEPARATORS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


@lru_cache(maxsize=100_000)
def pieces_of(text: str) -> dict[str, int]:
    """Return the weight of every piece of a text."""
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
