"""The template of a plan: headings with help, and an example that can be solved as it is."""

from collections.abc import Sequence

from binglian.sheets.writing import SheetOut, write_workbook
from binglian.sheets.writing.templates import in_language

from .columns import PLAN_COLUMNS, PLAN_TITLES, PlanSheet
from .example import CALENDAR, CAPACITIES, SETTINGS, TASKS, Example

_SHEETS: tuple[tuple[PlanSheet, Sequence[Example]], ...] = (
    ("tasks", TASKS),
    ("modes", ()),
    ("capacities", CAPACITIES),
    ("calendar", CALENDAR),
    ("settings", SETTINGS),
)


def plan_template(language: str = "zh-hans") -> bytes:
    """Return the workbook in ``language`` (``zh-hans`` or ``en``)."""
    sheets = [
        SheetOut(
            title=PLAN_TITLES[kind][language.startswith("en")],
            columns=PLAN_COLUMNS[kind],
            rows=[in_language(row, PLAN_COLUMNS[kind], language) for row in rows],
            helped=True,
        )
        for kind, rows in _SHEETS
    ]
    return write_workbook(sheets, language)
