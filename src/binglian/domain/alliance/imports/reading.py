"""Reading an uploaded or pasted list in the words of one alliance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from binglian.domain.alliance.models import Alliance, today
from binglian.sheets.cells import Choices
from binglian.sheets.columns import (
    COLUMNS,
    KIND_SYNONYMS,
    MEMBER_CATEGORIES,
    SHEET_TITLES,
    SheetKind,
)
from binglian.sheets.reading import RawSheet, Table, guess_kind, read_workbook, recognise
from binglian.sheets.rows import (
    Parsed,
    Problem,
    parse_checkup,
    parse_members,
    parse_needs,
    parse_offers,
    parse_places,
)

Mapped = Mapping[str, Mapping[str, int | None]]
"""Sheet → column key → 0-based column, ``None`` for a column that the list shall not have."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A list as read: where each column was found, the good rows, the problems."""

    sheets: tuple[RawSheet, ...]
    tables: tuple[Table, ...]
    parsed: Parsed[Any]


def kinds_of(alliance: Alliance) -> Choices:
    """The alliance's own words for kinds, with the usual synonyms."""
    return {w.code: (w.zh, w.en, *KIND_SYNONYMS.get(w.code, ())) for w in alliance.kind_words()}


def categories_of(alliance: Alliance) -> Choices:
    """The alliance's own words for member categories, with the usual synonyms."""
    words = alliance.category_words()
    return {w.code: (w.zh, w.en, *MEMBER_CATEGORIES.get(w.code, ())) for w in words}


def read_list(
    *,
    alliance: Alliance,
    kind: SheetKind,
    content: bytes,
    filename: str,
    mapping: Mapped | None = None,
    organisation: str = "",
) -> Reading:
    """Read the sheets of a file that hold this kind of list.

    ``organisation`` stands where the cell is blank. Raises ``BadFile``.
    """
    sheets = _sheets_of(kind, read_workbook(content, filename))
    mapped = mapping or {}
    tables = [recognise(sheet, COLUMNS[kind], mapped.get(sheet.name)) for sheet in sheets]
    read = [_parsed(alliance, kind, table, organisation) for table in tables]
    rows = tuple(row for one in read for row in one.rows)
    problems = tuple(problem for one in read for problem in one.problems)
    if not rows and not problems:
        problems = (_nothing_found(kind, tables),)
    return Reading(tuple(sheets), tuple(tables), Parsed(rows, problems))


def pasted_list(kind: SheetKind, text: str) -> tuple[bytes, str]:
    """Rows copied from a spreadsheet as a file: its content and name.

    Rows without headings get those of the template, in its order. Raises ``BadFile``.
    """
    filename = _("粘贴的内容") + ".csv"
    content = text.encode()
    [sheet] = read_workbook(content, filename)
    if not recognise(sheet, COLUMNS[kind]).heading_row:
        language = get_language() or "zh-hans"
        headings = "\t".join(column.heading(language) for column in COLUMNS[kind])
        content = f"{headings}\n{text}".encode()
    return content, filename


def _sheets_of(kind: SheetKind, sheets: Sequence[RawSheet]) -> list[RawSheet]:
    filled = [sheet for sheet in sheets if sheet.rows]
    if len(filled) < 2:
        return filled
    guesses = [(sheet, guess_kind(sheet)) for sheet in filled]
    fitting = [sheet for sheet, guess in guesses if guess == kind]
    return fitting or [sheet for sheet, guess in guesses if guess is None][:1] or filled[:1]


def _parsed(alliance: Alliance, kind: SheetKind, table: Table, organisation: str) -> Parsed[Any]:
    year = table.year or today().year
    if kind == "members":
        return parse_members(table, categories=categories_of(alliance), year=year)
    if kind == "places":
        return parse_places(table, year=year)
    read = {"offers": parse_offers, "needs": parse_needs, "checkup": parse_checkup}[kind]
    return read(table, kinds=kinds_of(alliance), year=year, organisation=organisation)


def _nothing_found(kind: SheetKind, tables: Sequence[Table]) -> Problem:
    table = tables[0] if tables else None
    return Problem(
        sheet=table.sheet if table else SHEET_TITLES[kind][0],
        row=table.heading_row if table else 1,
        column="",
        heading="",
        value="",
        message=_("表头下面没有可导入的行。"),
        remedy=_("请填写后再上传。"),
    )
