"""The axis of a plan's sheets, and the calendars of its organisations on it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import chain

from binglian.domain.alliance.calendar import is_working_day
from binglian.engine.planning.formats import Axis, Unit, lay_axis
from binglian.engine.planning.formats.dated.working_time import ALL_DAY, DAY, Hours, WorkingTime
from binglian.engine.planning.problem import LONGEST, Calendar
from binglian.sheets.plans import CalendarRow, LinkTo, PlanRows, TaskRow

OFFICIAL, EVERY_DAY = "official", "every day"
_MOST_DAYS = 36_525


def days_of(task: TaskRow) -> tuple[object, ...]:
    """Return all days that a row of a task names."""
    return task.release, task.due, task.deadline, task.started, task.finished


class Days:
    """The axis of a plan, and the calendars of its organisations on it.

    Without calendar days, a unit is a day on which anybody works; with them, every day is a unit
    and official holidays are closed.
    """

    def __init__(self, rows: PlanRows, start: dt.date | None) -> None:
        self.start = start
        self.counts_all_days = any(task.unit == "calendar" for task in rows.tasks) or any(
            link.days == "calendar" for task in rows.tasks for link in task.predecessors
        )
        self.calendars: tuple[Calendar, ...] = ()
        self._refs: set[str] = set()
        self._own = {row.organisation for row in rows.calendar if row.organisation}
        self.axis = Axis(Unit.DAY if self.counts_all_days else Unit.WORKING_DAY)
        self._needed = _days_needed(rows)
        if start is not None:
            self._lay(rows, start)

    def calendar(
        self, organisation: str, renewable: bool = True, unit: str = "working"
    ) -> str | None:
        """Return the calendar by which an organisation works, None if it is the axis itself."""
        if not renewable or unit == "calendar":
            return None
        ref = organisation if organisation in self._own else OFFICIAL
        return ref if ref in self._refs else None

    def lag_calendar(self, link: LinkTo) -> str | None:
        """Return the calendar whose units a lag counts; leads are counted in elapsed ones."""
        counts = link.days == "working" and link.least >= 0 and (link.least or link.most)
        return OFFICIAL if counts and OFFICIAL in self._refs else None

    def first_free(self, day: dt.date | int) -> int:
        """Return the first unit on or after a day."""
        return day if isinstance(day, int) else max(0, self.axis.unit_from(_midnight(day)))

    def end_of(self, day: dt.date | int) -> int:
        """Return the instant at which a day is over."""
        if isinstance(day, int):
            return day
        return max(0, self.axis.units_until(_midnight(day) + dt.timedelta(days=1)))

    def beyond(self, last: dt.date | None) -> int:
        """Return the instant at which a period is over whose last day this is; none lasts on."""
        return LONGEST if last is None else self.end_of(last)

    def _lay(self, rows: PlanRows, start: dt.date) -> None:
        count = min(2 * self._needed + 60, _MOST_DAYS)
        common = [row for row in rows.calendar if not row.organisation]
        official = {
            day: ALL_DAY if is_working_day(day) else ()
            for day in (start + dt.timedelta(days=number) for number in range(count))
        }
        working = {OFFICIAL: _working_time(official, common)}
        for name in sorted(self._own):
            own = [row for row in rows.calendar if row.organisation == name]
            working[name] = _working_time(official, [*common, *own])
        if self.counts_all_days:
            working[EVERY_DAY] = WorkingTime([ALL_DAY] * 7)
        origin = _midnight(start)
        worked = {ref: time.laid_out(origin, count) for ref, time in working.items()}
        self.axis, closed = lay_axis(self.axis.unit, origin, DAY, worked)
        self.calendars = tuple(
            Calendar(ref, stretches)
            for ref, stretches in closed.items()
            if stretches and ref != EVERY_DAY
        )
        self._refs = {calendar.ref for calendar in self.calendars}


def _working_time(official: Mapping[dt.date, Hours], rows: Iterable[CalendarRow]) -> WorkingTime:
    """Official working days, then what the rows say, later ones last."""
    exceptions = dict(official)
    for row in rows:
        for number in range(min((row.last - row.first).days + 1, _MOST_DAYS)):
            exceptions[row.first + dt.timedelta(days=number)] = () if row.closed else ALL_DAY
    return WorkingTime([()] * 7, exceptions)


def _days_needed(rows: PlanRows) -> int:
    """Return how many working days hold the plan whatever its order."""
    durations = (
        max(chain([task.duration], (mode.duration for mode in task.modes))) for task in rows.tasks
    )
    lags = (max(0, link.least) for task in rows.tasks for link in task.predecessors)
    numbered = (day for task in rows.tasks for day in days_of(task) if isinstance(day, int))
    dated = [day for task in rows.tasks for day in days_of(task) if isinstance(day, dt.date)]
    dated += [day for one in rows.capacities for day in (one.first, one.last) if day]
    span = (max(dated) - min(dated)).days if dated else 0
    return sum(durations) + sum(lags) + max(numbered, default=0) + span + 60


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time())
