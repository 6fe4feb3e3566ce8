"""Texts that speak of the same thing.

SciPy is imported where it is used: pages never group texts, and would wait for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .terms import GROUPS, terms_of


@dataclass(frozen=True, slots=True)
class Cluster:
    """Positions of its texts, and the words that at least half of them have in common."""

    members: tuple[int, ...]
    words: tuple[str, ...]


def clusters(texts: Sequence[str], *, least_alike: float = 0.3, fewest: int = 5) -> list[Cluster]:
    """Groups of texts each of which is like another one of its group, the largest first.

    Parameters
    ----------
    least_alike
        Cosine (0 … 1) of the texts' words, each weighted by how rare it is, from which on two
        are taken for the same thing.
    fewest
        Smaller groups are chance.

    Compares each text with each: meant for the few hundred of one category and season.
    """
    from scipy.sparse import csr_matrix  # noqa: PLC0415
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    counted = [_words(text) for text in texts]
    in_texts = Counter(word for words in counted for word in words)
    # A word of one text links nothing.
    columns = {word: at for at, word in enumerate(w for w, n in in_texts.items() if n > 1)}
    if len(texts) < fewest or not columns:
        return []
    rarity = np.array([np.log(1 + len(texts) / in_texts[word]) for word in columns])
    rows = [(at, columns[w]) for at, words in enumerate(counted) for w in words if w in columns]
    places = np.array(rows, dtype=np.int64)
    weights = csr_matrix(
        (rarity[places[:, 1]], (places[:, 0], places[:, 1])), shape=(len(texts), len(columns))
    )
    lengths = np.sqrt(weights.multiply(weights).sum(axis=1)).A1
    lengths[lengths == 0] = 1.0
    unit = csr_matrix(weights.multiply(1 / lengths[:, None]))
    alike = unit @ unit.T
    _, group = connected_components(alike >= least_alike, directed=False)
    found = [np.flatnonzero(group == g).tolist() for g in range(group.max() + 1)]
    kept = [members for members in found if len(members) >= fewest]
    kept.sort(key=lambda members: (-len(members), members[0]))
    return [Cluster(tuple(members), _shared(members, counted)) for members in kept]


def _words(text: str) -> set[str]:
    counts = dict(zip(GROUPS, terms_of(text), strict=True))["words"]
    return {word for word in counts if len(word) > 1}


def _shared(members: Sequence[int], counted: Sequence[set[str]]) -> tuple[str, ...]:
    often = Counter(word for at in members for word in counted[at])
    shared = [(n, word) for word, n in often.items() if 2 * n >= len(members)]
    return tuple(word for _, word in sorted(shared, key=lambda one: (-one[0], one[1]))[:5])
