"""A trained model, and what it says of one text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .terms import GROUPS, terms_of

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Prediction:
    """The label of a text.

    Attributes
    ----------
    confidence
        Share of probability, 0 … 1, that the label is right.
    ranking
        Every label with its share, the likeliest first.
    because
        The pieces of the text that spoke most for the label, the strongest first.
    """

    label: str
    confidence: float
    ranking: tuple[tuple[str, float], ...]
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms a model knows: for each group, term → column, and how rare each column is."""

    columns: tuple[dict[str, int], ...]
    rarity: Floats

    def weigh(self, counts: tuple[Counter[str], ...]) -> tuple[Places, Floats]:
        """Columns and weights of a text: 1 + log(count), times rarity, each group of length 1."""
        places: list[int] = []
        values: list[Floats] = []
        for known, found in zip(self.columns, counts, strict=True):
            here = [(known[term], count) for term, count in found.items() if term in known]
            if not here:
                continue
            columns = [column for column, _ in here]
            weights = 1 + np.log(np.array([count for _, count in here], dtype=float))
            weights *= self.rarity[columns]
            places += columns
            values.append(weights / np.sqrt(weights @ weights))
        return np.array(places, dtype=np.int64), np.concatenate(values or [np.zeros(0)])


@dataclass(frozen=True, slots=True)
class RoutingModel:
    """Labels, vocabulary, and a weight for each label and term.

    Attributes
    ----------
    weights, offsets
        Shapes (labels, terms) and (labels,): the score of a label is ``weights @ text + offsets``.
    sharpness
        What scores are multiplied with before they become shares; fitted by cross-validation.
    about
        Facts of the training, e.g. the number of texts and the cross-validated macro-F1.
    """

    labels: tuple[str, ...]
    vocabulary: Vocabulary
    weights: Floats
    offsets: Floats
    sharpness: float
    about: dict[str, Any] = field(default_factory=dict)

    def scores(self, text: str) -> Floats:
        """One number for each label, the higher the likelier."""
        places, values = self.vocabulary.weigh(terms_of(text))
        return np.asarray(self.weights[:, places] @ values + self.offsets)

    def predict(self, text: str) -> Prediction:
        """The likeliest label, how sure, and by which words."""
        counts = terms_of(text)
        places, values = self.vocabulary.weigh(counts)
        spoke = self.weights[:, places] * values
        share = shares(spoke.sum(axis=1) + self.offsets, self.sharpness)
        order = np.argsort(-share, kind="stable")
        best, rest = order[0], order[1:]
        for_best = spoke[best] - (spoke[rest].max(axis=0) if len(rest) else 0.0)
        return Prediction(
            self.labels[best],
            float(share[best]),
            tuple((self.labels[i], float(share[i])) for i in order),
            self._because(counts, dict(zip(places.tolist(), for_best.tolist(), strict=True))),
        )

    def label_of(self, text: str) -> str:
        """The likeliest label alone."""
        return self.labels[int(np.argmax(self.scores(text)))]

    def _because(
        self, counts: tuple[Counter[str], ...], gains: dict[int, float]
    ) -> tuple[str, ...]:
        """Whole words only: nobody reads pairs of characters."""
        group = GROUPS.index("words")
        columns = self.vocabulary.columns[group]
        spoken = [
            (gains[columns[word]], word)
            for word in counts[group]
            if len(word) > 1 and gains.get(columns.get(word, -1), 0.0) > 0
        ]
        return tuple(word for _, word in sorted(spoken, reverse=True)[:5])


def shares(scores: Floats, sharpness: float) -> Floats:
    """Scores as shares that add up to 1 (softmax), over the last axis."""
    high = np.exp((scores - scores.max(axis=-1, keepdims=True)) * sharpness)
    return np.asarray(high / high.sum(axis=-1, keepdims=True))
