"""Give users their own file back with the problems marked in it."""

import csv
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from django.utils.translation import gettext as _
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from binglian.sheets.cells import normalise
from binglian.sheets.columns import COLUMNS
from binglian.sheets.reading.files import (
    RawSheet,
    contents_of,
    csv_text,
    guarded,
    is_text,
    open_xlsx,
    read_workbook,
)
from binglian.sheets.reading.tables import guess_kind, recognise
from binglian.sheets.rows.problems import Problem
from binglian.sheets.writing.books import csv_bytes, put_text, saved, writable_cell

_ERROR = PatternFill("solid", fgColor="F8C9C4")
_WARNING = PatternFill("solid", fgColor="FFF0B3")
_HEADINGS = {"问题", "problems"}


def mark_problems(
    source: bytes | str | os.PathLike[str], filename: str, problems: Iterable[Problem]
) -> bytes:
    """The file with one more column that tells each row's problems.

    In .xlsx the cells are also coloured and commented; .csv comes back as UTF-8 with BOM.
    """
    content = contents_of(source)
    raw = {sheet.name: sheet for sheet in read_workbook(content, filename)}
    ordered = sorted(problems, key=lambda problem: (problem.sheet, problem.row))
    by_sheet = {name: [*group] for name, group in groupby(ordered, key=lambda p: p.sheet)}
    if is_text(content):
        sheet = next(iter(raw.values()))
        return _marked_csv(content, sheet, by_sheet.get(sheet.name, []))
    book = open_xlsx(content, values=False)
    for name, found in by_sheet.items():
        if name in raw:
            _mark(book[name], raw[name], found)
    return saved(book)


def _heading_row(sheet: RawSheet) -> int:
    kind = guess_kind(sheet)
    return recognise(sheet, COLUMNS[kind]).heading_row if kind else 1


def _column_for_problems(sheet: RawSheet, heading_row: int) -> int:
    """0-based; a column left from an earlier marking is used again."""
    width = len(sheet.rows[0]) if sheet.rows else 0
    headings = sheet.rows[heading_row - 1] if sheet.rows else ()
    old = (i for i, text in enumerate(headings) if normalise(text).casefold() in _HEADINGS)
    return next(old, width)


def _said(problems: Sequence[Problem]) -> dict[int, str]:
    """Row → every problem of the row, one line each."""
    lines: dict[int, list[str]] = {}
    for problem in problems:
        said = {"column": problem.column, "heading": problem.heading, "advice": problem.advice}
        line = _("%(column)s（%(heading)s）%(advice)s") % said if problem.column else problem.advice
        lines.setdefault(problem.row, []).append(line)
    return {row: "\n".join(said) for row, said in lines.items()}


def _mark(page: Worksheet, sheet: RawSheet, problems: Sequence[Problem]) -> None:
    heading_row = _heading_row(sheet)
    last = _column_for_problems(sheet, heading_row) + 1
    for row in range(heading_row + 1, len(sheet.rows) + 1):
        cell = writable_cell(page, row, last)
        cell.value, cell.fill = None, PatternFill()
    heading = writable_cell(page, heading_row, last)
    put_text(heading, _("问题"))
    heading.font = Font(bold=True)
    page.column_dimensions[heading.column_letter].width = 60
    for problem in problems:
        if problem.column:
            _mark_cell(page, problem)
    for row, text in _said(problems).items():
        cell = writable_cell(page, row, last)
        put_text(cell, text if row != heading_row else f"{_('问题')}\n{text}")
        cell.fill = _worst([p for p in problems if p.row == row])
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _mark_cell(page: Worksheet, problem: Problem) -> None:
    cell = writable_cell(page, problem.row, column_index_from_string(problem.column))
    text = problem.advice
    if cell.comment and cell.comment.author == "Binglian" and text not in cell.comment.text:
        text = f"{cell.comment.text}\n{text}"
    cell.comment = Comment(text, "Binglian", width=300, height=120)
    if cell.fill.fgColor.rgb != _ERROR.fgColor.rgb:
        cell.fill = _worst([problem])


def _worst(problems: Sequence[Problem]) -> PatternFill:
    return _ERROR if any(problem.severity == "error" for problem in problems) else _WARNING


def _marked_csv(content: bytes, sheet: RawSheet, problems: Sequence[Problem]) -> bytes:
    text, delimiter = csv_text(content)
    heading_row = _heading_row(sheet)
    last = _column_for_problems(sheet, heading_row)
    said: Mapping[int, str] = _said(problems)
    lines = []
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
        line = [value if value.startswith("'") else guarded(value) for value in row[:last]]
        line += [""] * (last - len(line))
        own = _("问题") if number == heading_row else ""
        line.append("\n".join(filter(None, (own, said.get(number, "")))))
        lines.append([*line, *row[last + 1 :]])
    return csv_bytes(lines, delimiter)
