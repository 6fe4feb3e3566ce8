"""The list in a sheet: its kind, its headings, and the rows that belong to it."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter

from binglian.sheets.cells import normalise
from binglian.sheets.columns import COLUMNS, SHEET_TITLES, Column, SheetKind
from binglian.sheets.reading.files import RawSheet
from binglian.sheets.reading.headings import (
    Headings,
    find_headings,
    heading_text,
    unread_headings,
)

_SILENT_HEADINGS = {"序号", "问题", "problems", "#"}
_NOTE = re.compile(
    r"(注意?|备注|说明|填表说明|填报说明|提示|填表人?|填报人?|制表人?|审核人?|审批人?|负责人|经办人|"
    r"填表单位|填报单位|填报日期|填表日期|日期|note|notes|filled in by|prepared by|remarks?)"
    r"\s*(\([^)]*\))?\s*[::].*",
    re.IGNORECASE | re.DOTALL,
)
_TOTAL = re.compile(r"(合计|总计|小计|共计|本页合计|total|subtotal|sum)[::]?", re.IGNORECASE)
_SECTION = re.compile(r"(\(?[一二三四五六七八九十]+\)?[、.]|第[一二三四五六七八九十]+部分).*")
_SERIAL = re.compile(r"\d{1,5}[.、]?")


@dataclass(frozen=True)
class Row:
    """One row of the list: ``number`` as the spreadsheet shows it, raw values by column key."""

    number: int
    cells: Mapping[str, Any]
    columns: Mapping[str, int]

    def letter_of(self, key: str) -> str:
        """The spreadsheet's letter of a column, "" when the list lacks it."""
        return get_column_letter(self.columns[key] + 1) if key in self.columns else ""


@dataclass(frozen=True)
class Table:
    """A recognised list. ``columns`` maps keys to 0-based column indices.

    ``heading_row`` is the last row of the headings (1-based), 0 when none was found;
    ``year`` is the year named above the headings or in the sheet's name.
    """

    sheet: str
    kind: SheetKind | None
    heading_row: int
    columns: Mapping[str, int]
    headings: Mapping[str, str]
    unknown: tuple[str, ...]
    missing_required: tuple[Column, ...]
    rows: tuple[Row, ...]
    skipped: tuple[int, ...]
    year: int | None

    def letter_of(self, key: str) -> str:
        """The spreadsheet's letter of a column, "" when the list lacks it."""
        return get_column_letter(self.columns[key] + 1) if key in self.columns else ""


def recognise(
    sheet: RawSheet,
    columns: Sequence[Column],
    mapping: Mapping[str, int | None] | None = None,
) -> Table:
    """Find the list in a sheet.

    ``mapping`` (key → 0-based column, None to leave a column out) overrides what the
    headings say. Rows that are blank, notes, totals, section titles, repeated headings or
    hold nothing but a serial number are skipped.
    """
    found = find_headings(sheet, columns) or unread_headings(sheet, mapping)
    chosen = dict(found.columns)
    for key, index in (mapping or {}).items():
        chosen = {k: i for k, i in chosen.items() if k != key and i != index}
        if index is not None:
            chosen[key] = index
    chosen = {c.key: chosen[c.key] for c in columns if c.key in chosen}

    used = set(chosen.values())
    unknown = [
        text
        for i, text in enumerate(found.texts)
        if text and i not in used and text.casefold() not in _SILENT_HEADINGS
    ]
    rows, skipped = _rows_below(sheet, found, chosen) if found.row else ([], [])
    return Table(
        sheet=sheet.name,
        kind=next((kind for kind, known in COLUMNS.items() if known is columns), None),
        heading_row=found.row,
        columns=chosen,
        headings={key: found.texts[i] for key, i in chosen.items() if i < len(found.texts)},
        unknown=tuple(dict.fromkeys(unknown)),
        missing_required=tuple(c for c in columns if c.required and c.key not in chosen),
        rows=tuple(rows),
        skipped=tuple(skipped),
        year=_year_named([sheet.name, *_texts(sheet.rows[: max(found.row - 1, 0)])]),
    )


def guess_kind(sheet: RawSheet) -> SheetKind | None:
    """Which list a sheet holds, by its headings, its titles and its name."""
    scores: dict[SheetKind, int] = {}
    for kind, columns in COLUMNS.items():
        found = find_headings(sheet, columns)
        if not found:
            continue
        named = [sheet.name, *_texts(sheet.rows[: found.row])]
        hints = {*SHEET_TITLES[kind], *_KIND_WORDS[kind]}
        said = any(hint.casefold() in text.casefold() for text in named for hint in hints)
        missing = sum(c.required and c.key not in found.columns for c in columns)
        scores[kind] = 2 * len(found.columns) + 3 * said - 3 * missing
    best = max(scores.values(), default=0)
    return next((kind for kind, score in scores.items() if score == best), None)


_KIND_WORDS: dict[SheetKind, tuple[str, ...]] = {
    "members": ("成员名单", "成员单位名单", "单位名单", "member"),
    "offers": ("资源", "供给", "offer", "resource"),
    "needs": ("需求", "need", "request"),
    "places": ("里院", "历史建筑", "文物", "courtyard", "heritage"),
    "checkup": ("体检", "check-up", "checkup"),
}


def _texts(rows: Iterable[Sequence[Any]]) -> list[str]:
    return [normalise(value) for row in rows for value in row if isinstance(value, str)]


def _year_named(texts: Iterable[str]) -> int | None:
    for text in texts:
        found = re.search(r"(?<!\d)(20\d\d)(?!\d)", text)
        if found:
            return int(found[1])
    return None


def _rows_below(
    sheet: RawSheet, found: Headings, chosen: Mapping[str, int]
) -> tuple[list[Row], list[int]]:
    rows: list[Row] = []
    skipped: list[int] = []
    noted = False
    for number, values in enumerate(sheet.rows[found.row :], found.row + 1):
        filled = [value for value in values if value is not None]
        if not filled:
            continue
        cells = {
            key: values[i] for key, i in chosen.items() if i < len(values) and values[i] is not None
        }
        noted = noted or _is_note(filled)
        if _says_nothing(filled, cells, found, values) or (noted and _alone(filled)):
            skipped.append(number)
        else:
            rows.append(Row(number, cells, chosen))
    return rows, skipped


def _is_note(filled: Sequence[Any]) -> bool:
    return isinstance(filled[0], str) and bool(_NOTE.fullmatch(normalise(filled[0])))


def _alone(filled: Sequence[Any]) -> bool:
    """One value, perhaps merged across the row."""
    return len(set(map(str, filled))) == 1


def _says_nothing(
    filled: Sequence[Any], cells: Mapping[str, Any], found: Headings, values: Sequence[Any]
) -> bool:
    first = normalise(filled[0])
    if _is_note(filled) or _TOTAL.fullmatch(first):
        return True
    if _alone(filled) and (_SECTION.fullmatch(first) or (len(filled) >= 3 and len(values) >= 3)):
        return True
    if not cells or (set(cells) == {"number"} and _SERIAL.fullmatch(normalise(cells["number"]))):
        return True
    repeated = [heading_text(v) for v in values if not isinstance(v, dt.date | None)]
    return [t for t in repeated if t] == [t for t in found.texts if t]
