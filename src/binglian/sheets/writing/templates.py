"""Templates to download: headings with help, and examples that can be read as they are."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from binglian.sheets.cells import label
from binglian.sheets.columns import COLUMNS, SHEET_TITLES, Column, SheetKind
from binglian.sheets.writing.books import SheetOut, write_workbook
from binglian.sheets.writing.examples import CHECKUP, MEMBERS, NEEDS, OFFERS, PLACES, Example

TemplateKind = Literal["members", "offers", "needs", "places", "checkup", "lists"]


def template(kind: TemplateKind, language: str = "zh-hans") -> bytes:
    """An .xlsx template; ``lists`` holds offers and needs that make a small coupling example.

    Every organisation in the examples is fictional.
    """
    parts: dict[TemplateKind, list[tuple[SheetKind, Sequence[Example]]]] = {
        "members": [("members", MEMBERS)],
        "offers": [("offers", OFFERS[:3])],
        "needs": [("needs", NEEDS[:4])],
        "places": [("places", PLACES)],
        "checkup": [("checkup", CHECKUP)],
        "lists": [("offers", OFFERS), ("needs", NEEDS)],
    }
    sheets = [_sheet(sheet_kind, rows, language) for sheet_kind, rows in parts[kind]]
    return write_workbook(sheets, language)


def _sheet(kind: SheetKind, examples: Sequence[Example], language: str) -> SheetOut:
    english = language.startswith("en")
    columns = COLUMNS[kind]
    return SheetOut(
        title=SHEET_TITLES[kind][english],
        columns=columns,
        rows=[in_language(example, columns, language) for example in examples],
        helped=True,
    )


def in_language(example: Example, columns: Sequence[Column], language: str) -> Mapping[str, Any]:
    """Pairs are (Chinese, English); codes of choices become their labels."""
    choices = {column.key: column.choices for column in columns}
    row: dict[str, Any] = {}
    for key, value in example.items():
        known = choices.get(key)
        if isinstance(value, tuple):
            row[key] = value[language.startswith("en")]
        elif known and isinstance(value, str):
            row[key] = label(known, value, language)
        else:
            row[key] = value
    return row
