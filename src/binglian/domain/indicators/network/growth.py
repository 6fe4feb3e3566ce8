"""How the network grew, month by month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from binglian.domain.indicators.periods import Period
from binglian.domain.indicators.records import Member

from .joint import Joint


@dataclass(frozen=True, slots=True)
class Growth:
    """By the end of one month: members, those tied to another one, and the ties there were."""

    month: Period
    members: int
    linked: int
    ties: int

    @property
    def density(self) -> float | None:
        """The ties among linked organisations over all there could be among the members."""
        possible = max(self.members, self.linked)
        possible = possible * (possible - 1) // 2
        return self.ties / possible if possible else None


def growth_of(
    joint: Iterable[Joint], members: Sequence[Member], months: Sequence[Period]
) -> list[Growth]:
    """What had come about by the end of each month, everything before included."""
    first: dict[tuple[int, int], Joint] = {}
    for one in joint:  # earliest first
        first.setdefault(one.ends, one)
    found = []
    for month in months:
        ties = [one.ends for one in first.values() if one.on <= month.last]
        found.append(
            Growth(
                month=month,
                members=sum(one.belongs_on(month.last) for one in members),
                linked=len({end for ends in ties for end in ends}),
                ties=len(ties),
            )
        )
    return found
