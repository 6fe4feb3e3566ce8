"""A dataset as CSV: RFC 4180, with what spreadsheet software needs.

UTF-8 with a byte order mark, because Excel on a Chinese system otherwise reads the file as GBK;
RFC 4180, CSVW and every reader we know skip the mark. A text that a spreadsheet would take for a
formula is written behind an apostrophe.
"""

from __future__ import annotations

from typing import Any

from binglian.domain.alliance.models import Alliance
from binglian.domain.publishing.columns import SEPARATOR
from binglian.domain.publishing.dataset import Dataset
from binglian.sheets.reading.files import guarded
from binglian.sheets.writing.books import csv_bytes


def as_csv(dataset: Dataset, alliance: Alliance) -> bytes:
    """One line of stable column names, then one for each row."""
    lines = [list(dataset.names)]
    lines += [_line(dataset.read(row)) for row in dataset.each(alliance)]
    return csv_bytes(lines)


def _line(read: dict[str, Any]) -> list[str]:
    return [_cell(value) for value in read.values()]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    return guarded(SEPARATOR.join(value) if isinstance(value, list) else value)
