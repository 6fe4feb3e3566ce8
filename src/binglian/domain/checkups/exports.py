"""The problems as a sheet with the template's columns; reading it back changes nothing."""

from collections.abc import Iterable

from binglian.domain.alliance.imports import kinds_of
from binglian.domain.alliance.models import Alliance
from binglian.domain.checkups.imports import problem_row
from binglian.domain.checkups.models import CheckupProblem
from binglian.sheets.columns import CHECKUP, SHEET_TITLES
from binglian.sheets.rows import checkup_cells
from binglian.sheets.writing import SheetOut


def checkup_sheet(
    alliance: Alliance, problems: Iterable[CheckupProblem], language: str
) -> SheetOut:
    """Problems for ``write_workbook`` or ``write_csv``. Load ``need__components`` with them."""
    kinds = kinds_of(alliance)
    return SheetOut(
        title=SHEET_TITLES["checkup"][language.startswith("en")],
        columns=CHECKUP,
        rows=[checkup_cells(problem_row(one), language, kinds=kinds) for one in problems],
        choices={"kind": [words[language.startswith("en")] for words in kinds.values()]},
    )
