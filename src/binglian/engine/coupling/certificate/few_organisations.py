"""The cheapest way to serve a whole need by one or two organisations in all."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

Segment = tuple[float, int, int]  # points per unit, units, organisation


@dataclass(frozen=True, slots=True)
class PartAsked:
    """So many units of one part, from segments in order of slope; ``sole``: by one organisation."""

    wanted: int
    segments: Sequence[Segment]
    sole: bool


def least_by_few(parts: Sequence[PartAsked], few: int) -> float:
    """Return the least cost at which one (or two) organisations cover every part.

    Costs are sums of segments taken cheapest first; ``math.inf`` if no few cover all.
    """
    asked = [part for part in parts if part.wanted]
    if not asked:
        return 0.0
    names = [{organisation for _, _, organisation in part.segments} for part in asked]
    first = min(names, key=len)
    teams: list[tuple[int, ...]] = [(one,) for one in sorted(first)]
    if few == 2:
        everyone = sorted(set().union(*names))
        teams = [team for team in combinations(everyone, 2) if first.intersection(team)] + teams
    tables = [_alone(part) for part in asked]
    return min((_cost(asked, tables, team) for team in teams), default=math.inf)


def _alone(part: PartAsked) -> dict[int, tuple[float, int]]:
    """Return for each organisation the cost of all it can give, and how many units lack then."""
    table: dict[int, tuple[float, int]] = {}
    for slope, units, organisation in part.segments:
        cost, lacks = table.get(organisation, (0.0, part.wanted))
        taken = min(units, lacks)
        table[organisation] = cost + taken * slope, lacks - taken
    return table


def _cost(
    asked: Sequence[PartAsked],
    tables: Sequence[dict[int, tuple[float, int]]],
    team: tuple[int, ...],
) -> float:
    total = 0.0
    for part, table in zip(asked, tables, strict=True):
        mine = [table[one] for one in team if one in table]
        least = min((cost for cost, lacks in mine if not lacks), default=math.inf)
        if len(mine) == 2 and not part.sole:
            units = 2 * part.wanted - sum(lacks for _, lacks in mine)
            least = _together(part, team) if units >= part.wanted else math.inf
        if math.isinf(least):
            return math.inf
        total += least
    return total


def _together(part: PartAsked, team: tuple[int, ...]) -> float:
    cost, lacks = 0.0, part.wanted
    for slope, units, organisation in part.segments:
        if organisation in team:
            taken = min(units, lacks)
            cost, lacks = cost + taken * slope, lacks - taken
    return cost
