"""A plan as the sheets that ``binglian plan`` reads, to be changed by hand and planned again."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from binglian.domain.alliance.calendar import is_working_day
from binglian.engine.planning.formats import PlanFile, Unit
from binglian.engine.planning.problem import LONGEST, Mode, Task
from binglian.engine.planning.shortages import has_shortages
from binglian.sheets.cells import label
from binglian.sheets.plans import LinkTo, write_links
from binglian.sheets.plans.columns import (
    CAPACITY_KINDS,
    PLAN_COLUMNS,
    PLAN_TITLES,
    SETTINGS,
    WORKS,
    PlanSheet,
)
from binglian.sheets.writing import SheetOut

from .days import OFFICIAL

Row = Mapping[str, Any]
#: Days beyond the plan for which the calendar is written.
_AFTERWARDS = 120


def can_be_sheets(file: PlanFile) -> bool:
    """Whether the sheets can say all that the problem does: whole days, calendars by owner."""
    owners = {task.ref: file.owners.get(task.ref, "") for task in file.problem.tasks}
    return (
        file.axis.unit in (Unit.UNIT, Unit.WORKING_DAY)
        and all(t.calendar in (None, OFFICIAL, owners[t.ref]) for t in file.problem.tasks)
        and all(one.calendar is None for one in file.problem.precedences)
        and all(one.calendar in (None, OFFICIAL, one.ref) for one in file.problem.resources)
        and not (file.axis.origin is None and has_shortages(file.problem))
        and not file.problem.current
        and not any(one.due or one.deadline or one.release for one in file.problem.projects)
    )


def plan_sheets(file: PlanFile, units: int, language: str) -> list[SheetOut]:
    """Return the sheets of tasks, modes, capacities, calendar and settings.

    ``units`` is how long the plan takes.
    """
    writing = _Writing(file, units, language)
    rows: dict[PlanSheet, Sequence[Row]] = {
        "tasks": [writing.task(task) for task in file.problem.tasks],
        "modes": [*writing.modes()],
        "capacities": [*writing.capacities()],
        "calendar": [*writing.calendar()],
        "settings": [*writing.settings()],
    }
    english = language.startswith("en")
    return [
        SheetOut(PLAN_TITLES[kind][english], PLAN_COLUMNS[kind], listed, helped=True)
        for kind, listed in rows.items()
    ]


class _Writing:
    def __init__(self, file: PlanFile, units: int, language: str) -> None:
        self.file, self.problem, self.axis = file, file.problem, file.axis
        self.units, self.language = units, language
        self.known = {one.ref for one in file.problem.resources}
        self.links: dict[str, list[LinkTo]] = {}
        for one in file.problem.precedences:
            link = LinkTo(one.before, one.link.value, one.least, one.most)
            self.links.setdefault(one.after, []).append(link)

    def task(self, task: Task) -> Row:
        owner = self.file.owners.get(task.ref, "")
        frozen = task.frozen
        return {
            "number": task.ref,
            "title": self.file.title_of(task.ref),
            "organisation": owner,
            "project": task.project,
            "duration": task.modes[0].duration,
            "uses": self._uses(task.modes[0], owner),
            "counted": None if task.counted else False,
            "predecessors": write_links(tuple(self.links.get(task.ref, ()))),
            "release": self._first(task.release) if task.release else None,
            "due": self._last(task.due),
            "deadline": self._last(task.deadline),
            "started": self._first(frozen.start) if frozen else None,
            "finished": self._last(frozen.finish) if frozen else None,
        }

    def modes(self) -> Iterator[Row]:
        for task in self.problem.tasks:
            owner = self.file.owners.get(task.ref, "")
            for mode in task.modes[1:]:
                uses = self._uses(mode, owner) or self._uses(task.modes[0], owner)
                yield {
                    "number": task.ref,
                    "mode": mode.ref,
                    "duration": mode.duration,
                    "uses": uses,
                }

    def capacities(self) -> Iterator[Row]:
        for one in self.problem.resources:
            kind = "renewable" if one.renewable else "budget"
            yield {
                "organisation": one.ref,
                "capacity": one.capacity,
                "kind": label(CAPACITY_KINDS, kind, self.language),
            }
            for first, last, amount in one.shortages:
                yield {
                    "organisation": one.ref,
                    "capacity": one.capacity - amount,
                    "first": self._first(first),
                    "last": self._last(last) if last < LONGEST else None,
                }

    def calendar(self) -> Iterator[Row]:
        """Yield the days that differ from the official ones, then those of single offices."""
        if self.axis.origin is None:
            return
        days = [self._day(unit) for unit in range(self.units + _AFTERWARDS)]
        by_ref = {one.ref: one.closed for one in self.problem.calendars}
        official = self._open(days, by_ref.get(OFFICIAL, ()))
        span = [days[0] + dt.timedelta(days=n) for n in range((days[-1] - days[0]).days + 1)]
        for day in span:
            if (day in official) != is_working_day(day):
                yield self._exception("", day, day in official)
        for ref, closed in by_ref.items():
            own = self._open(days, closed)
            for day in days if ref != OFFICIAL else ():
                if (day in own) != (day in official):
                    yield self._exception(ref, day, day in own)

    def settings(self) -> Iterator[Row]:
        values: dict[str, Any] = {"title": self.file.title}
        if self.axis.origin is not None:
            values["start"] = self.axis.origin.date()
            values["today"] = self._first(self.problem.earliest) if self.problem.earliest else None
        for item, value in values.items():
            if value:
                yield {"item": label(SETTINGS, item, self.language), "value": value}

    def _uses(self, mode: Mode, owner: str) -> str:
        """Return the demands, "" where they are what is assumed anyway."""
        amounts = {one.resource: one.amount for one in mode.demands}
        if owner in self.known:
            if amounts == {owner: 1}:
                return ""
            amounts.setdefault(owner, 0)
        return "; ".join(f"{name} {amount}" for name, amount in amounts.items())

    def _exception(self, organisation: str, day: dt.date, works: bool) -> Row:
        return {
            "organisation": organisation,
            "first": day,
            "works": label(WORKS, "open" if works else "closed", self.language),
        }

    def _open(self, days: Sequence[dt.date], closed: Sequence[tuple[int, int]]) -> set[dt.date]:
        shut = {unit for first, last in closed for unit in range(first, min(last, len(days)))}
        return {day for unit, day in enumerate(days) if unit not in shut}

    def _day(self, unit: int) -> dt.date:
        begins = self.axis.begins(unit)
        if begins is None:
            raise ValueError("an axis without dates has no days")
        return begins.date()

    def _first(self, unit: int) -> dt.date | int:
        return unit if self.axis.origin is None else self._day(unit)

    def _last(self, instant: int | None) -> dt.date | int | None:
        ends = None if instant is None else self.axis.ends(instant)
        return instant if not instant or ends is None else (ends - dt.timedelta(minutes=1)).date()
