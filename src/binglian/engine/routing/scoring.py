"""How well texts were sorted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sklearn.metrics import accuracy_score, precision_recall_fscore_support


@dataclass(frozen=True, slots=True)
class LabelScore:
    """One label: of those given it, how many are right; of those that have it, how many found."""

    precision: float
    recall: float
    f1: float
    n: int


@dataclass(frozen=True, slots=True)
class Scores:
    """Accuracy, the mean of the labels' F1 (macro-F1), and each label's own; all 0 … 1."""

    accuracy: float
    macro_f1: float
    per_label: dict[str, LabelScore]
    n: int
    seconds: float


def score(true: Sequence[str], guessed: Sequence[str], *, seconds: float) -> Scores:
    """Compare guesses with the truth. Labels that are only guessed count with F1 = 0."""
    names = sorted({*true, *guessed})
    precision, recall, f1, often = precision_recall_fscore_support(
        true, guessed, labels=names, zero_division=0.0
    )
    rows = zip(names, precision, recall, f1, often, strict=True)
    per_label = {
        name: LabelScore(float(p), float(r), float(f), int(n)) for name, p, r, f, n in rows
    }
    macro = sum(row.f1 for row in per_label.values()) / len(per_label)
    return Scores(float(accuracy_score(true, guessed)), macro, per_label, len(true), seconds)
