"""Which texts speak of the same things, and by which words."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import rjieba

#: Words that say nothing of what a text is about, however rare they are among few texts.
_EMPTY = frozenset(Path(__file__).with_name("empty_words.txt").read_text("utf-8").split())
#: Words of a title weigh as much as so many of the text.
TITLE_WEIGHS = 3


@dataclass(frozen=True, slots=True)
class Alike:
    """The place of a text in the sequence asked about, how alike it is (0 … 1), and why."""

    place: int
    likeness: float
    #: The words both use, the most telling first.
    words: tuple[str, ...]


def words_of(title: str, text: str) -> Counter[str]:
    """Counts of the words of two characters and more, and of the words in them; no numbers."""
    found: Counter[str] = Counter()
    for part, weight in ((title, TITLE_WEIGHS), (text, 1)):
        plain = unicodedata.normalize("NFKC", part).lower()
        for word in rjieba.cut_for_search(plain):
            if len(word) > 1 and word.isalpha() and word not in _EMPTY:
                found[word] += weight
    return found


def alike(
    one: Counter[str], others: Sequence[Counter[str]], *, least: float = 0.1, reasons: int = 3
) -> list[Alike]:
    """Those of ``others`` that speak of what ``one`` does, the most alike first.

    Cosine of counts damped by the logarithm and weighted by how few of the texts use a word
    (TF-IDF). A single word in common is no relation.
    """
    texts = [one, *others]
    used_in = Counter(word for text in texts for word in text)
    telling = {word: math.log(1 + len(texts) / n) for word, n in used_in.items()}

    def weighed(text: Counter[str]) -> dict[str, float]:
        weights = {word: (1 + math.log(n)) * telling[word] for word, n in text.items()}
        size = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {word: weight / size for word, weight in weights.items()} if size else {}

    ours = weighed(one)
    found = []
    for place, other in enumerate(others):
        theirs = weighed(other)
        shares = {word: ours[word] * theirs[word] for word in ours.keys() & theirs.keys()}
        likeness = sum(shares.values())
        if len(shares) > 1 and likeness >= least:
            found.append(Alike(place, likeness, tuple(_telling(shares)[:reasons])))
    return sorted(found, key=lambda each: (-each.likeness, each.place))


def _telling(shares: dict[str, float]) -> list[str]:
    """The words by what they contribute, without those inside another one."""
    whole = [word for word in shares if not any(word != one and word in one for one in shares)]
    return sorted(whole, key=lambda word: (-shares[word], word))
