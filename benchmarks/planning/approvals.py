"""Seeded portfolios of one real approval network: an underground complex beside old streets.

Every project passes the same 27 items. Departments keep weekdays and take few files at a time;
publicity and tender run on all days and ask nobody. Reviews begin before the results they wait
for and end a day after them. Works must begin within 90 days of the permit.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from binglian.engine.planning.problem import (
    Calendar,
    Demand,
    Link,
    Mode,
    PlanningProblem,
    Precedence,
    Project,
    Resource,
    Task,
)

LAPSES = 90  # days from the construction permit to the start of works
WEEKS = 120


class Item(NamedTuple):
    """Who decides, within how many working days by pledge and by law, after which items."""

    who: str
    pledged: int
    statutory: int
    after: tuple[int, ...]


REFORM, LAND, ECOLOGY, WATER = "发展改革", "自然资源", "生态环境", "水务"
HOUSING, HERITAGE, DEFENCE, ARCHIVES = "住房建设", "文物", "人防", "城建档案"
REVIEWER, NOBODY = "图审机构", ""

ITEMS = {
    1: Item(REFORM, 5, 20, ()),
    2: Item(LAND, 7, 20, (1,)),
    3: Item(ECOLOGY, 7, 22, (1,)),
    4: Item(REFORM, 7, 20, (1,)),
    5: Item(WATER, 7, 20, (1,)),
    6: Item(REFORM, 5, 20, (2, 4)),
    7: Item(LAND, 5, 20, (6,)),
    8: Item(LAND, 16, 30, (7,)),
    9: Item(REFORM, 7, 20, (6,)),
    10: Item(LAND, 7, 20, (6,)),
    11: Item(NOBODY, 20, 20, (10,)),  # publicity, days
    12: Item(HERITAGE, 7, 20, (6,)),
    13: Item(LAND, 7, 20, (8, 10, 11, 12)),
    14: Item(NOBODY, 23, 23, (9,)),  # tender, days
    15: Item(REVIEWER, 3, 15, (9, 10)),
    16: Item(HOUSING, 7, 15, (15,)),
    17: Item(DEFENCE, 3, 20, (10,)),
    18: Item(HOUSING, 5, 5, (14, 15)),
    19: Item(HOUSING, 5, 5, (14,)),
    20: Item(HOUSING, 5, 7, (8, 13, 14, 15, 16, 17, 18, 19)),
    21: Item(NOBODY, 0, 0, (20, 3, 5)),  # start of works
    22: Item(LAND, 5, 20, (21,)),
    23: Item(HOUSING, 15, 15, (21,)),
    24: Item(DEFENCE, 15, 20, (21,)),
    25: Item(ARCHIVES, 15, 15, (21,)),
    26: Item(HOUSING, 15, 15, (21,)),
    27: Item(LAND, 5, 30, (22, 23, 24, 25, 26)),
}
PERMIT, WORKS = 20, 21
PREPARED_EARLY = {12, 16, 17}


def random_approvals(projects: int, *, seed: int) -> PlanningProblem:
    """Draw how long each item takes, when projects come and how many files a department takes."""
    pick = np.random.default_rng([seed, projects])
    tasks, work = [], dict.fromkeys((item.who for item in ITEMS.values() if item.who), 0)
    precedences: list[Precedence] = []
    drawn = []
    for number in range(1, projects + 1):
        ref, release = f"项目{number}", int(pick.integers(0, 120))
        for i, item in ITEMS.items():
            days = int(pick.integers(item.pledged, item.statutory + 1))
            demands = (Demand(item.who, 1),) if item.who else ()
            calendar = "weekdays" if item.who else None
            tasks.append(Task(f"{ref}:{i}", (Mode("1", days, demands),), ref, calendar))
            precedences += _links(ref, i)
            if item.who:
                work[item.who] += days
        weight = float(pick.choice((1, 1, 3)))
        drawn.append(Project(ref, release, due=release + 240, weight=weight))
    busiest = pick.uniform(0.7, 1.0, len(work))
    resources = (
        Resource(who, max(1, round(sum_ / (share * 150))), calendar="weekdays")
        for (who, sum_), share in zip(work.items(), busiest, strict=True)
    )
    weekends = Calendar("weekdays", tuple((7 * w + 5, 7 * w + 7) for w in range(WEEKS)))
    return PlanningProblem(
        tuple(tasks), tuple(precedences), tuple(resources), (weekends,), tuple(drawn)
    )


def _links(project: str, item: int) -> Iterator[Precedence]:
    for before in ITEMS[item].after:
        ends = f"{project}:{before}", f"{project}:{item}"
        if item in PREPARED_EARLY:
            yield Precedence(*ends, Link.FINISH_FINISH, 1)
        else:
            most = LAPSES if (before, item) == (PERMIT, WORKS) else None
            yield Precedence(*ends, most=most)
