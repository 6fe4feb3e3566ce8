"""What a list of offers would do."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from binglian.domain.accounts.models import User
from binglian.domain.alliance.imports import (
    ImportPlan,
    Line,
    Verdict,
    differences,
    kinds_of,
    merged,
)
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.coupling.models import Commitment, Offer
from binglian.sheets.cells import TimeWindow
from binglian.sheets.columns import OFFERS
from binglian.sheets.reading import Table
from binglian.sheets.rows import OfferRow, Parsed, offer_cells

from .listed import Listed

_CHECKED = ("number", "title", "unit", "place", "note", "price")
_CENT = Decimal("0.01")


def plan_offers(
    alliance: Alliance,
    parsed: Parsed[OfferRow],
    tables: Iterable[Table] = (),
    *,
    by: User | None = None,
) -> ImportPlan:
    """Compare a list of offers with those on record; nothing is written.

    An offer is known by its number or, where that is blank, by organisation and title.
    Columns that the ``tables`` lack are left as they are. With ``by``, rows that the person
    may not enter are problems.
    """
    records = (
        alliance.offers.select_related("organisation", "alliance")
        .prefetch_related("excludes")
        .annotate(
            promised=Sum(
                "commitments__quantity", filter=Q(commitments__state__in=Commitment.BINDING)
            )
        )
    )
    listed = Listed(alliance, records, tables, by)
    lines = [line for row in parsed.rows if (line := _line(listed, row))]
    problems = listed.notes.in_order(parsed.problems)
    return ImportPlan(alliance, "offers", tuple(lines), problems)


def offer_row(offer: Offer) -> OfferRow:
    """An offer as a row of the list. Load ``excludes`` and ``organisation`` with it."""
    return OfferRow(
        sheet="",
        row=0,
        number=offer.number,
        organisation=offer.organisation.name,
        title=offer.title,
        kind=offer.kind,
        tags=tuple(offer.tags),
        quantity=offer.quantity,
        unit=offer.unit,
        lot=None if offer.lot == 1 else offer.lot,
        windows=tuple(TimeWindow.from_json(window) for window in offer.windows),
        place=offer.place,
        longitude=offer.longitude,
        latitude=offer.latitude,
        conditions=tuple(offer.conditions),
        excludes=tuple(sorted(o.name for o in offer.excludes.all())),
        note=offer.note,
        renews=offer.renews,
        price=offer.price or None,
    )


def _line(listed: Listed[Offer], row: OfferRow) -> Line | None:
    row = listed.notes.as_written(row, "title", "place", "note")
    organisation = listed.organisation(row)
    if organisation is None:
        return None
    offer = listed.find(row, organisation)
    if offer and listed.note_withdrawn(row, offer):
        return Line(row.sheet, row.row, row.title, Verdict.SAME, {}, offer)
    excludes = listed.organisations(row, "excludes", row.excludes)
    row = replace(
        row,
        organisation=organisation.name,
        excludes=tuple(o.name for o in excludes),
        quantity=row.quantity.quantize(_CENT),
        lot=None if row.lot is None or row.lot == 1 else row.lot.quantize(_CENT),
    )
    before = offer_row(offer) if offer else None
    if before:
        row = merged(before, row, _silent(listed, row))
        excludes, _gone = listed.names.find_all(row.excludes)
    _check(listed, row, offer)
    facts = _facts(row, organisation, excludes)
    listed.notes.check_fields(
        row, Offer(**{name: facts[name] for name in _CHECKED}), {name: name for name in _CHECKED}
    )
    changes = differences(_cells(listed, before), _cells(listed, row)) if before else {}
    if offer is None or changes:
        listed.check_current(row, organisation)
    if listed.notes.failed(row):
        return None
    verdict = Verdict.CREATE if offer is None else Verdict.CHANGE if changes else Verdict.SAME
    return Line(row.sheet, row.row, row.title, verdict, facts, offer, changes)


def _silent(listed: Listed[Offer], row: OfferRow) -> list[str]:
    silent = [c.key for c in OFFERS if not listed.notes.has_column(row, c.key)]
    if row.unit and "unit" in silent:
        silent.remove("unit")  # it stood beside the quantity
    return silent if row.number else [*silent, "number"]


def _check(listed: Listed[Offer], row: OfferRow, offer: Offer | None) -> None:
    listed.check_kind(row, row.kind)
    listed.check_quantity(row, row.quantity)
    # What a renewing offer has promised depends on the slot: the action looks.
    promised = 0 if row.renews else getattr(offer, "promised", None) or 0
    if row.quantity < promised:
        listed.notes.add(
            row,
            "quantity",
            row.quantity,
            _("已有 %(promised)s 被认领，数量不能少于此数。") % {"promised": promised},
            _("请改大数量，或先与需求单位商定。"),
        )


def _facts(
    row: OfferRow, organisation: Organisation, excludes: list[Organisation]
) -> dict[str, Any]:
    return {
        "number": row.number,
        "organisation": organisation,
        "title": row.title,
        "kind": row.kind,
        "tags": list(row.tags),
        "quantity": row.quantity,
        "unit": row.unit,
        "lot": row.lot or Decimal(1),
        "windows": [window.as_json() for window in row.windows],
        "place": row.place,
        "longitude": row.longitude,
        "latitude": row.latitude,
        "conditions": list(row.conditions),
        "excludes": excludes,
        "note": row.note,
        "renews": row.renews,
        "price": row.price or Decimal(0),
    }


def _cells(listed: Listed[Offer], row: OfferRow) -> dict[str, Any]:
    return offer_cells(row, get_language() or "zh-hans", kinds=kinds_of(listed.alliance))
