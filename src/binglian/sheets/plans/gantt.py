"""A bar chart drawn in the cells of a sheet: a row for each task, a column for each stretch."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from binglian.sheets.writing.books import put_text, writable_cell

_MOST_COLUMNS = 180
_FIRST_COLUMN = 4
_USUAL = PatternFill("solid", fgColor="5B8DB8")
_CRITICAL = PatternFill("solid", fgColor="C0504D")
_WEEK = Border(left=Side(style="thin", color="D0D5DD"))
_HEAD = Font(bold=True, size=9)


@dataclass(frozen=True)
class Bar:
    """One task: units ``start`` to ``finish``, the last not included; a milestone has none."""

    number: str
    title: str
    organisation: str
    start: int
    finish: int
    is_critical: bool


def draw_gantt(
    page: Worksheet,
    bars: Sequence[Bar],
    headings: Sequence[str],
    days: Sequence[dt.date] | None = None,
) -> None:
    """Draw the bars; ``days`` are the dates of the units, which else go by their numbers.

    Where there are more units than a sheet holds comfortably, a column stands for several.
    """
    units = max((bar.finish for bar in bars), default=0)
    step = max(1, -(-units // _MOST_COLUMNS))
    columns = -(-units // step)
    for index, heading in enumerate(headings, 1):
        cell = writable_cell(page, 1, index)
        put_text(cell, heading)
        cell.font = _HEAD
    _draw_scale(page, columns, step, days)
    for row, bar in enumerate(bars, 2):
        for index, text in enumerate((bar.number, bar.title, bar.organisation), 1):
            put_text(writable_cell(page, row, index), text)
        first, last = bar.start // step, max(-(-bar.finish // step), bar.start // step + 1)
        fill = _CRITICAL if bar.is_critical else _USUAL
        if bar.start == bar.finish:
            cell = writable_cell(page, row, _FIRST_COLUMN + max(min(first, columns) - 1, 0))
            put_text(cell, "◆")
            cell.font = Font(color=fill.fgColor.rgb, bold=True)
            cell.alignment = Alignment(horizontal="right")
            continue
        for column in range(first, last):
            writable_cell(page, row, _FIRST_COLUMN + column).fill = fill
    for index, width in enumerate((8, 32, 22), 1):
        page.column_dimensions[get_column_letter(index)].width = width
    page.freeze_panes = page.cell(2, _FIRST_COLUMN).coordinate


def _draw_scale(page: Worksheet, columns: int, step: int, days: Sequence[dt.date] | None) -> None:
    page.row_dimensions[1].height = 48
    for column in range(columns):
        cell = writable_cell(page, 1, _FIRST_COLUMN + column)
        page.column_dimensions[get_column_letter(_FIRST_COLUMN + column)].width = 2.6
        day = days[column * step] if days and column * step < len(days) else None
        if column % 5 == 0:
            put_text(cell, day.isoformat()[5:] if day else str(column * step))
        cell.font = Font(size=8)
        cell.alignment = Alignment(text_rotation=90, horizontal="center", vertical="bottom")
        cell.border = _WEEK if column % 5 == 0 else Border()
