"""How well texts were sorted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


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
    has, given = Counter(true), Counter(guessed)
    right = Counter(label for label, guess in zip(true, guessed, strict=True) if label == guess)
    per_label = {
        name: LabelScore(
            precision=_share(right[name], given[name]),
            recall=_share(right[name], has[name]),
            f1=_share(2 * right[name], given[name] + has[name]),
            n=has[name],
        )
        for name in sorted(has | given)
    }
    macro = sum(row.f1 for row in per_label.values()) / len(per_label)
    return Scores(right.total() / len(true), macro, per_label, len(true), seconds)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
