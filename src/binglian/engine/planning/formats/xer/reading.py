"""Reads XER: projects, activities, relationships, calendars, resources, what has happened.

Activities are called by their code. Levels of effort and WBS summaries are spans over others and
are left out. An activity under way keeps its start; what remains begins at the data date.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
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

from .calendars import read_calendars
from .tables import Row, read_tables

_SPANS = {"TT_LOE", "TT_WBS"}
_MILESTONES = {"TT_Mile", "TT_FinMile"}
_LINKS = {
    "PR_FS": Link.FINISH_START,
    "PR_SS": Link.START_START,
    "PR_FF": Link.FINISH_FINISH,
    "PR_SF": Link.START_FINISH,
}
_CONSTRAINTS = {
    "CS_MSO": ConstraintKind.START_ON,
    "CS_MANDSTART": ConstraintKind.START_ON,
    "CS_MSOA": ConstraintKind.START_FROM,
    "CS_MSOB": ConstraintKind.START_BY,
    "CS_MEO": ConstraintKind.FINISH_ON,
    "CS_MANDFIN": ConstraintKind.FINISH_ON,
    "CS_MEOA": ConstraintKind.FINISH_FROM,
    "CS_MEOB": ConstraintKind.FINISH_BY,
}
_NO_LIMIT = {"RT_Mat"}


def read_xer(content: bytes) -> PlanFile:
    """Read a file. Raises ``FormatError`` naming line, table and field."""
    return lay_out(_Reading(read_tables(content)).plan(), Format.XER)


class _Reading:
    def __init__(self, tables: dict[str, list[Row]]) -> None:
        self.tables = tables
        self.remarks: list[Remark] = []
        self.times = read_calendars(tables.get("CALENDAR", []))
        self.projects = {row.required("proj_id"): row for row in tables.get("PROJECT", [])}
        self.activities = {
            row.required("task_id"): row
            for row in tables.get("TASK", [])
            if row.said("task_type") not in _SPANS
        }
        if not self.activities:
            raise FormatError(Code.NO_TASKS)
        self.left_out = {row.said("task_id") for row in tables.get("TASK", [])}
        self.refs = self._refs()
        self.calendar_names = self._names("CALENDAR", "clndr_id", "clndr_name")
        self.resource_names = self._names("RSRC", "rsrc_id", "rsrc_name", "rsrc_short_name")
        self.limits, self.types, self.working = self._resources()
        self.units = self._assigned()

    def plan(self) -> DatedPlan:
        starts = [
            moment
            for row in self.projects.values()
            if (moment := row.moment("plan_start_date") or row.moment("last_recalc_date"))
        ]
        dates = [row.moment("last_recalc_date") for row in self.projects.values()]
        status = max((moment for moment in dates if moment), default=None)
        return DatedPlan(
            min(starts, default=None) or self._earliest(),
            tuple(self._task(ref, row) for ref, row in self.activities.items()),
            tuple(self._links()),
            tuple(DatedResource(name, limit) for name, limit in self.limits.items()),
            {self.calendar_names[ref]: time for ref, time in self.times.items()},
            status,
            ", ".join(row.said("proj_short_name") for row in self.projects.values()),
            tuple(self.remarks),
        )

    def _refs(self) -> dict[str, str]:
        """Return what activities are called: by code, with their project where codes repeat."""
        codes = {ref: row.said("task_code") or ref for ref, row in self.activities.items()}
        count = Counter(codes.values())
        refs: dict[str, str] = {}
        taken: set[str] = set()
        for ref, row in self.activities.items():
            project = self.projects.get(row.said("proj_id"))
            name = project.said("proj_short_name") if project else row.said("proj_id")
            refs[ref] = f"{name}:{codes[ref]}" if count[codes[ref]] > 1 else codes[ref]
            if refs[ref] in taken:
                where = "TASK.task_code"
                raise FormatError(Code.TASK_TWICE, line=row.line, field=where, value=codes[ref])
            taken.add(refs[ref])
        return refs

    def _names(self, table: str, key: str, *fields: str) -> dict[str, str]:
        names: dict[str, str] = {}
        for row in self.tables.get(table, []):
            ref = row.required(key)
            name = next(filter(None, map(row.said, fields)), ref)
            names[ref] = f"{name} ({ref})" if name in names.values() else name
        return names

    def _resources(self) -> tuple[dict[str, int | None], dict[str, str], dict[str, str]]:
        """Return the limit in hundredths, the type, and the calendar of each resource."""
        rates = {row.said("rsrc_id"): row for row in self.tables.get("RSRCRATE", [])}
        limits: dict[str, int | None] = {}
        types, calendars = {}, {}
        for row in self.tables.get("RSRC", []):
            ref = row.said("rsrc_id")
            types[ref] = row.said("rsrc_type")
            calendars[ref] = row.said("clndr_id")
            if types[ref] in _NO_LIMIT:
                continue
            rate = rates.get(ref)
            most = rate.number("max_qty_per_hr") if rate else row.number("def_qty_per_hr")
            limits[self.resource_names[ref]] = round(100 * most) or None
        return limits, types, calendars

    def _assigned(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for row in self.tables.get("TASKRSRC", []):
            ref = row.said("rsrc_id")
            if ref not in self.types:
                continue
            if self.types[ref] in _NO_LIMIT:
                self.remarks.append(Remark(Decided.MATERIAL, self.resource_names[ref]))
                continue
            amount = row.number("target_qty_per_hr") or row.number("remain_qty_per_hr")
            units = found.setdefault(row.said("task_id"), {})
            units[ref] = units.get(ref, 0) + round(100 * amount)
        return found

    def _task(self, task_id: str, row: Row) -> DatedTask:
        is_milestone = row.said("task_type") in _MILESTONES
        minutes = 0 if is_milestone else row.minutes("target_drtn_hr_cnt")
        units = self.units.get(task_id, {})
        status = row.said("status_code")
        started = row.moment("act_start_date")
        finished = row.moment("act_end_date")
        if status == "TK_Complete" and started is None:
            started = finished  # a finish milestone has an end alone
        if started and finished and finished < started:
            where = "TASK.act_end_date"
            raise FormatError(Code.ENDS_EARLY, line=row.line, field=where)
        is_under_way = status == "TK_Active" and started is not None
        owners = [self.resource_names[ref] for ref in units]
        return DatedTask(
            self.refs[task_id],
            row.said("task_name") or self.refs[task_id],
            minutes,
            frozenset(self._calendars(row, units)),
            tuple(self._constraints(row)),
            {self.resource_names[ref]: amount for ref, amount in units.items()},
            started,
            finished if started else None,
            row.minutes("remain_drtn_hr_cnt") if is_under_way else None,
            self._project(row),
            owners[0] if owners else "",
            row.line,
        )

    def _calendars(self, row: Row, units: Iterable[str]) -> Iterator[str]:
        """Resource-dependent activities work by their resources, all others by their own."""
        theirs = [self.working[ref] for ref in units] if row.said("task_type") == "TT_Rsrc" else []
        refs = [ref for ref in theirs if ref in self.times] or [row.said("clndr_id")]
        for ref in refs:
            if ref in self.times:
                yield self.calendar_names[ref]
            elif ref:
                where = "TASK.clndr_id"
                raise FormatError(
                    Code.NO_SUCH, line=row.line, field=where, value=ref, where="CALENDAR", near=""
                )

    def _project(self, row: Row) -> str | None:
        project = self.projects.get(row.said("proj_id")) if len(self.projects) > 1 else None
        return project.said("proj_short_name") or row.said("proj_id") if project else None

    def _constraints(self, row: Row) -> Iterator[Constraint]:
        for kind, moment in (("cstr_type", "cstr_date"), ("cstr_type2", "cstr_date2")):
            code, at = row.said(kind), row.moment(moment)
            if code == "CS_ALAP":
                self.remarks.append(Remark(Decided.ALAP, row.said("task_name")))
            elif code in _CONSTRAINTS and at is not None:
                yield Constraint(_CONSTRAINTS[code], at)

    def _links(self) -> Iterator[DatedLink]:
        options = self.tables.get("SCHEDOPTIONS", [])
        lag_by = options[0].said("sched_calendar_on_relationship_lag") if options else ""
        for row in self.tables.get("TASKPRED", []):
            ends = row.required("pred_task_id"), row.required("task_id")
            if not all(ref in self.activities for ref in ends):
                known = next((ref for ref in ends if ref in self.activities), "")
                for ref in ends:
                    self._refuse_unknown(row, ref)
                self.remarks.append(Remark(Decided.OUTSIDE, self.refs.get(known, ends[0])))
                continue
            kind = row.said("pred_type") or "PR_FS"
            if kind not in _LINKS:
                choices = ", ".join(_LINKS)
                where = "TASKPRED.pred_type"
                raise FormatError(
                    Code.CHOICE, line=row.line, field=where, value=kind, choices=choices
                )
            if ends[0] == ends[1]:
                circle = f"{self.refs[ends[0]]} → {self.refs[ends[1]]}"
                raise FormatError(Code.CYCLE, line=row.line, tasks=circle)
            calendar = self._lag_calendar(lag_by, *ends)
            minutes = row.minutes("lag_hr_cnt", signed=True)
            before, after = self.refs[ends[0]], self.refs[ends[1]]
            yield DatedLink(before, after, _LINKS[kind], minutes, calendar)

    def _refuse_unknown(self, row: Row, ref: str) -> None:
        """A task of another project may be missing from the file; one of its own may not."""
        is_foreign = row.said("pred_proj_id") != row.said("proj_id")
        if ref not in self.left_out and not is_foreign:
            where = "TASKPRED.pred_task_id"
            raise FormatError(Code.NO_TASK, line=row.line, field=where, value=ref)

    def _lag_calendar(self, lag_by: str, before: str, after: str) -> str | None:
        if "24" in lag_by:
            return None
        if "Project" in lag_by:
            project = self.projects.get(self.activities[after].said("proj_id"))
            ref = project.said("clndr_id") if project else ""
        else:
            ref = self.activities[after if "Succ" in lag_by else before].said("clndr_id")
        return self.calendar_names[ref] if ref in self.times else None

    def _earliest(self) -> datetime:
        fields = ("act_start_date", "target_start_date", "early_start_date")
        moments = [row.moment(field) for row in self.activities.values() for field in fields]
        found = [moment for moment in moments if moment]
        if not found:
            raise FormatError(Code.MISSING, field="PROJECT.plan_start_date")
        return min(found)
