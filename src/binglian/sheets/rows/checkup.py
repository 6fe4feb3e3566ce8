"""Rows of a city check-up's list of problems."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from binglian.sheets.cells import Choices, label
from binglian.sheets.checkup_columns import DIMENSIONS, SEVERITIES
from binglian.sheets.columns import KIND_SYNONYMS
from binglian.sheets.reading import Table
from binglian.sheets.rows.problems import Parsed, problems_of_headings
from binglian.sheets.rows.reader import RowReader

#: A check-up of an earlier or a later year is a slip of the pen.
FIRST_YEAR, LAST_YEAR = 2015, 2099


@dataclass(frozen=True)
class CheckupRow:
    """One problem: codes for what is one of some words, "" or ``None`` where nothing is said."""

    sheet: str
    row: int
    dimension: str
    indicator: str
    problem: str
    organisation: str
    source: str
    year: int
    number: str = ""
    place: str = ""
    longitude: float | None = None
    latitude: float | None = None
    severity: str = "slight"
    deadline: dt.date | None = None
    kind: str = "other"
    quantity: Decimal = Decimal(1)
    unit: str = "项"
    note: str = ""


def parse_checkup(
    table: Table,
    *,
    kinds: Choices = KIND_SYNONYMS,
    year: int | None = None,
    organisation: str = "",
) -> Parsed[CheckupRow]:
    """Read the problems; ``year`` completes dates without one, never the check-up's own year.

    That one stands in its column, else in the title or the name of the sheet.
    ``organisation`` stands where the cell is blank.
    """
    given = frozenset({"organisation"} if organisation else ())
    problems = problems_of_headings(table, given=given)
    rows: list[CheckupRow] = []
    for row in table.rows if not problems else ():
        reader = RowReader(table, row, year=year)
        read = _row(reader, kinds, organisation)
        problems += reader.problems
        if read is not None and not reader.failed:
            rows.append(read)
    return Parsed(tuple(rows), tuple(problems))


def checkup_cells(
    row: CheckupRow, language: str = "zh-hans", *, kinds: Choices = KIND_SYNONYMS
) -> dict[str, Any]:
    """The row as cells for ``SheetOut``; reading them again gives the same row."""
    same = (
        "number", "indicator", "problem", "place", "longitude", "latitude", "organisation",
        "source", "year", "deadline", "quantity", "unit", "note",
    )  # fmt: skip
    return {name: getattr(row, name) for name in same} | {
        "dimension": label(DIMENSIONS, row.dimension, language),
        "severity": label(SEVERITIES, row.severity, language),
        "kind": label(kinds, row.kind, language),
    }


def _row(reader: RowReader, kinds: Choices, organisation: str) -> CheckupRow | None:
    longitude, latitude = reader.position()
    amount, unit = _amount(reader)
    year = _year(reader)
    read = {
        "dimension": reader.required_choice("dimension", DIMENSIONS),
        "indicator": reader.required("indicator"),
        "problem": reader.required("problem"),
        "organisation": reader.required("organisation", organisation),
        "source": reader.required("source"),
        "severity": reader.choice("severity", SEVERITIES, "slight"),
        "kind": reader.choice("kind", kinds, "other"),
        **{name: reader.text(name) for name in ("number", "place", "note")},
    }
    if year is None:
        return None
    return CheckupRow(
        sheet=reader.table.sheet,
        row=reader.row.number,
        year=year,
        longitude=longitude,
        latitude=latitude,
        deadline=reader.date("deadline"),
        quantity=amount,
        unit=unit,
        **read,
    )


def _amount(reader: RowReader) -> tuple[Decimal, str]:
    """How much is needed; a check-up seldom says so, and then it is one item."""
    if not reader.has("quantity"):
        return Decimal(1), reader.text("unit") or "项"
    return reader.amount_and_unit()


def _year(reader: RowReader) -> int | None:
    year = reader.count("year", least=0) if reader.has("year") else reader.table.year
    if year is None and not reader.has("year"):
        reader.note("year", _("没有写体检年度。"), _("请加上“年度”一列，例如 2026。"))
    elif year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        reader.note(
            "year",
            _("“%(value)s”不像体检年度。") % {"value": year},
            _("请填四位年份，例如 2026。"),
        )
        return None
    return year
