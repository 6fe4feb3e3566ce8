"""What an import would do, row by row, before anybody says yes."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from typing import Any, Literal, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from binglian.domain.alliance.models import Alliance
from binglian.sheets.cells import TimeWindow, normalise, write_windows
from binglian.sheets.columns import SheetKind
from binglian.sheets.reading import Table
from binglian.sheets.rows import Problem

AnyRow = TypeVar("AnyRow")
_FULL_WIDTH = {
    code: code - 0xFEE0
    for first, last in (("０", "９"), ("Ａ", "Ｚ"), ("ａ", "ｚ"))
    for code in range(ord(first), ord(last) + 1)
} | {0x3000: 0x20}


class Verdict(models.TextChoices):
    """What becomes of one row."""

    CREATE = "create", gettext_lazy("新增")
    CHANGE = "change", gettext_lazy("修改")
    SAME = "same", gettext_lazy("不变")


@dataclass(frozen=True, slots=True)
class Line:
    """One good row. ``changes`` maps column keys to texts before and after."""

    sheet: str
    row: int
    label: str
    verdict: Verdict
    #: What the action that carries the row out is given.
    facts: Mapping[str, Any]
    #: What is there already, if anything.
    current: models.Model | None = None
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """A dry run: the good rows with their verdicts, and everything that is wrong."""

    alliance: Alliance
    kind: SheetKind
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Problems for which a row, or the whole file, cannot be imported."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def bad_rows(self) -> int:
        """How many rows would be left out."""
        return len({(problem.sheet, problem.row) for problem in self.errors})

    def with_verdict(self, verdict: Verdict) -> list[Line]:
        """The lines of one verdict, in the order of the file."""
        return [line for line in self.lines if line.verdict == verdict]

    @property
    def to_create(self) -> int:
        return len(self.with_verdict(Verdict.CREATE))

    @property
    def to_change(self) -> int:
        return len(self.with_verdict(Verdict.CHANGE))

    @property
    def unchanged(self) -> int:
        return len(self.with_verdict(Verdict.SAME))

    @property
    def to_do(self) -> int:
        """How many rows would be written."""
        return self.to_create + self.to_change


class Notes:
    """Problems as they are found, each with the letter and heading of its column."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self._tables = {table.sheet: table for table in tables}
        self._cells = {
            (table.sheet, row.number): row.cells for table in tables for row in table.rows
        }
        self.problems: list[Problem] = []
        self._failed: set[tuple[str, int]] = set()

    def has_column(self, row: Any, key: str) -> bool:
        """Whether the list of this row has the column; a list that is not known has all."""
        table = self._tables.get(row.sheet)
        return table is None or key in table.columns

    def is_filled(self, row: Any, key: str) -> bool:
        """Whether the row says something in this column."""
        cells = self._cells.get((row.sheet, row.row))
        return cells is None or key in cells

    def as_written(self, row: AnyRow, *keys: str) -> AnyRow:
        """The row with these texts as the cells have them: Chinese punctuation stays Chinese.

        Reading folds all full-width forms, so that spellings compare; nobody wants to see that.
        """
        cells = self._cells.get((row.sheet, row.row), {})  # type: ignore[attr-defined]
        kept = {}
        for key in keys:
            raw = cells.get(key)
            if isinstance(raw, str) and normalise(raw) == getattr(row, key):
                kept[key] = " ".join(raw.translate(_FULL_WIDTH).split())
        return replace(row, **kept)  # type: ignore[type-var]

    def in_order(self, read: Iterable[Problem]) -> tuple[Problem, ...]:
        """These problems and those found here, row by row."""
        return tuple(sorted([*read, *self.problems], key=lambda p: (p.sheet, p.row)))

    def add(
        self,
        row: Any,
        key: str,
        value: object,
        message: str,
        remedy: str,
        severity: Literal["error", "warning"] = "error",
    ) -> None:
        if severity == "error":
            self._failed.add((row.sheet, row.row))
        table = self._tables.get(row.sheet)
        self.problems.append(
            Problem(
                sheet=row.sheet,
                row=row.row,
                column=table.letter_of(key) if table else "",
                heading=table.headings.get(key, "") if table else "",
                value=str(value),
                message=message,
                remedy=remedy,
                severity=severity,
            )
        )

    def check_fields(self, row: Any, candidate: models.Model, names: Mapping[str, str]) -> None:
        """What the database would not take, such as texts too long; ``names``: field → column."""
        filled = {name for name in names if getattr(candidate, name) not in (None, "")}
        unasked = {f.name for f in candidate._meta.fields} - filled
        try:
            candidate.clean_fields(exclude=unasked)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                value = getattr(candidate, name)
                self.add(row, names[name], value, " ".join(messages), _("请修改这一格。"))

    def failed(self, row: Any) -> bool:
        """Whether the row has an error so far."""
        return (row.sheet, row.row) in self._failed


def spoken(value: Any) -> str:
    """The text in which two values that mean the same are equal."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, int | float | Decimal):
        return f"{Decimal(str(value)).normalize():f}"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        if value and isinstance(value[0], TimeWindow):
            return write_windows(value, get_language() or "zh-hans")
        return "、".join(spoken(one) for one in value)
    return normalise(value)


def merged(before: AnyRow, row: AnyRow, absent: Iterable[str]) -> AnyRow:
    """``row`` with the values of ``before`` where they mean the same or the list is silent."""
    silent = set(absent)
    names = {f.name for f in fields(row)} - {"sheet", "row", "components"}  # type: ignore[arg-type]
    kept = {
        name: getattr(before, name)
        for name in names
        if name in silent or spoken(getattr(before, name)) == spoken(getattr(row, name))
    }
    return replace(row, **kept)  # type: ignore[type-var]


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Column key → texts before and after, where they differ."""
    texts = {key: (spoken(before.get(key)), spoken(after[key])) for key in after}
    return {key: (was, will) for key, (was, will) in texts.items() if was != will}
