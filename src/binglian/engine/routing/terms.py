"""What a text is read as: counted terms in four groups."""

from __future__ import annotations

import itertools
import unicodedata
from collections import Counter

import rjieba

#: How many characters count as the title, and how many as the opening.
TITLE, OPENING = 20, 60
#: The groups, each brought to length 1 on its own, so that a long text drowns no title.
GROUPS = ("grams", "words", "title", "opening")


def terms_of(text: str) -> tuple[Counter[str], ...]:
    """The terms of a text, one counter for each of :data:`GROUPS`."""
    plain = unicodedata.normalize("NFKC", text).lower().strip()
    return (
        _grams(plain),
        Counter(word for word in rjieba.cut(plain) if word.strip()),
        _grams(plain[:TITLE]),
        _grams(plain[:OPENING]),
    )


def _grams(text: str) -> Counter[str]:
    """Single characters and neighbouring pairs, none across a blank; its edges are marked."""
    found: Counter[str] = Counter()
    for part in text.split():
        edged = f" {part} "
        found.update(edged)
        found.update(map("".join, itertools.pairwise(edged)))
    del found[" "]
    return found
