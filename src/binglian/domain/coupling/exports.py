"""Offers and needs as sheets with the template's columns; reading them back changes nothing."""

from collections.abc import Iterable

from binglian.domain.alliance.imports import kinds_of
from binglian.domain.alliance.models import Alliance
from binglian.domain.coupling.imports import need_row, offer_row
from binglian.domain.coupling.models import Need, Offer
from binglian.sheets.columns import NEEDS, OFFERS, SHEET_TITLES
from binglian.sheets.rows import need_cells, offer_cells
from binglian.sheets.writing import SheetOut


def offers_sheet(alliance: Alliance, offers: Iterable[Offer], language: str) -> SheetOut:
    """Offers for ``write_workbook`` or ``write_csv``. Load ``excludes`` with them."""
    kinds = kinds_of(alliance)
    return SheetOut(
        title=SHEET_TITLES["offers"][language.startswith("en")],
        columns=OFFERS,
        rows=[offer_cells(offer_row(offer), language, kinds=kinds) for offer in offers],
        choices={"kind": [words[language.startswith("en")] for words in kinds.values()]},
    )


def needs_sheet(alliance: Alliance, needs: Iterable[Need], language: str) -> SheetOut:
    """Needs, a row per component. Load components, ``prefers`` and ``rules_out`` with them."""
    kinds = kinds_of(alliance)
    return SheetOut(
        title=SHEET_TITLES["needs"][language.startswith("en")],
        columns=NEEDS,
        rows=[cells for n in needs for cells in need_cells(need_row(n), language, kinds=kinds)],
        choices={"kind": [words[language.startswith("en")] for words in kinds.values()]},
    )
