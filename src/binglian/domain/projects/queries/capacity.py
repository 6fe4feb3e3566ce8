"""How much of its capacity each organisation has promised, by day and over all alliances."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from binglian.domain.alliance.calendar import is_working_day
from binglian.domain.alliance.crossing import crossing_alliances
from binglian.domain.alliance.models import Organisation
from binglian.domain.projects.limits import Limit, limits_of
from binglian.domain.projects.models import CapacityPeriod, PlannedTask, Project, TaskMode


@dataclass(frozen=True, slots=True)
class CapacityUse:
    """Cases at once on each working day of a stretch; ``limit`` is ``None`` without one."""

    organisation: Organisation
    limit: Limit | None
    days: tuple[date, ...]
    used: tuple[int, ...]

    @property
    def cases(self) -> int | None:
        """How many at once on the first of the days."""
        return self.limit.on(self.days[0]) if self.limit and self.days else None

    @property
    def most(self) -> int:
        return max(self.used, default=0)

    @property
    def to_come(self) -> list[CapacityPeriod]:
        """Stretches that begin after the first of the days, and in which it is another number."""
        periods = self.limit.periods if self.limit else ()
        return [one for one in periods if self.days and self.days[0] < one.from_on <= self.days[-1]]

    @property
    def is_exceeded(self) -> bool:
        return bool(self.exceeded_on)

    @property
    def exceeded_on(self) -> list[date]:
        """Days on which more is promised than can be done."""
        limit = self.limit
        if limit is None:
            return []
        return [day for day, n in zip(self.days, self.used, strict=True) if n > limit.on(day)]


@crossing_alliances("An organisation has its people once, whichever alliance they work for")
def capacity_use(
    organisations: Iterable[Organisation], first: date, last: date
) -> list[CapacityUse]:
    """By the current plans of all projects under way, whichever alliance they belong to.

    Only sums are told: whose cases they are stays with those who may see the projects.
    """
    wanted = {one.pk: one for one in organisations}
    limits = limits_of(wanted)
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    days = tuple(day for day in span if is_working_day(day))
    used: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    current = Project.objects.filter(state__in=Project.UNDER_WAY).values("current")
    rows = PlannedTask.objects.filter(
        plan__in=current,
        task__organisation__in=wanted,
        task__dropped_on=None,
        starts_on__lte=last,
        finishes_on__gte=first,
        days__gt=0,
    )
    mode = TaskMode.objects.filter(task=OuterRef("task"), kind=OuterRef("mode"))
    demand = Coalesce(Subquery(mode.order_by().values("demand")[:1]), 1)
    for office, starts_on, finishes_on, cases in rows.values_list(
        "task__organisation", "starts_on", "finishes_on", demand
    ):
        for day in days:
            if starts_on <= day <= finishes_on:
                used[office][day] += cases
    return [
        CapacityUse(one, limits.get(pk), days, tuple(used[pk][day] for day in days))
        for pk, one in wanted.items()
    ]
