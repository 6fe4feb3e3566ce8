"""Write lists as .xlsx or .csv that reads back the same and runs no formula."""

import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from binglian.sheets.cells import label
from binglian.sheets.columns import Column
from binglian.sheets.reading.files import guarded

_LINE = Side(style="thin", color="D0D5DD")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_REQUIRED = PatternFill("solid", fgColor="1F4E79")
_OPTIONAL = PatternFill("solid", fgColor="5B7C99")
_TOP = Alignment(vertical="top", wrap_text=True)
_LISTED_ROWS = 2_000
_LONGEST_LIST = 255  # characters Excel allows in an inline list


@dataclass(frozen=True)
class SheetOut:
    """One sheet to write: ``rows`` map column keys to values; None and "" stay blank.

    ``choices`` replaces the words offered in a column's drop-down list, by column key.
    ``helped`` puts each column's help beside its heading as a comment.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Any]]
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    helped: bool = False


def write_workbook(sheets: Sequence[SheetOut], language: str = "zh-hans") -> bytes:
    """The .xlsx file with headings in ``language`` (``zh-hans`` or ``en``)."""
    return saved(workbook_of(sheets, language))


def workbook_of(sheets: Sequence[SheetOut], language: str = "zh-hans") -> Workbook:
    """The workbook, for more to be drawn in it."""
    book = Workbook()
    book.remove(book.worksheets[0])
    with translation.override(language):
        for sheet in sheets:
            name = re.sub(r"[\\/*?:\[\]]", " ", sheet.title)[:31]
            _fill(book.create_sheet(name), sheet, language)
    return book


def write_csv(sheet: SheetOut, language: str = "zh-hans") -> bytes:
    """The .csv file: UTF-8 with BOM, so that spreadsheet software reads the Chinese."""
    lines = [[guarded(column.heading(language)) for column in sheet.columns]]
    lines += [[_csv_text(row.get(column.key)) for column in sheet.columns] for row in sheet.rows]
    return csv_bytes(lines)


def csv_bytes(lines: Sequence[Sequence[str]], delimiter: str = ",") -> bytes:
    """Lines of finished texts as UTF-8 with BOM."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(lines)
    return out.getvalue().encode("utf-8-sig")


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put_text(cell: Cell, text: str) -> None:
    """Write a text that stays a text, whatever character it starts with."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(tuple("=+-@＝＋－＠"))


def writable_cell(page: Worksheet, row: int, column: int) -> Cell:
    """The cell itself, or the first cell of the merged range it is hidden in."""
    cell = page.cell(row, column)
    if isinstance(cell, Cell):
        return cell
    block = next(block for block in page.merged_cells.ranges if cell.coordinate in block)
    return writable_cell(page, block.min_row, block.min_col)


def _fill(page: Worksheet, sheet: SheetOut, language: str) -> None:
    for index, column in enumerate(sheet.columns, 1):
        cell = writable_cell(page, 1, index)
        put_text(cell, column.heading(language))
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = _REQUIRED if column.required else _OPTIONAL
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = _BORDER
        if sheet.helped:
            required = _("必填。") if column.required else ""
            cell.comment = Comment(f"{required}{_(column.help)}", "Binglian", width=260, height=90)
        _offer_choices(page, sheet, column, index, language)
    for number, row in enumerate(sheet.rows, 2):
        for index, column in enumerate(sheet.columns, 1):
            value = row.get(column.key)
            if value is not None and value != "":
                cell = writable_cell(page, number, index)
                _put(cell, value)
                cell.border, cell.alignment = _BORDER, _TOP
    for index, column in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(index)].width = _width(sheet, column, language)
    page.row_dimensions[1].height = 30
    page.freeze_panes = "A2"
    if sheet.rows:
        page.auto_filter.ref = page.dimensions


def _put(cell: Cell, value: Any) -> None:
    if isinstance(value, bool):
        put_text(cell, _("是") if value else _("否"))
    elif isinstance(value, int | float | Decimal):
        cell.value = value
    elif isinstance(value, dt.date):
        cell.value = value
        cell.number_format = "yyyy-mm-dd"
    else:
        put_text(cell, str(value))


def _csv_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(_("是") if value else _("否"))
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value) if isinstance(value, int | float) else guarded(str(value))


def _offer_choices(
    page: Worksheet, sheet: SheetOut, column: Column, index: int, language: str
) -> None:
    known = column.choices or {}
    words = sheet.choices.get(column.key) or [label(known, code, language) for code in known]
    listed = ",".join(words)
    if not words or len(listed) > _LONGEST_LIST or any("," in w or '"' in w for w in words):
        return
    rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
    rule.errorTitle, rule.error = column.heading(language), _("请从下拉表中选一项。")
    letter = get_column_letter(index)
    rule.add(f"{letter}2:{letter}{_LISTED_ROWS}")
    page.add_data_validation(rule)


def _width(sheet: SheetOut, column: Column, language: str) -> float:
    texts = [
        column.heading(language),
        *(str(row.get(column.key) or "") for row in sheet.rows[:200]),
    ]
    longest = max(sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in t) for t in texts)
    return min(max(longest + 4, 10), 44)
