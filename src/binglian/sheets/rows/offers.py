"""Rows of the offer list."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from binglian.sheets.cells import Choices, TimeWindow, label, write_windows
from binglian.sheets.columns import KIND_SYNONYMS, YES_NO
from binglian.sheets.reading import Table
from binglian.sheets.rows.problems import Parsed, problems_of_headings
from binglian.sheets.rows.reader import RowReader


@dataclass(frozen=True)
class OfferRow:
    """One offer: ``quantity`` and ``lot`` in ``unit``; no windows means at any time."""

    sheet: str
    row: int
    number: str
    organisation: str
    title: str
    kind: str
    tags: tuple[str, ...]
    quantity: Decimal
    unit: str
    lot: Decimal | None
    windows: tuple[TimeWindow, ...]
    place: str
    longitude: float | None
    latitude: float | None
    conditions: tuple[str, ...]
    excludes: tuple[str, ...]
    note: str
    renews: bool = False
    price: Decimal | None = None


def parse_offers(
    table: Table,
    *,
    kinds: Choices = KIND_SYNONYMS,
    year: int | None = None,
    organisation: str = "",
) -> Parsed[OfferRow]:
    """Read the offers.

    ``year`` completes dates without one; ``organisation`` stands where the cell is blank.
    """
    given = frozenset({"organisation"} if organisation else ())
    problems = problems_of_headings(table, given=given)
    rows: list[OfferRow] = []
    first_seen: dict[tuple[str, str], int] = {}
    for row in table.rows if not problems else ():
        reader = RowReader(table, row, year=year)
        offer = _offer(reader, kinds, organisation)
        earlier = first_seen.setdefault((offer.organisation, offer.number), row.number)
        if offer.number and earlier != row.number:
            reader.note(
                "number",
                _("编号“%(number)s”在第 %(row)s 行已用过。")
                % {"number": offer.number, "row": earlier},
                _("请换一个编号。"),
            )
        problems += reader.problems
        if not reader.failed:
            rows.append(offer)
    return Parsed(tuple(rows), tuple(problems))


def _offer(reader: RowReader, kinds: Choices, organisation: str) -> OfferRow:
    quantity, unit = reader.amount_and_unit()
    longitude, latitude = reader.position()
    return OfferRow(
        sheet=reader.table.sheet,
        row=reader.row.number,
        number=reader.text("number"),
        organisation=reader.required("organisation", organisation),
        title=reader.required("title"),
        kind=reader.required_choice("kind", kinds),
        tags=reader.tags("tags"),
        quantity=quantity,
        unit=unit,
        lot=reader.lot(quantity, unit),
        windows=reader.windows(),
        place=reader.text("place"),
        longitude=longitude,
        latitude=latitude,
        conditions=reader.tags("conditions"),
        excludes=reader.names("excludes"),
        note=reader.text("note"),
        renews=reader.choice("renews", YES_NO, "no") == "yes",
        price=reader.money("price"),
    )


def offer_cells(
    row: OfferRow, language: str = "zh-hans", *, kinds: Choices = KIND_SYNONYMS
) -> dict[str, Any]:
    """The row as cells for ``SheetOut``; reading them again gives the same row."""
    return {
        "number": row.number,
        "organisation": row.organisation,
        "title": row.title,
        "kind": label(kinds, row.kind, language),
        "tags": "、".join(row.tags),
        "quantity": row.quantity,
        "unit": row.unit,
        "lot": row.lot,
        "renews": label(YES_NO, "yes", language) if row.renews else "",
        "price": row.price,
        "windows": write_windows(row.windows, language),
        "place": row.place,
        "longitude": row.longitude,
        "latitude": row.latitude,
        "conditions": "、".join(row.conditions),
        "excludes": "、".join(row.excludes),
        "note": row.note,
    }
