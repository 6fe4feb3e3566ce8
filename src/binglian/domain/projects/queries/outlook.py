"""What a liaison officer should know on Monday: this week and the next, who waits for whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.projects.models import Expiry, PlannedTask, Project, Task
from binglian.domain.projects.states import awaits_applicant

from .awaiting import Awaited, awaited_in
from .looking_ahead import WEEK, WeekAhead, expiring_in, week_of

#: Papers are asked for so long before the task is to start.
PAPERS_EARLY = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Outlook:
    """Of some organisations of one alliance, from a Monday on."""

    this_week: WeekAhead
    next_week: WeekAhead
    #: What is awaited from them, and what they wait for, what holds up most first.
    from_us: list[Awaited]
    from_others: list[Awaited]
    #: Approvals that start soon, whose papers they have to file.
    to_file: list[PlannedTask]
    expiring: list[Expiry]

    @property
    def rows(self) -> list[PlannedTask]:
        """All that starts or finishes in the two weeks, and what is overdue, each once."""
        weeks = (self.this_week, self.next_week)
        found = {
            row.pk: row
            for week in weeks
            for row in (*week.overdue, *week.to_finish, *week.to_start)
        }
        return sorted(found.values(), key=lambda row: (row.starts_on, row.pk))

    def __bool__(self) -> bool:
        others = (self.from_us, self.from_others, self.to_file, self.expiring)
        return bool(self.rows) or any(others)


def outlook_of(alliance: Alliance, ours: Collection[Organisation]) -> Outlook:
    """What these organisations of the alliance have before them, from this week's Monday on."""
    monday = today() - timedelta(days=today().weekday())
    projects = alliance.projects.all()
    owned = projects.filter(owner__in=ours, state__in=Project.UNDER_WAY)
    awaited = awaited_in(alliance)
    return Outlook(
        this_week=week_of(projects, monday, ours),
        next_week=week_of(projects, monday + WEEK, ours),
        from_us=[one for one in awaited if one.organisation in ours],
        from_others=[one for one in awaited if _is_waited_for_by(ours, one)],
        to_file=_to_file(ours, until=today() + PAPERS_EARLY),
        expiring=list(expiring_in(owned)),
    )


def _is_waited_for_by(ours: Collection[Organisation], one: Awaited) -> bool:
    if one.organisation in ours:
        return False
    return one.task.project.owner in ours or any(task.doer in ours for task in one.holds_up)


def _to_file(ours: Collection[Organisation], *, until: date) -> list[PlannedTask]:
    """Approvals of their own projects for which papers are to be filed by then."""
    own = Project.objects.filter(owner__in=ours, state__in=Project.UNDER_WAY)
    rows = PlannedTask.objects.filter(
        plan__in=own.values("current"),
        task__dropped_on=None,
        task__state__in=[Task.State.WAITING, Task.State.CORRECTING, *Task.LOST],
        starts_on__lte=until,
    ).select_related("task__project__alliance", "task__project__owner", "task__item")
    return [
        row
        for row in rows.order_by("starts_on", "pk")
        if row.task.item and row.task.item.papers and awaits_applicant(row.task)
    ]
