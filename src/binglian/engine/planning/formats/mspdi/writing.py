"""Writes a plan as MSPDI that other project programs read.

Tasks in their order, with dates, links, lags, baseline and what is critical; the calendars with
official make-up weekends as exceptions; organisations as resources with their capacity. What the
format cannot say, a greatest lag, stands in the notes of the task.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from binglian.engine.planning.formats.axis import Unit
from binglian.engine.planning.formats.dated.working_time import DAY
from binglian.engine.planning.formats.plan_file import PlanFile
from binglian.engine.planning.problem import Link, Precedence, Task
from binglian.engine.planning.result import Plan

from .amounts import DAYS, HOURS, duration_text
from .out_calendars import Item, calendar_items, hours_by_day

_NAMESPACE = "http://schemas.microsoft.com/project"
_OFFICE_DAY = 480
_LINK_CODES = {
    Link.FINISH_FINISH: 0,
    Link.FINISH_START: 1,
    Link.START_FINISH: 2,
    Link.START_START: 3,
}
_ELAPSED_DAYS = 8
_STANDARD = "Standard"
_UNLIMITED = 100.0


def write_mspdi(file: PlanFile, plan: Plan, critical: Collection[str] = ()) -> bytes:
    """Return the plan as an XML file. The axis of ``file`` needs an origin."""
    return _Writing(file, plan, frozenset(critical)).document().encode()


@dataclass(frozen=True)
class _Span:
    start: datetime
    finish: datetime


class _Writing:
    def __init__(self, file: PlanFile, plan: Plan, critical: frozenset[str]) -> None:
        self.file, self.problem, self.plan, self.critical = file, file.problem, plan, critical
        self.is_by_day = file.axis.minutes == DAY
        #: Working minutes of one unit, as the program counts them.
        self.minutes = _OFFICE_DAY if self.is_by_day else file.axis.minutes
        self.uids = _uids([task.ref for task in self.problem.tasks])
        self.calendar_uids = {
            name: uid for uid, name in enumerate((one.ref for one in self.problem.calendars), 2)
        }
        self.resource_uids = {
            name: uid for uid, name in enumerate(dict.fromkeys(self._resource_names()), 1)
        }
        self.before: dict[str, list[Precedence]] = {}
        for one in self.problem.precedences:
            self.before.setdefault(one.after, []).append(one)
        self.spans = {task.ref: self._span(task.ref) for task in self.problem.tasks}

    def document(self) -> str:
        spans = self.spans.values()
        start, finish = min(s.start for s in spans), max(s.finish for s in spans)
        items: list[Item] = [
            ("SaveVersion", 14),
            ("Name", self.file.title or "Plan"),
            ("Title", self.file.title or "Plan"),
            ("ScheduleFromStart", 1),
            ("StartDate", start),
            ("FinishDate", finish),
            ("CalendarUID", 1),
            ("DefaultStartTime", "08:00:00"),
            ("DefaultFinishTime", "17:00:00"),
            ("MinutesPerDay", _OFFICE_DAY),
            ("MinutesPerWeek", 5 * _OFFICE_DAY),
            ("DaysPerMonth", 20),
            ("DurationFormat", self._duration_format()),
            ("HonorConstraints", 0),
            ("NewTasksAreManual", 0),
            ("Calendars", list(self._calendars())),
            ("Tasks", list(self._tasks(start, finish))),
            ("Resources", list(self._resources())),
            ("Assignments", list(self._assignments())),
        ]
        body = "\n".join(_lines(items, 1))
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        return f'{head}\n<Project xmlns="{_NAMESPACE}">\n{body}\n</Project>\n'

    def _span(self, ref: str) -> _Span:
        start, finish = self.plan.starts[ref], self.plan.finishes[ref]
        axis = self.file.axis
        begins, ends = axis.begins(start), axis.ends(finish)
        if begins is None or ends is None:
            raise ValueError("a plan without dates cannot be written as MSPDI")
        if self.is_by_day:
            begins += timedelta(hours=8)
            # The unit before an instant ends at midnight, the office at five.
            ends += timedelta(hours=-7 if finish > 0 else 8)
        if start == finish:
            begins = ends
        return _Span(begins, ends)

    def _calendars(self) -> Iterator[Item]:
        axis = self.file.axis
        makespan = max(self.plan.finishes.values(), default=0)
        units_a_year = 366 * DAY // axis.minutes
        units = min(max(axis.runs[-1][0], makespan), makespan + units_a_year)
        days = hours_by_day(axis, (), units)
        yield "Calendar", calendar_items(1, _STANDARD, days)
        for one in self.problem.calendars:
            closed = [stretch for stretch in one.closed if stretch[0] < units]
            own = hours_by_day(axis, closed, units)
            own = {day: own.get(day, ()) for day in days}
            yield "Calendar", calendar_items(self.calendar_uids[one.ref], one.ref, own)

    def _tasks(self, start: datetime, finish: datetime) -> Iterator[Item]:
        yield "Task", self._summary(0, 0, self.file.title or "Plan", 0, _Span(start, finish))
        row = 0
        refs = [one.ref for one in self.problem.projects]
        projects: dict[str, list[Task]] = {ref: [] for ref in refs}
        for task in self.problem.tasks:
            projects.setdefault(task.project or "", []).append(task)
        uid = max(self.uids.values(), default=0)
        for project, tasks in projects.items():
            if not tasks:
                continue
            if self._is_grouped() and project:
                row, uid = row + 1, uid + 1
                spans = [self.spans[task.ref] for task in tasks]
                span = _Span(min(s.start for s in spans), max(s.finish for s in spans))
                yield "Task", self._summary(uid, row, project, 1, span)
            for task in tasks:
                row += 1
                yield "Task", self._task(task, row, 2 if self._is_grouped() and project else 1)

    def _is_grouped(self) -> bool:
        return bool(self.problem.projects)

    def _summary(self, uid: int, row: int, name: str, level: int, span: _Span) -> list[Item]:
        return [
            ("UID", uid),
            ("ID", row),
            ("Name", name),
            ("Active", 1),
            ("Manual", 0),
            ("Type", 1),
            ("IsNull", 0),
            ("OutlineLevel", level),
            ("Start", span.start),
            ("Finish", span.finish),
            ("Milestone", 0),
            ("Summary", 1),
        ]

    def _task(self, task: Task, row: int, level: int) -> list[Item]:
        ref, span = task.ref, self.spans[task.ref]
        is_done = task.frozen is not None and task.frozen.finish is not None
        mode = next(one for one in task.modes if one.ref == self.plan.modes[ref])
        duration = duration_text(mode.duration * self.minutes)
        items: list[Item] = [
            ("UID", self.uids[ref]),
            ("ID", row),
            ("Name", self.file.title_of(ref)),
            ("Active", 1),
            ("Manual", 0),
            ("Type", 1),
            ("IsNull", 0),
            ("OutlineLevel", level),
            ("Priority", 500),
            ("Start", span.start),
            ("Finish", span.finish),
            ("Duration", duration),
            ("DurationFormat", self._duration_format()),
            ("EffortDriven", 0),
            ("Estimated", 0),
            ("Milestone", int(mode.duration == 0)),
            ("Summary", 0),
            ("Critical", int(ref in self.critical)),
            ("PercentComplete", 100 if is_done else 0),
        ]
        if task.frozen:
            items.append(("ActualStart", span.start))
        if is_done:
            items.append(("ActualFinish", span.finish))
        nothing = duration_text(0)
        items.append(("ActualDuration", duration if is_done else nothing))
        items.append(("RemainingDuration", nothing if is_done else duration))
        constrained = not task.frozen and self._waits_beyond_links(ref)
        items.append(("ConstraintType", 4 if constrained else 0))
        items.append(("CalendarUID", self.calendar_uids.get(task.calendar or "", -1)))
        if constrained:
            items.append(("ConstraintDate", span.start))
        if task.deadline is not None:
            items.append(("Deadline", self._deadline(task.deadline)))
        if notes := self._notes(ref):
            items.append(("Notes", notes))
        items += [("PredecessorLink", self._link(one)) for one in self.before.get(ref, ())]
        baseline: list[Item] = [
            ("Number", 0),
            ("Start", span.start),
            ("Finish", span.finish),
            ("Duration", duration),
            ("DurationFormat", self._duration_format()),
        ]
        return [*items, ("Baseline", baseline)]

    def _waits_beyond_links(self, ref: str) -> bool:
        """Whether more than its links holds a task back: the program must keep it there."""
        starts, finishes = self.plan.starts, self.plan.finishes
        earliest = 0
        for one in self.before.get(ref, ()):
            from_start = one.link in (Link.START_START, Link.START_FINISH)
            to_start = one.link in (Link.START_START, Link.FINISH_START)
            anchor = (starts if from_start else finishes)[one.before] + one.least
            length = 0 if to_start else finishes[ref] - starts[ref]
            earliest = max(earliest, anchor - length)
        return starts[ref] > earliest

    def _deadline(self, instant: int) -> datetime:
        ends = self.file.axis.ends(instant)
        if ends is None:
            raise ValueError("a plan without dates cannot be written as MSPDI")
        return ends - timedelta(hours=7) if self.is_by_day and instant > 0 else ends

    def _notes(self, ref: str) -> str:
        said = [
            f"{self.file.title_of(one.before)} {one.link}: <= {one.most}"
            for one in self.before.get(ref, ())
            if one.most is not None
        ]
        return "\n".join(said)

    def _link(self, one: Precedence) -> list[Item]:
        counts_all = self.file.axis.unit is Unit.DAY and one.calendar is None
        if counts_all and one.least:
            lag, unit = one.least * DAY * 10, _ELAPSED_DAYS
        else:
            lag, unit = one.least * self.minutes * 10, self._duration_format()
        return [
            ("PredecessorUID", self.uids[one.before]),
            ("Type", _LINK_CODES[one.link]),
            ("CrossProject", 0),
            ("LinkLag", lag),
            ("LagFormat", unit),
        ]

    def _duration_format(self) -> int:
        return DAYS if self.is_by_day else HOURS

    def _resource_names(self) -> Iterator[str]:
        yield from (one.ref for one in self.problem.resources)
        yield from self.file.owners.values()

    def _resources(self) -> Iterator[Item]:
        known = {one.ref: one for one in self.problem.resources}
        for name, uid in self.resource_uids.items():
            resource = known.get(name)
            is_budget = resource is not None and not resource.renewable
            items: list[Item] = [
                ("UID", uid),
                ("ID", uid),
                ("Name", name),
                ("Type", 0 if is_budget else 1),
                ("IsNull", 0),
            ]
            if not is_budget:
                units = _UNLIMITED if resource is None else self._units(resource.capacity)
                items.append(("MaxUnits", f"{units:.2f}"))
                items.append(("CalendarUID", self.calendar_uids.get(name, 1)))
            yield "Resource", items

    def _units(self, amount: int) -> float:
        """Units of a resource; what was read in hundredths goes back as such."""
        return amount / 100 if self.file.axis.unit is Unit.MINUTES else float(amount)

    def _assignments(self) -> Iterator[Item]:
        number = 0
        for task in self.problem.tasks:
            mode = next(one for one in task.modes if one.ref == self.plan.modes[task.ref])
            amounts = {one.resource: self._units(one.amount) for one in mode.demands}
            owner = self.file.owners.get(task.ref)
            if owner and owner not in amounts:
                amounts[owner] = 1.0
            span = self.spans[task.ref]
            is_done = task.frozen is not None and task.frozen.finish is not None
            nothing = duration_text(0)
            for name, units in amounts.items():
                number += 1
                work = duration_text(round(mode.duration * self.minutes * units))
                yield (
                    "Assignment",
                    [
                        ("UID", number),
                        ("TaskUID", self.uids[task.ref]),
                        ("ResourceUID", self.resource_uids[name]),
                        ("ActualWork", work if is_done else nothing),
                        ("Finish", span.finish),
                        ("RemainingWork", nothing if is_done else work),
                        ("Start", span.start),
                        ("Units", f"{units:.2f}"),
                        ("Work", work),
                    ],
                )


def _uids(refs: Iterable[str]) -> Mapping[str, int]:
    """Return the refs as numbers where they are numbers above 0, else their positions."""
    listed = list(refs)
    if all(ref.isascii() and ref.isdigit() and 0 < int(ref) < 10**8 for ref in listed):
        numbers = {ref: int(ref) for ref in listed}
        if len(set(numbers.values())) == len(numbers):
            return numbers
    return {ref: number for number, ref in enumerate(listed, 1)}


def _lines(items: Iterable[Item], depth: int) -> Iterator[str]:
    indent = "  " * depth
    for name, value in items:
        if isinstance(value, list):
            yield f"{indent}<{name}>"
            yield from _lines(value, depth + 1)
            yield f"{indent}</{name}>"
        else:
            text = value.isoformat() if isinstance(value, datetime) else str(value)
            yield f"{indent}<{name}>{escape(_printable(text))}</{name}>"


def _printable(text: str) -> str:
    """Without characters that XML does not allow."""
    return "".join(c for c in text if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff"))
