"""Rows of the inventory of courtyards and historic buildings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from binglian.sheets.cells import label
from binglian.sheets.column import YES_NO
from binglian.sheets.place_columns import (
    CONDITIONS,
    GRADE_WORDS,
    PLACE_KINDS,
    PLACE_STATES,
    TENANCIES,
)
from binglian.sheets.reading import Table
from binglian.sheets.rows.problems import Parsed, problems_of_headings
from binglian.sheets.rows.reader import RowReader

_SQUARE_METRES = {"", "平方米", "㎡", "m2", "m²", "平米", "平"}
#: Columns that are texts, and those that are one of some words.
TEXTS = (
    "number", "name_en", "part_of", "address", "area", "outline", "grade_basis", "key_parts",
    "history", "history_en", "built", "structure", "intended_trade", "actual_use", "note",
)  # fmt: skip
CHOICES = {
    "kind": PLACE_KINDS,
    "grade": GRADE_WORDS,
    "tenancy": TENANCIES,
    "condition": CONDITIONS,
    "fire_access": YES_NO,
    "state": PLACE_STATES,
    "public": YES_NO,
}
COUNTS = ("storeys", "units", "vacant_units")
RESPONSIBLE = ("owner", "agent", "user")


@dataclass(frozen=True)
class PlaceRow:
    """One place: codes for what is one of some words, "" or ``None`` where nothing is said."""

    sheet: str
    row: int
    name_zh: str
    number: str = ""
    name_en: str = ""
    kind: str = ""
    part_of: str = ""
    address: str = ""
    area: str = ""
    longitude: float | None = None
    latitude: float | None = None
    outline: str = ""
    grade: str = ""
    grade_basis: str = ""
    key_parts: str = ""
    history: str = ""
    history_en: str = ""
    built: str = ""
    structure: str = ""
    storeys: int | None = None
    floor_area: Decimal | None = None
    units: int | None = None
    vacant_units: int | None = None
    tenancy: str = ""
    condition: str = ""
    fire_access: str = ""
    intended_trade: str = ""
    actual_use: str = ""
    state: str = ""
    state_on: dt.date | None = None
    owner: tuple[str, ...] = ()
    agent: tuple[str, ...] = ()
    user: tuple[str, ...] = ()
    public: str = ""
    note: str = ""


def parse_places(table: Table, *, year: int | None = None) -> Parsed[PlaceRow]:
    """Read the places; ``year`` completes dates without one."""
    problems = problems_of_headings(table)
    rows: list[PlaceRow] = []
    first_seen: dict[str, int] = {}
    for row in table.rows if not problems else ():
        reader = RowReader(table, row, year=year)
        place = _place(reader)
        earlier = first_seen.setdefault(place.number, row.number)
        if place.number and earlier != row.number:
            reader.note(
                "number",
                _("编号“%(number)s”在第 %(row)s 行已用过。")
                % {"number": place.number, "row": earlier},
                _("请换一个编号。"),
            )
        problems += reader.problems
        if not reader.failed:
            rows.append(place)
    return Parsed(tuple(rows), tuple(problems))


def place_cells(row: PlaceRow, language: str = "zh-hans") -> dict[str, Any]:
    """The row as cells for ``SheetOut``; reading them again gives the same row."""
    values = {name: getattr(row, name) for name in ("name_zh", *TEXTS, *COUNTS)}
    words = {name: getattr(row, name) for name in CHOICES}
    return values | {
        "longitude": row.longitude,
        "latitude": row.latitude,
        "floor_area": row.floor_area,
        "state_on": row.state_on,
        **{
            name: label(CHOICES[name], code, language) if code else ""
            for name, code in words.items()
        },
        **{role: "、".join(getattr(row, role)) for role in RESPONSIBLE},
    }


def _place(reader: RowReader) -> PlaceRow:
    longitude, latitude = reader.position()
    read: dict[str, Any] = {name: reader.text(name) for name in TEXTS}
    read |= {name: reader.choice(name, words, "") for name, words in CHOICES.items()}
    read |= {name: reader.count(name, least=0) for name in COUNTS}
    read |= {role: reader.names(role) for role in RESPONSIBLE}
    return PlaceRow(
        sheet=reader.table.sheet,
        row=reader.row.number,
        name_zh=reader.required("name_zh"),
        longitude=longitude,
        latitude=latitude,
        floor_area=_square_metres(reader),
        state_on=reader.date("state_on"),
        **read,
    )


def _square_metres(reader: RowReader) -> Decimal | None:
    """A floor area; 约 1200㎡ is 1200."""
    quantity = reader.quantity("floor_area")
    if quantity is None or quantity.amount is None:
        return None
    if quantity.unit not in _SQUARE_METRES or not 0 < quantity.amount < 10_000_000:
        reader.note(
            "floor_area",
            _("“%(value)s”不是以平方米计的面积。") % {"value": quantity.text},
            _("请填平方米数，例如 1200。"),
        )
        return None
    return quantity.amount.quantize(Decimal("0.01"))
