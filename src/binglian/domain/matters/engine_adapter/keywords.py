"""Categories by the words of the catalogue, until there are matters to learn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeywordHit:
    """A label, its share (0 … 1) of all that was found, and the words found."""

    label: str
    share: float
    words: tuple[str, ...]


def by_keywords(text: str, words_of: Mapping[str, Sequence[str]]) -> list[KeywordHit]:
    """Labels whose words occur in the text, the likeliest first.

    A word counts by its length, for long ones are seldom meant otherwise. A word that several
    labels have counts for each of them. One lone short word is no certainty: shares are of what
    was found and two characters more.
    """
    plain = text.lower()
    found = {
        label: tuple(sorted({w for w in words if w and w.lower() in plain}, key=len, reverse=True))
        for label, words in words_of.items()
    }
    weights = {label: sum(map(len, words)) for label, words in found.items()}
    total = sum(weights.values()) + 2
    hits = [KeywordHit(k, w / total, found[k]) for k, w in weights.items() if w]
    return sorted(hits, key=lambda hit: -hit.share)
