"""Learning from texts that were sorted before.

What learns is imported where it is used: loading scikit-learn costs every start of the program
two seconds and a hundred megabytes, and only the retraining, which is rare, needs it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .model import Floats, RoutingModel, Vocabulary, shares
from .scoring import Scores, score
from .terms import GROUPS, terms_of

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Counts = tuple[Counter[str], ...]

#: A term that stands in one text only tells nothing of others.
_IN_TEXTS = 2
#: Penalty of the support vector machine; flat between 0.5 and 2 on the sets tried.
_PENALTY = 1.0
#: Added to each term's weight before two classes are compared.
_SMOOTHING = 0.1
_FOLDS = 5
_SHARPNESSES = np.geomspace(0.5, 20.0, 25)


class NotEnoughTexts(Exception):
    """Fewer than two labels, or a label without a text to learn from."""


def train(texts: Sequence[str], labels: Sequence[str], *, seed: int = 0) -> RoutingModel:
    """Learn ``labels`` of ``texts``; the same texts, labels and seed give the same model.

    Raises
    ------
    NotEnoughTexts
        All texts have one and the same label, or there is none.
    """
    names = sorted(set(labels))
    if len(names) < 2:
        raise NotEnoughTexts
    counted = [terms_of(text) for text in texts]
    ids = np.array([names.index(label) for label in labels])
    model = _fit(counted, ids, names, seed)
    held_out = _held_out(counted, ids, names, seed)
    if held_out is None:
        return model
    met, scores = held_out
    found = score(
        [names[i] for i in ids[met]], [names[i] for i in scores.argmax(axis=1)], seconds=0.0
    )
    about = {**model.about, "macro_f1": found.macro_f1, "accuracy": found.accuracy}
    return replace(model, sharpness=_sharpness(scores, ids[met]), about=about)


def cross_validate(texts: Sequence[str], labels: Sequence[str], *, seed: int = 0) -> Scores | None:
    """How well texts are sorted that were not learned from: five parts, each left out in turn.

    ``None`` where no label has two texts.
    """
    names = sorted(set(labels))
    ids = np.array([names.index(label) for label in labels])
    held_out = _held_out([terms_of(text) for text in texts], ids, names, seed)
    if held_out is None:
        return None
    met, scores = held_out
    guessed = [names[i] for i in scores.argmax(axis=1)]
    return score([names[i] for i in ids[met]], guessed, seconds=0.0)


def _held_out(
    counted: list[Counts], ids: NDArray[np.int64], names: list[str], seed: int
) -> tuple[NDArray[np.int64], Floats] | None:
    """Which texts were judged by models that had not seen them, and the scores they got.

    Labels with a single text cannot be left out and known at once; their texts are not judged.
    """
    from sklearn.model_selection import StratifiedKFold  # noqa: PLC0415

    often = np.bincount(ids, minlength=len(names))
    met = np.flatnonzero(often[ids] >= 2)
    if len(set(ids[met].tolist())) < 2:
        return None
    folds = int(min(_FOLDS, often[ids[met]].min()))
    scores = np.full((len(met), len(names)), -np.inf)
    parts = StratifiedKFold(folds, shuffle=True, random_state=seed)
    for seen, unseen in parts.split(np.zeros(len(met)), ids[met]):
        kept = sorted(set(ids[met[seen]].tolist()))
        ours = [names[i] for i in kept]
        place = {i: at for at, i in enumerate(kept)}
        model = _fit(
            [counted[i] for i in met[seen]],
            np.array([place[i] for i in ids[met[seen]].tolist()]),
            ours,
            seed,
        )
        matrix = _matrix([counted[i] for i in met[unseen]], model.vocabulary)
        scores[np.ix_(unseen, kept)] = matrix @ model.weights.T + model.offsets
    return met, scores


def _fit(
    counted: list[Counts], ids: NDArray[np.int64], names: list[str], seed: int
) -> RoutingModel:
    from sklearn.svm import LinearSVC  # noqa: PLC0415

    vocabulary = _vocabulary(counted)
    matrix = _matrix(counted, vocabulary)
    weights = np.zeros((len(names), matrix.shape[1]))
    offsets = np.zeros(len(names))
    for label in range(len(names)):
        is_it = ids == label
        telling = _telling(matrix, is_it)
        machine = LinearSVC(C=_PENALTY, class_weight="balanced", random_state=seed)
        machine.fit(matrix.multiply(telling).tocsr(), is_it)
        weights[label] = machine.coef_.ravel() * telling
        offsets[label] = machine.intercept_[0]
    about = {"texts": len(counted), "labels": len(names), "terms": matrix.shape[1]}
    return RoutingModel(tuple(names), vocabulary, weights, offsets, 1.0, about)


def _vocabulary(counted: list[Counts]) -> Vocabulary:
    columns: list[dict[str, int]] = []
    in_texts: list[int] = []
    for group in range(len(GROUPS)):
        often: Counter[str] = Counter()
        for counts in counted:
            often.update(counts[group].keys())
        # Where no term stands in two texts, as with two short ones, every term must do.
        enough = min(_IN_TEXTS, max(often.values(), default=0))
        known = sorted(term for term, texts in often.items() if texts >= enough)
        columns.append({term: len(in_texts) + at for at, term in enumerate(known)})
        in_texts += [often[term] for term in known]
    rarity = np.log((1 + len(counted)) / (1 + np.array(in_texts, dtype=float))) + 1
    return Vocabulary(tuple(columns), rarity)


def _matrix(counted: list[Counts], vocabulary: Vocabulary) -> csr_matrix:
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    rows = [vocabulary.weigh(counts) for counts in counted]
    starts = np.cumsum([0, *(len(places) for places, _ in rows)])
    places = np.concatenate([places for places, _ in rows])
    values = np.concatenate([values for _, values in rows])
    return csr_matrix((values, places, starts), shape=(len(rows), len(vocabulary.rarity)))


def _telling(matrix: csr_matrix, is_it: NDArray[np.bool_]) -> Floats:
    """How much more, or less, each term is used in texts of the label than in the others."""
    inside = np.asarray(matrix[is_it].sum(axis=0)).ravel() + _SMOOTHING
    outside = np.asarray(matrix[~is_it].sum(axis=0)).ravel() + _SMOOTHING
    ratio = np.log(inside / inside.sum()) - np.log(outside / outside.sum())
    return np.asarray(np.sqrt(np.abs(ratio)))


def _sharpness(scores: Floats, ids: NDArray[np.int64]) -> float:
    """The sharpness under which the shares of the true labels are likeliest."""
    rows = np.arange(len(ids))
    likely = [
        np.log(np.maximum(shares(scores, sharpness)[rows, ids], 1e-12)).sum()
        for sharpness in _SHARPNESSES
    ]
    return float(_SHARPNESSES[int(np.argmax(likely))])
