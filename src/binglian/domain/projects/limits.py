"""How much organisations can do at once on each day: usually, and in stretches of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from binglian.domain.projects.models import Capacity, CapacityPeriod


@dataclass(frozen=True, slots=True)
class Limit:
    """Cases at once; ``periods`` ascending and apart, in which it is another number."""

    usual: int
    periods: tuple[CapacityPeriod, ...] = ()

    @property
    def most(self) -> int:
        return max([self.usual, *(one.cases for one in self.periods)])

    def on(self, day: date) -> int:
        for one in self.periods:
            if one.from_on <= day <= (one.until_on or date.max):
                return one.cases
        return self.usual


def limits_of(organisations: Collection[int] | None = None) -> dict[int, Limit]:
    """The limits of those that have one, by organisation id; of all if none are named."""
    capacities, periods = Capacity.objects.all(), CapacityPeriod.objects.order_by("from_on")
    if organisations is not None:
        capacities = capacities.filter(organisation__in=organisations)
        periods = periods.filter(organisation__in=organisations)
    own: dict[int, list[CapacityPeriod]] = defaultdict(list)
    for one in periods:
        own[one.organisation_id].append(one)
    return {
        one.organisation_id: Limit(one.cases, tuple(own[one.organisation_id])) for one in capacities
    }
