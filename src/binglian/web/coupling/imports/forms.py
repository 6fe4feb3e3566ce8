"""What an import starts from, and which column is which."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from openpyxl.utils import get_column_letter

from binglian.domain.alliance.imports import Reading
from binglian.sheets.cells import normalise
from binglian.sheets.columns import COLUMNS, SheetKind
from binglian.sheets.reading import RawSheet, Table


class UploadForm(forms.Form):
    """A file, or rows pasted from a spreadsheet."""

    file = forms.FileField(
        label=_("表格文件"),
        required=False,
        help_text=_(".xlsx 或 .csv，列名不必与模板相同；不会立即写入，先核对。"),
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
    )
    pasted = forms.CharField(
        label=_("或从表格里复制若干行，粘贴到这里"),
        required=False,
        strip=False,
        help_text=_("可带表头；不带表头时按模板的列顺序。"),
        widget=forms.Textarea({"rows": 6, "class": "form-control", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("file") and not cleaned.get("pasted", "").strip():
            raise forms.ValidationError(_("请选择一个文件，或粘贴几行。"))
        return cleaned


@dataclass(frozen=True, slots=True)
class FoundColumn:
    """One column of the uploaded sheet and what it is taken for."""

    name: str
    letter: str
    heading: str
    example: str
    chosen: str


@dataclass(frozen=True, slots=True)
class FoundSheet:
    """One sheet with its columns, to be mapped by hand."""

    name: str
    columns: tuple[FoundColumn, ...]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]


def found_sheets(reading: Reading) -> list[FoundSheet]:
    """The columns as read, for the page that lets people say which is which."""
    pairs = zip(reading.sheets, reading.tables, strict=True)
    return [_found(number, sheet, table) for number, (sheet, table) in enumerate(pairs)]


def chosen_mapping(
    kind: SheetKind, reading: Reading, sent: Mapping[str, str]
) -> dict[str, dict[str, int | None]]:
    """Sheet → column key → 0-based column, as chosen; ``None`` where no column was."""
    known = {column.key for column in COLUMNS[kind]}
    mapping = {}
    for sheet in found_sheets(reading):
        chosen: dict[str, int | None] = dict.fromkeys(known)
        for index, column in enumerate(sheet.columns):
            key = sent.get(column.name, "")
            if key in known and chosen[key] is None:
                chosen[key] = index
        mapping[sheet.name] = chosen
    return mapping


def _found(number: int, sheet: RawSheet, table: Table) -> FoundSheet:
    heading_row = table.heading_row or 1
    headings = sheet.rows[heading_row - 1] if sheet.rows else ()
    taken = {index: key for key, index in table.columns.items()}
    columns = tuple(
        FoundColumn(
            name=f"column-{number}-{index}",
            letter=get_column_letter(index + 1),
            heading=normalise(heading)[:40],
            example=_example(sheet, heading_row, index),
            chosen=taken.get(index, ""),
        )
        for index, heading in enumerate(headings)
    )
    language = get_language() or "zh-hans"
    missing = tuple(column.heading(language) for column in table.missing_required)
    return FoundSheet(sheet.name, columns, table.unknown, missing)


def _example(sheet: RawSheet, heading_row: int, index: int) -> str:
    values = (row[index] for row in sheet.rows[heading_row:] if row[index] is not None)
    return normalise(next(values, ""))[:40]
