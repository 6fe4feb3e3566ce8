"""From the sheets of a plan to typed rows; every fault is a problem with its place."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from binglian.sheets.columns import YES_NO
from binglian.sheets.reading import RawSheet, Row, Table, recognise
from binglian.sheets.rows.problems import Problem, problems_of_headings
from binglian.sheets.rows.reader import RowReader

from .cells import (
    Day,
    read_amounts,
    read_date_of_plan,
    read_day,
    read_days,
    read_whole,
)
from .columns import CAPACITY_KINDS, PLAN_COLUMNS, PLAN_TITLES, SETTINGS, UNITS, WORKS, PlanSheet
from .links import LinkTo, read_links

#: What the way of doing a task is called that stands in its own row.
ORDINARY = "ordinary"
Amounts = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class ModeRow:
    """One way of doing a task; ``uses`` None means: as the task itself."""

    name: str
    duration: int
    uses: Amounts | None = None


@dataclass(frozen=True)
class TaskRow:
    """One task; days are dates, or units since the start."""

    sheet: str
    row: int
    column: str  # the letter of the predecessors
    number: str
    title: str
    organisation: str
    project: str
    duration: int
    unit: str
    statutory: int | None
    modes: tuple[ModeRow, ...]
    uses: Amounts | None
    counted: bool
    predecessors: tuple[LinkTo, ...]
    release: Day | None
    due: Day | None
    deadline: Day | None
    started: Day | None
    finished: Day | None


@dataclass(frozen=True)
class CapacityRow:
    """How much of something there is, each day or in all.

    With ``first``: how much there is from that day until ``last``, that day included.
    """

    name: str
    capacity: int
    renewable: bool = True
    first: dt.date | None = None
    last: dt.date | None = None


@dataclass(frozen=True)
class CalendarRow:
    """Days on which an organisation ("": everybody) is closed, or open where others are not."""

    organisation: str
    first: dt.date
    last: dt.date
    closed: bool


@dataclass(frozen=True)
class PlanRows:
    """All that the sheets say, and every problem in their order."""

    tasks: tuple[TaskRow, ...]
    capacities: tuple[CapacityRow, ...] = ()
    calendar: tuple[CalendarRow, ...] = ()
    start: dt.date | None = None
    today: dt.date | None = None
    title: str = ""
    problems: tuple[Problem, ...] = field(default=())

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that must be mended first."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def parse_plan(sheets: Sequence[RawSheet]) -> PlanRows:
    """Read the sheets of a plan; the first one holds the tasks if none is called so."""
    return _Parsing(sheets).rows()


class _Parsing:
    def __init__(self, sheets: Sequence[RawSheet]) -> None:
        self.sheets = sheets
        self.problems: list[Problem] = []

    def rows(self) -> PlanRows:
        tasks = self._table("tasks") or recognise(self.sheets[0], PLAN_COLUMNS["tasks"])
        missing = problems_of_headings(tasks)
        if missing or not tasks.rows:
            return PlanRows((), problems=(*missing, *(() if missing else (_no_rows(tasks),))))
        numbers = self._numbers(tasks)
        modes = self._modes(numbers)
        rows = tuple(self._each(tasks, lambda reader: _task(reader, numbers, modes)))
        settings = dict(self._rows("settings", _setting))
        return PlanRows(
            rows,
            tuple(self._capacities()),
            tuple(self._rows("calendar", _calendar)),
            settings.get("start"),
            settings.get("today"),
            settings.get("title", ""),
            tuple(self.problems),
        )

    def _table(self, kind: PlanSheet) -> Table | None:
        titles = {title.casefold() for title in PLAN_TITLES[kind]}
        for sheet in self.sheets:
            if sheet.name.strip().casefold() in titles:
                return recognise(sheet, PLAN_COLUMNS[kind])
        return None

    def _rows(self, kind: PlanSheet, read: Callable[[RowReader], Any]) -> list[Any]:
        table = self._table(kind)
        if table is None or not (table.rows or table.heading_row):
            return []
        missing = problems_of_headings(table)
        self.problems += missing
        return [] if missing else self._each(table, read)

    def _each(self, table: Table, read: Callable[[RowReader], Any]) -> list[Any]:
        found = []
        for row in table.rows:
            reader = RowReader(table, row, year=None)
            value = read(reader)
            self.problems += reader.problems
            if not reader.failed:
                found.append(value)
        return found

    def _capacities(self) -> Iterator[CapacityRow]:
        read = self._rows("capacities", lambda one: (one, _capacity(one)))
        seen: list[tuple[int, CapacityRow]] = []
        for reader, capacity in read:
            row = next((row for row, one in seen if _overlap(one, capacity)), None)
            if row is None:
                seen.append((reader.row.number, capacity))
                yield capacity
                continue
            reader.note(
                "organisation",
                _("“%(name)s”在第 %(row)s 行已写过。") % {"name": capacity.name, "row": row},
                _("请只留一行；各段时间不要重叠。"),
            )
            self.problems += reader.problems
        usual = {one.name: one.renewable for _row, one in seen if one.first is None}
        for reader, capacity in read:
            if capacity.first and not usual.get(capacity.name):
                reader.note(
                    "first",
                    _("“%(name)s”没有平常的每日容量，不能只写一段时间。") % {"name": capacity.name},
                    _("请加一行，只写平常每天有多少，不填“自”和“至”。"),
                )
                self.problems += reader.problems

    def _numbers(self, table: Table) -> dict[str, int]:
        """Return the row of each task's number."""
        rows: dict[str, int] = {}
        for row in table.rows:
            reader = RowReader(table, row, year=None)
            number = reader.text("number")
            if number in rows:
                reader.note(
                    "number",
                    _("编号“%(number)s”在第 %(row)s 行已用过。")
                    % {"number": number, "row": rows[number]},
                    _("请换一个编号。"),
                )
                self.problems += reader.problems
            elif number:
                rows[number] = row.number
        return rows

    def _modes(self, numbers: dict[str, int]) -> dict[str, list[ModeRow]]:
        modes: dict[str, list[ModeRow]] = {}
        for number, mode in self._rows("modes", lambda reader: _mode(reader, numbers)):
            modes.setdefault(number, []).append(mode)
        return modes


