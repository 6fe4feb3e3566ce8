"""From the sheets of a plan to a planning problem with its names and dates."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from binglian.command.refusals import CommandRefused
from binglian.command.words import gettext as _
from binglian.domain.alliance.calendar import is_working_day
from binglian.engine.planning.formats import (
    Axis,
    Format,
    PlanFile,
    Unit,
    lay_axis,
)
from binglian.engine.planning.formats.dated.working_time import ALL_DAY, DAY, Hours, WorkingTime
from binglian.engine.planning.problem import (
    Calendar,
    Demand,
    Frozen,
    Link,
    Mode,
    PlanningProblem,
    Precedence,
    Project,
    Resource,
    Task,
)
from binglian.sheets.plans import ORDINARY, CalendarRow, LinkTo, ModeRow, PlanRows, TaskRow

OFFICIAL, EVERY_DAY = "official", "every day"
_MOST_DAYS = 36_525


def plan_of(rows: PlanRows, start: dt.date | None = None) -> PlanFile:
    """Return the problem that the rows state; ``start`` overrides the start date they hold.

    Raises ``CommandRefused`` where dates are used without a start date.
    """
    start = start or rows.start
    _require_start(rows, start)
    days = _Days(rows, start)
    known = {capacity.name for capacity in rows.capacities}
    used = {name for task in rows.tasks for name in _named(task)}
    # A publicity of twenty calendar days runs on over the weekend, whoever keeps it.
    untiring = {
        name
        for task in rows.tasks
        if task.unit == "calendar"
        for name in (task.organisation, *_named(task))
    }
    if unknown := used - known:
        raise CommandRefused(
            _("“占用”里的“%(name)s”不在“容量”表中。请在“容量”表里加上它有多少。")
            % {"name": sorted(unknown)[0]}
        )
    resources = tuple(
        Resource(
            one.name,
            one.capacity,
            one.renewable,
            days.calendar(one.name) if one.renewable and one.name not in untiring else None,
        )
        for one in rows.capacities
    )
    projects = sorted({task.project for task in rows.tasks if task.project})
    problem = PlanningProblem(
        tasks=tuple(_task(task, days, known) for task in rows.tasks),
        precedences=tuple(
            _precedence(link, task, days) for task in rows.tasks for link in task.predecessors
        ),
        resources=resources,
        calendars=days.calendars,
        projects=tuple(Project(name) for name in projects),
        earliest=days.first_free(rows.today) if rows.today else 0,
    )
    return PlanFile(
        problem,
        Format.SHEET,
        days.axis,
        rows.title,
        {task.number: task.title for task in rows.tasks},
        {task.number: task.organisation for task in rows.tasks if task.organisation},
        {task.number: task.row for task in rows.tasks},
    )


def _named(task: TaskRow) -> Iterator[str]:
    """Yield the resources that a task names."""
    for uses in (task.uses, *(mode.uses for mode in task.modes)):
        yield from (name for name, _amount in uses or ())


def _require_start(rows: PlanRows, start: dt.date | None) -> None:
    if start is not None:
        return
    dated = next((task for task in rows.tasks if any(map(_is_date, _days_of(task)))), None)
    mixed = next((task for task in rows.tasks if task.unit == "calendar"), None)
    if dated or rows.calendar or (mixed and any(t.unit == "working" for t in rows.tasks)):
        raise CommandRefused(
            _(
                "表里用到日期或自然日，但没有计划开始日期。"
                "请在“设置”表里填“计划开始日期”，或用 --start 指明。"
            )
        )


def _days_of(task: TaskRow) -> tuple[object, ...]:
    return task.release, task.due, task.deadline, task.started, task.finished


def _is_date(value: object) -> bool:
    return isinstance(value, dt.date)


class _Days:
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
    numbered = (day for task in rows.tasks for day in _days_of(task) if isinstance(day, int))
    dated = [day for task in rows.tasks for day in _days_of(task) if isinstance(day, dt.date)]
    span = (max(dated) - min(dated)).days if dated else 0
    return sum(durations) + sum(lags) + max(numbered, default=0) + span + 60


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time())


def _task(row: TaskRow, days: _Days, known: set[str]) -> Task:
    usual = row.uses
    if usual is None:
        usual = ((row.organisation, 1),) if row.organisation in known else ()
    modes = [ModeRow(ORDINARY, row.duration), *row.modes]
    return Task(
        row.number,
        tuple(
            Mode(mode.name, mode.duration, _demands(usual if mode.uses is None else mode.uses))
            for mode in modes
        ),
        project=row.project or None,
        calendar=None if row.unit == "calendar" else days.calendar(row.organisation),
        release=0 if row.release is None else days.first_free(row.release),
        deadline=None if row.deadline is None else days.end_of(row.deadline),
        due=None if row.due is None else days.end_of(row.due),
        counted=row.counted,
        frozen=_frozen(row, days),
    )


def _demands(uses: Iterable[tuple[str, int]]) -> tuple[Demand, ...]:
    return tuple(Demand(name, amount) for name, amount in uses if amount)


def _frozen(row: TaskRow, days: _Days) -> Frozen | None:
    if row.started is None:
        return None
    start = days.first_free(row.started)
    finish = None if row.finished is None else max(start, days.end_of(row.finished))
    return Frozen(start, None, finish)


_LINKS: Mapping[str, Link] = {link.value: link for link in Link}


def _precedence(link: LinkTo, row: TaskRow, days: _Days) -> Precedence:
    return Precedence(
        link.before,
        row.number,
        _LINKS[link.link],
        link.least,
        link.most,
        days.lag_calendar(link),
    )
