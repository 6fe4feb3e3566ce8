"""The inventory as a sheet with the template's columns; reading it back changes nothing."""

from collections.abc import Iterable

from binglian.domain.heritage.imports import place_row
from binglian.domain.heritage.models import Place
from binglian.sheets.columns import PLACES, SHEET_TITLES
from binglian.sheets.rows import place_cells
from binglian.sheets.writing import SheetOut


def places_sheet(places: Iterable[Place], language: str) -> SheetOut:
    """Places for ``write_workbook`` or ``write_csv``. Load them by ``imports.plan.with_names``."""
    return SheetOut(
        title=SHEET_TITLES["places"][language.startswith("en")],
        columns=PLACES,
        rows=[place_cells(place_row(place), language) for place in places],
    )