def _no_rows(table: Table) -> Problem:
    return Problem(
        table.sheet, table.heading_row, "", "", "", _("没有任务。"), _("请至少写一行任务。")
    )


def _task(reader: RowReader, numbers: dict[str, int], modes: dict[str, list[ModeRow]]) -> TaskRow:
    number = reader.required("number")
    row: Row = reader.row

    def day(key: str) -> Day | None:
        return reader.read(key, lambda value: read_day(value, reader.year), None)

    if not reader.has("duration"):
        reader.note_blank("duration")
    nothing: Amounts = ()
    short = reader.read("modes", read_amounts, nothing)
    task = TaskRow(
        reader.table.sheet,
        row.number,
        row.letter_of("predecessors"),
        number,
        reader.required("title"),
        reader.text("organisation"),
        reader.text("project"),
        reader.read("duration", read_days, 0),
        reader.choice("unit", UNITS, "working"),
        reader.read("statutory", read_days, None),
        (*(ModeRow(*one) for one in short), *modes.get(number, ())),
        reader.read("uses", read_amounts, None),
        reader.choice("counted", YES_NO, "yes") == "yes",
        reader.read("predecessors", lambda value: read_links(value, numbers), ()),
        day("release"),
        day("due"),
        day("deadline"),
        day("started"),
        day("finished"),
    )
    _check(reader, task)
    return task


def _check(reader: RowReader, task: TaskRow) -> None:
    """Note what the cells of a row say against one another."""
    if any(link.before == task.number for link in task.predecessors):
        reader.note("predecessors", _("任务不能以自己为前置。"), _("请删去自己的编号。"))
    names = [ORDINARY, *(mode.name for mode in task.modes)]
    if len(names) != len(set(names)):
        reader.note("modes", _("有两种方式同名。"), _("请改名，或只留一种。"))
    if task.finished is not None and task.started is None:
        reader.note("finished", _("填了实际完成，没有填实际开始。"), _("请补上实际开始。"))
    elif task.finished is not None and _is_before(task.finished, task.started):
        reader.note("finished", _("实际完成早于实际开始。"), _("请改正日期。"))


def _is_before(one: Day, other: Day | None) -> bool:
    if isinstance(one, int) or isinstance(other, int):
        return isinstance(one, int) and isinstance(other, int) and one < other
    return other is not None and one < other


def _mode(reader: RowReader, numbers: dict[str, int]) -> tuple[str, ModeRow]:
    number = reader.required("number")
    if number and number not in numbers:
        reader.note(
            "number", _("没有编号为“%(number)s”的任务。") % {"number": number}, _("请改正编号。")
        )
    if not reader.has("duration"):
        reader.note_blank("duration")
    duration = reader.read("duration", read_days, 0)
    uses = reader.read("uses", read_amounts, None)
    return number, ModeRow(reader.required("mode"), duration, uses)


def _capacity(reader: RowReader) -> CapacityRow:
    if not reader.has("capacity"):
        reader.note_blank("capacity")
    first, last = _date(reader, "first"), _date(reader, "last")
    if last and not first:
        reader.note("last", _("填了“至”，没有填“自”。"), _("请补上第一天。"))
    elif first and last and last < first:
        reader.note("last", _("结束早于开始。"), _("请改正日期。"))
    return CapacityRow(
        reader.required("organisation"),
        reader.read("capacity", read_whole, 0),
        reader.choice("kind", CAPACITY_KINDS, "renewable") == "renewable",
        first,
        last,
    )


def _overlap(one: CapacityRow, other: CapacityRow) -> bool:
    """Whether two rows say how much of the same there is on the same day."""
    if one.name != other.name or (one.first is None) != (other.first is None):
        return False
    if one.first is None or other.first is None:
        return True
    ends = (one.last or dt.date.max, other.last or dt.date.max)
    return max(one.first, other.first) <= min(ends)


def _date(reader: RowReader, key: str) -> dt.date | None:
    return reader.read(key, lambda value: read_date_of_plan(value, reader.year), None)


def _calendar(reader: RowReader) -> CalendarRow:
    first = _date(reader, "first")
    if first is None:
        if not reader.failed:
            reader.note_blank("first")
        first = dt.date(1900, 1, 1)
    last = _date(reader, "last") or first
    if last < first:
        reader.note("last", _("结束早于开始。"), _("请改正日期。"))
    closed = reader.choice("works", WORKS, "closed") == "closed"
    return CalendarRow(reader.text("organisation"), first, last, closed)


def _setting(reader: RowReader) -> tuple[str, Any]:
    item = reader.choice("item", SETTINGS, "")
    if item == "title":
        return item, reader.text("value")
    return item, reader.read("value", lambda value: read_date_of_plan(value, reader.year), None)
