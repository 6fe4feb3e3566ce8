"""One cell to one value; whatever cannot be read raises ``CellError`` with a remedy."""

from binglian.sheets.cells.dates import read_date
from binglian.sheets.cells.errors import CellError
from binglian.sheets.cells.quantities import Quantity, read_quantity
from binglian.sheets.cells.units import canonical_unit, scaled_unit
from binglian.sheets.cells.windows import (
    EVERY_DAY,
    TimeWindow,
    read_windows,
    write_windows,
)
from binglian.sheets.cells.words import (
    Choices,
    label,
    normalise,
    read_choice,
    read_flag,
    read_names,
    read_number,
    read_tags,
)

__all__ = [
    "EVERY_DAY",
    "CellError",
    "Choices",
    "Quantity",
    "TimeWindow",
    "canonical_unit",
    "label",
    "normalise",
    "read_choice",
    "read_date",
    "read_flag",
    "read_names",
    "read_number",
    "read_quantity",
    "read_tags",
    "read_windows",
    "scaled_unit",
    "write_windows",
]
