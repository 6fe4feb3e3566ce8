"""Reads MSPDI: tasks, links, calendars, resources and what has happened.

Tasks are called by their UID. Summary tasks are groups: their constraints and links hold for the
tasks below them. Constraints become releases and deadlines, «deadline» a hard deadline, resource
units hundredths of capacity; actual dates are frozen.

References
----------
Microsoft (2007), Project XML Data Interchange Schema.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from binglian.engine.planning.formats.dated import (
    Constraint,
    ConstraintKind,
    DatedLink,
    DatedPlan,
    DatedResource,
    DatedTask,
    lay_out,
)
from binglian.engine.planning.formats.faults import Code, FormatError
from binglian.engine.planning.formats.plan_file import PlanFile
from binglian.engine.planning.formats.recognising import Format
from binglian.engine.planning.formats.remarks import Decided, Remark
from binglian.engine.planning.problem import Link

from .amounts import ELAPSED, PERCENT, format_of, minutes_of
from .calendars import STANDARD, read_calendars
from .tree import Element, parse

_STANDARD = "Standard"
_UNASSIGNED = {"", "-65535", "0"}
_LINKS = {
    0: Link.FINISH_FINISH,
    1: Link.FINISH_START,
    2: Link.START_FINISH,
    3: Link.START_START,
}
_CONSTRAINTS = {
    2: ConstraintKind.START_ON,
    3: ConstraintKind.FINISH_ON,
    4: ConstraintKind.START_FROM,
    5: ConstraintKind.START_BY,
    6: ConstraintKind.FINISH_FROM,
    7: ConstraintKind.FINISH_BY,
}
_AS_LATE_AS_POSSIBLE = 1


def read_mspdi(content: bytes) -> PlanFile:
    """Read a file. Raises ``FormatError`` naming line and element."""
    root = parse(content)
    if root.name != "Project":
        raise FormatError(Code.ROOT, line=root.line, value=root.name, wanted="Project")
    return lay_out(_Reading(root).plan(), Format.MSPDI)


@dataclass
class _Row:
    """A task element, and the tasks below it where it is a summary."""

    uid: str
    element: Element
    above: tuple["_Row", ...]
    leaves: list["_Row"] = field(default_factory=list)
    is_summary: bool = False

    @property
    def name(self) -> str:
        return self.element.said("Name") or self.uid


class _Reading:
    def __init__(self, root: Element) -> None:
        self.root = root
        self.remarks: list[Remark] = []
        self.times, self.calendar_names = read_calendars(root)
        self.calendar = self.calendar_names.get(root.said("CalendarUID"), "")
        if not self.calendar:
            self.calendar = next(iter(self.times), _STANDARD)
            self.times.setdefault(self.calendar, STANDARD)
        self.rows = _rows(root)
        self.resources = {
            one.said("UID"): one
            for one in root.each("Resources", "Resource")
            if not one.is_set("IsNull") and one.said("UID") not in _UNASSIGNED
        }
        self.resource_names = _distinct_names(self.resources)
        self.assigned = self._assigned()

    def plan(self) -> DatedPlan:
        leaves = [row for row in self.rows.values() if not row.is_summary]
        if not leaves:
            raise FormatError(Code.NO_TASKS, line=self.root.line)
        start = self.root.moment("StartDate") or _earliest(leaves)
        tasks = tuple(map(self._task, leaves))
        return DatedPlan(
            start,
            tasks,
            tuple(self._links()),
            tuple(
                DatedResource(self.resource_names[uid], round(100 * one.number("MaxUnits", 1)))
                for uid, one in self.resources.items()
                if one.whole("Type", 1) == 1
            ),
            self.times,
            self.root.moment("StatusDate") if _is_under_way(tasks) else None,
            self.root.said("Title") or self.root.said("Name"),
            tuple(self.remarks),
        )

    def _assigned(self) -> dict[str, dict[str, int]]:
        """Return for each task the hundredths of each resource; materials limit nothing."""
        found: dict[str, dict[str, int]] = {}
        for one in self.root.each("Assignments", "Assignment"):
            uid = one.said("ResourceUID")
            resource = self.resources.get(uid)
            if resource is None:
                continue
            if resource.whole("Type", 1) != 1:
                self.remarks.append(Remark(Decided.MATERIAL, self.resource_names[uid]))
                continue
            units = found.setdefault(one.said("TaskUID"), {})
            amount = round(100 * one.number("Units", 1))
            units[uid] = units.get(uid, 0) + amount
        return found

    def _task(self, row: _Row) -> DatedTask:
        element = row.element
        units = self.assigned.get(row.uid, {})
        minutes = minutes_of(element, "Duration") or 0
        started, finished = self._actual(element)
        owners = [self.resource_names[uid] for uid in units]
        return DatedTask(
            row.uid,
            row.name,
            minutes,
            frozenset() if self._is_elapsed(element) else self._calendars(element, units),
            tuple(self._constraints(row)),
            {self.resource_names[uid]: amount for uid, amount in units.items()},
            started,
            finished,
            project=row.above[0].name if row.above else None,
            owner=owners[0] if owners else "",
            row=element.whole("ID", 0) or None,
        )

    def _is_elapsed(self, element: Element) -> bool:
        return format_of(element, "DurationFormat") in ELAPSED

    def _calendars(self, element: Element, units: Iterable[str]) -> frozenset[str]:
        """Return what a task works by: its own calendar, and those of its resources."""
        own = self.calendar_names.get(element.said("CalendarUID"))
        if own and element.is_set("IgnoreResourceCalendar"):
            return frozenset({own})
        uids = [self.resources[uid].said("CalendarUID") for uid in units]
        theirs = {self.calendar_names[uid] for uid in uids if uid in self.calendar_names}
        if own:
            return frozenset({own, *theirs})
        return frozenset(theirs or {self.calendar})

    def _actual(self, element: Element) -> tuple[datetime | None, datetime | None]:
        started, finished = element.moment("ActualStart"), element.moment("ActualFinish")
        percent = element.number("PercentComplete", 0)
        if started is None and (finished or percent > 0):
            started = element.moment("Start")
        if finished is None and percent >= 100:
            finished = element.moment("Finish")
        if started and finished and finished < started:
            found = element.first("ActualFinish") or element
            raise FormatError(Code.ENDS_EARLY, line=found.line, field="ActualFinish")
        return started, finished if started else None

    def _constraints(self, row: _Row) -> Iterator[Constraint]:
        for element in (row.element, *(one.element for one in row.above)):
            kind = element.whole("ConstraintType", 0)
            moment = element.moment("ConstraintDate")
            if kind == _AS_LATE_AS_POSSIBLE:
                self.remarks.append(Remark(Decided.ALAP, row.name))
            elif kind in _CONSTRAINTS and moment is not None:
                yield Constraint(_CONSTRAINTS[kind], moment)
            if deadline := element.moment("Deadline"):
                yield Constraint(ConstraintKind.FINISH_BY, deadline)
        start = row.element.moment("Start")
        if row.element.is_set("Manual") and start is not None:
            self.remarks.append(Remark(Decided.MANUAL, row.name))
            yield Constraint(ConstraintKind.START_FROM, start)

    def _links(self) -> Iterator[DatedLink]:
        for row in self.rows.values():
            for one in row.element.each("PredecessorLink"):
                before = self.rows.get(one.said("PredecessorUID"))
                if before is None or one.is_set("CrossProject"):
                    self._refuse_unknown(one, row)
                    self.remarks.append(Remark(Decided.OUTSIDE, row.name))
                    continue
                if before.is_summary or row.is_summary:
                    self.remarks.append(Remark(Decided.SUMMARY_LINK, f"{before.name} → {row.name}"))
                if before is row:
                    circle = f"{row.name} → {row.name}"
                    raise FormatError(Code.CYCLE, line=one.line, tasks=circle)
                for earlier in before.leaves if before.is_summary else [before]:
                    for later in row.leaves if row.is_summary else [row]:
                        if earlier is not later:
                            yield self._link(one, earlier, later)

    def _refuse_unknown(self, link: Element, row: _Row) -> None:
        uid = link.said("PredecessorUID")
        if not link.is_set("CrossProject") and uid not in _null_tasks(self.root):
            field_name = f"{row.name}, PredecessorUID"
            raise FormatError(Code.NO_TASK, line=link.line, field=field_name, value=uid)

    def _link(self, one: Element, before: _Row, after: _Row) -> DatedLink:
        kind = one.whole("Type", 1)
        if kind not in _LINKS:
            choices = "0 (FF), 1 (FS), 2 (SF), 3 (SS)"
            raise FormatError(Code.CHOICE, line=one.line, field="Type", value=kind, choices=choices)
        lag, unit = one.whole("LinkLag", 0), format_of(one, "LagFormat")
        if unit in PERCENT:
            minutes = lag * (minutes_of(before.element, "Duration") or 0) // 100
        else:
            minutes = -(-lag // 10)
        is_elapsed = unit in ELAPSED
        return DatedLink(
            before.uid, after.uid, _LINKS[kind], minutes, None if is_elapsed else self.calendar
        )


def _rows(root: Element) -> dict[str, _Row]:
    """Return the tasks by UID; each knows the summaries above it, the project's own left out."""
    rows: dict[str, _Row] = {}
    above: list[tuple[int, _Row]] = []
    planned = [
        element
        for element in root.each("Tasks", "Task")
        if not element.is_set("IsNull") and element.said("Active") != "0"
    ]
    levels = [element.whole("OutlineLevel", 1) for element in planned]
    following_levels = [*levels[1:], 0]
    for element, level, following in zip(planned, levels, following_levels, strict=False):
        uid = element.said("UID")
        if not uid:
            raise FormatError(Code.MISSING, line=element.line, field="UID")
        if uid in rows:
            raise FormatError(Code.TASK_TWICE, line=element.line, field="UID", value=uid)
        while above and above[-1][0] >= level:
            above.pop()
        row = _Row(uid, element, tuple(one for _level, one in above))
        row.is_summary = element.is_set("Summary") or following > level or level == 0
        rows[uid] = row
        if not row.is_summary:
            for one in row.above:
                one.leaves.append(row)
        elif level > 0:
            above.append((level, row))
    return rows


def _null_tasks(root: Element) -> set[str]:
    """The tasks that a file holds but does not plan: empty rows, inactive tasks."""
    return {element.said("UID") for element in root.each("Tasks", "Task")}


def _distinct_names(resources: Mapping[str, Element]) -> dict[str, str]:
    names: dict[str, str] = {}
    for uid, element in resources.items():
        name = element.said("Name") or f"resource {uid}"
        names[uid] = f"{name} ({uid})" if name in names.values() else name
    return names


def _earliest(rows: Iterable[_Row]) -> datetime:
    starts = [start for row in rows if (start := row.element.moment("Start"))]
    if not starts:
        raise FormatError(Code.MISSING, field="StartDate")
    return min(starts)


def _is_under_way(tasks: Iterable[DatedTask]) -> bool:
    return any(task.started for task in tasks)
