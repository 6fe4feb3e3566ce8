"""Who is tied to whom, and by what: the edges of the network."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from binglian.domain.indicators.periods import Period

from .joint import Joint, Source


@dataclass(frozen=True, slots=True)
class Tie:
    """Two organisations, and how often they did something together, by source."""

    ends: tuple[int, int]
    commitments: int = 0
    matters: int = 0
    projects: int = 0

    @property
    def weight(self) -> int:
        return self.commitments + self.matters + self.projects


def ties_of(joint: Iterable[Joint], period: Period) -> list[Tie]:
    """The ties of a period, in the order of the ends."""
    counts: dict[tuple[int, int], Counter[Source]] = defaultdict(Counter)
    for one in joint:
        if one.on in period:
            counts[one.ends][one.source] += 1
    return [
        Tie(
            ends,
            counts[ends][Source.COMMITMENTS],
            counts[ends][Source.MATTERS],
            counts[ends][Source.PROJECTS],
        )
        for ends in sorted(counts)
    ]
