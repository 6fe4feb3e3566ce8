"""From the sheets of a plan to a planning problem with its names and dates."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from binglian.command.refusals import CommandRefused
from binglian.command.words import gettext as _
from binglian.engine.planning.formats import (
    Format,
    PlanFile,
)
from binglian.engine.planning.problem import (
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
from binglian.engine.planning.shortages import shortages
from binglian.sheets.plans import (
    ORDINARY,
    CapacityRow,
    LinkTo,
    ModeRow,
    PlanRows,
    TaskRow,
)

from .days import Days, days_of


def plan_of(rows: PlanRows, start: dt.date | None = None) -> PlanFile:
    """Return the problem that the rows state; ``start`` overrides the start date they hold.

    Raises ``CommandRefused`` where dates are used without a start date.
    """
    start = start or rows.start
    _require_start(rows, start)
    days = Days(rows, start)
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
        _resource(one, rows, days, None if one.name in untiring else days.calendar(one.name))
        for one in rows.capacities
        if one.first is None
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


def _resource(usual: CapacityRow, rows: PlanRows, days: Days, calendar: str | None) -> Resource:
    """One resource; of all it ever has, what it lacks at times is a shortage."""
    if not usual.renewable:
        return Resource(usual.name, usual.capacity, renewable=False)
    periods = sorted(
        (days.first_free(one.first), days.beyond(one.last), one.capacity)
        for one in rows.capacities
        if one.name == usual.name and one.first is not None
    )
    most = max([usual.capacity, *(amount for _, _, amount in periods)])
    return Resource(
        usual.name, most, calendar=calendar, shortages=shortages(usual.capacity, most, periods)
    )


def _named(task: TaskRow) -> Iterator[str]:
    """Yield the resources that a task names."""
    for uses in (task.uses, *(mode.uses for mode in task.modes)):
        yield from (name for name, _amount in uses or ())


def _require_start(rows: PlanRows, start: dt.date | None) -> None:
    if start is not None:
        return
    dated = any(map(_is_date, (day for task in rows.tasks for day in days_of(task))))
    dated |= any(one.first for one in rows.capacities)
    mixed = next((task for task in rows.tasks if task.unit == "calendar"), None)
    if dated or rows.calendar or (mixed and any(t.unit == "working" for t in rows.tasks)):
        raise CommandRefused(
            _(
                "表里用到日期或自然日，但没有计划开始日期。"
                "请在“设置”表里填“计划开始日期”，或用 --start 指明。"
            )
        )


def _is_date(value: object) -> bool:
    return isinstance(value, dt.date)


def _task(row: TaskRow, days: Days, known: set[str]) -> Task:
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


def _frozen(row: TaskRow, days: Days) -> Frozen | None:
    if row.started is None:
        return None
    start = days.first_free(row.started)
    finish = None if row.finished is None else max(start, days.end_of(row.finished))
    # Which other way was taken, no sheet says.
    return Frozen(start, ORDINARY if row.modes else None, finish)


_LINKS: Mapping[str, Link] = {link.value: link for link in Link}


def _precedence(link: LinkTo, row: TaskRow, days: Days) -> Precedence:
    return Precedence(
        link.before,
        row.number,
        _LINKS[link.link],
        link.least,
        link.most,
        days.lag_calendar(link),
    )
