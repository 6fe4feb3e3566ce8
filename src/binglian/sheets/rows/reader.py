"""Read the cells of one row, collecting problems instead of stopping at the first."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Literal, TypeVar

from django.utils.translation import gettext as _

from binglian.sheets.cells import (
    CellError,
    Choices,
    Quantity,
    TimeWindow,
    canonical_unit,
    normalise,
    read_choice,
    read_date,
    read_names,
    read_number,
    read_quantity,
    read_tags,
    read_windows,
    scaled_unit,
)
from binglian.sheets.columns import COLUMNS, SheetKind
from binglian.sheets.reading import Row, Table
from binglian.sheets.rows.problems import Problem

Value = TypeVar("Value")

_FREE = {"免费", "无偿", "公益", "不收费", "无", "free", "Free"}
_SPREADSHEET_ERRORS = {"#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"}


class RowReader:
    """The typed values of one row; ``problems`` grows, ``failed`` says the row is unusable."""

    def __init__(
        self,
        table: Table,
        row: Row,
        *,
        year: int | None,
        origins: Mapping[str, int] | None = None,
    ) -> None:
        self.table = table
        self.origins = origins or {}
        self.row = row
        self.year = year if year is not None else table.year
        self.problems: list[Problem] = []

    @property
    def failed(self) -> bool:
        """Whether some problem is an error."""
        return any(problem.severity == "error" for problem in self.problems)

    def has(self, key: str) -> bool:
        """Whether the row holds something in this column."""
        return shown(self.row.cells.get(key)) != ""

    def row_of(self, key: str) -> int:
        """The spreadsheet's row this column was read from."""
        return self.origins.get(key, self.row.number) if self.has(key) else self.row.number

    def note(
        self,
        key: str,
        message: str,
        remedy: str,
        severity: Literal["error", "warning"] = "error",
    ) -> None:
        """Record a problem in a column of this row."""
        self.problems.append(
            Problem(
                sheet=self.table.sheet,
                row=self.row_of(key),
                column=self.row.letter_of(key),
                heading=self.table.headings.get(key, ""),
                value=shown(self.row.cells.get(key)),
                message=message,
                remedy=remedy,
                severity=severity,
            )
        )

    def read(self, key: str, read: Callable[[Any], Value], blank: Value) -> Value:
        """The value of a cell, ``blank`` when it is empty or cannot be read."""
        if not self.has(key):
            return blank
        value = self.row.cells[key]
        if value in _SPREADSHEET_ERRORS:
            self.note(
                key,
                _("单元格是公式错误“%(value)s”。") % {"value": value},
                _("请改正公式，或直接填值。"),
            )
            return blank
        try:
            return read(value)
        except CellError as error:
            self.note(key, error.message, error.remedy)
            return blank

    def text(self, key: str) -> str:
        """The text of a cell, "" when blank; one too long for its column is a problem."""
        text = self.read(key, shown, "")
        longest = _longest_texts(self.table.kind).get(key)
        if longest and len(text) > longest:
            self.note(
                key,
                _("文字有 %(length)s 个字，超过 %(longest)s 个。")
                % {"length": len(text), "longest": longest},
                _("请缩短，细节可写在备注里。"),
            )
        return text

    def required(self, key: str, given: str = "") -> str:
        """The text of a cell that must be filled; ``given`` stands in for a blank one."""
        value = self.text(key) or given
        if not value and not self.failed_at(key):
            self.note_blank(key)
        return value

    def note_blank(self, key: str) -> None:
        """Record that a required cell is empty."""
        heading = self.table.headings.get(key, key)
        self.note(key, _("“%(heading)s”没有填。") % {"heading": heading}, _("请填写。"))

    def failed_at(self, key: str) -> bool:
        """Whether this column already has a problem."""
        letter = self.row.letter_of(key)
        return letter != "" and any(problem.column == letter for problem in self.problems)

    def tags(self, key: str) -> tuple[str, ...]:
        """Tags split at the usual separators."""
        return self.read(key, lambda value: read_tags(_splittable(value)), ())

    def names(self, key: str) -> tuple[str, ...]:
        """Organisation names split at the usual separators."""
        return self.read(key, lambda value: read_names(_splittable(value)), ())

    def choice(self, key: str, choices: Choices, blank: str) -> str:
        """A code of ``choices``."""
        return self.read(key, lambda value: read_choice(shown(value), choices), blank)

    def required_choice(self, key: str, choices: Choices) -> str:
        """A code of ``choices`` from a cell that must be filled."""
        code = self.choice(key, choices, "")
        if not code and not self.failed_at(key):
            self.note_blank(key)
        return code

    def date(self, key: str) -> dt.date | None:
        """A date."""
        return self.read(key, lambda value: read_date(value, self.year), None)

    def windows(self) -> tuple[TimeWindow, ...]:
        """The time windows of the row."""
        return self.read("windows", lambda value: read_windows(value, self.year), ())

    def degrees(self, key: str) -> float | None:
        """A longitude or latitude."""
        most = 180 if key == "longitude" else 90
        number = self.read(key, lambda value: read_number(value, least=-most, most=most), None)
        return None if number is None else float(number)

    def position(self) -> tuple[float | None, float | None]:
        """Longitude and latitude, known together or not at all."""
        longitude, latitude = self.degrees("longitude"), self.degrees("latitude")
        if (longitude is None) != (latitude is None):
            key = "longitude" if longitude is None else "latitude"
            if not self.failed_at(key):
                self.note(
                    key,
                    _("经度和纬度只填了一个。"),
                    _("请两个都填；本次按没有位置导入。"),
                    "warning",
                )
            return None, None
        return longitude, latitude

    def quantity(self, key: str) -> Quantity | None:
        """A number with its unit."""
        return self.read(key, read_quantity, None)

    def count(self, key: str, *, least: int) -> int | None:
        """A whole number such as 受益人数; 约200人 is 200, 不限 and 若干 are None."""
        quantity = self.read(key, read_quantity, None)
        if quantity is None or quantity.amount is None:
            return None
        if quantity.amount < least or quantity.amount != quantity.amount.to_integral_value():
            self.note(
                key,
                _("“%(value)s”不是不小于 %(least)s 的整数。")
                % {"value": quantity.text, "least": least},
                _("请填整数，例如 3。"),
            )
            return None
        return int(quantity.amount)

    def kilometres(self, key: str) -> Decimal | None:
        """A distance in km; 500米 is 0.5."""
        quantity = self.read(key, read_quantity, None)
        if quantity is None or quantity.amount is None:
            return None
        if quantity.unit in {"米", "m"}:
            return quantity.amount / 1_000
        if quantity.unit and canonical_unit(quantity.unit) != "公里":
            self.note(
                key,
                _("“%(value)s”不是距离。") % {"value": quantity.text},
                _("请填公里数，例如 3。"),
            )
            return None
        return quantity.amount

    def money(self, key: str) -> Decimal | None:
        """A price in yuan; 免费 and 0 are None."""
        if self.text(key) in _FREE:
            return None
        quantity = self.read(key, read_quantity, None)
        if quantity is None or not quantity.amount:
            return None
        if quantity.unit and canonical_unit(quantity.unit.split("/")[0]) != "元":
            self.note(
                key,
                _("“%(value)s”不是以元计的单价。") % {"value": quantity.text},
                _("请填每一计量单位多少元，例如 200。"),
            )
            return None
        return quantity.amount.quantize(Decimal("0.01"))

    def amount_and_unit(self) -> tuple[Decimal, str]:
        """Quantity and unit; what is vague or blank counts as 1 with a warning."""
        quantity = self.read("quantity", read_quantity, None)
        unit, factor = self._unit(quantity)
        if quantity is None:
            if not self.has("quantity"):
                self.note("quantity", _("没有填数量。"), _("按 1 计，请核实。"), "warning")
            return Decimal(1), unit
        if quantity.amount is None:
            self.note(
                "quantity",
                _("数量“%(value)s”不确定。") % {"value": quantity.text},
                _("按 1 计，请核实。"),
                "warning",
            )
            return Decimal(1), unit
        if quantity.amount == 0:
            self.note(
                "quantity",
                _("数量“%(value)s”是 0。") % {"value": quantity.text},
                _("请填大于 0 的数，或删去这一行。"),
            )
        elif (
            quantity.low is not None and quantity.high is not None and quantity.low < quantity.high
        ):
            self.note(
                "quantity",
                _("数量“%(value)s”是一个范围。") % {"value": quantity.text},
                _("按 %(amount)s 计，请核实。") % {"amount": written(quantity.amount)},
                "warning",
            )
        return self._rounded(quantity.amount * factor), unit

    def _rounded(self, amount: Decimal) -> Decimal:
        """Hundredths are kept, as in the records."""
        rounded = amount.quantize(Decimal("0.01"))
        if rounded == amount:
            return amount
        self.note(
            "quantity",
            _("数量最多保留两位小数。"),
            _("按 %(amount)s 计，请核实。") % {"amount": written(rounded)},
            "warning" if rounded else "error",
        )
        return rounded

    def lot(self, amount: Decimal, unit: str) -> Decimal | None:
        """Smallest useful lot in the unit of the quantity; never more than ``amount``."""
        quantity = self.read("lot", read_quantity, None)
        if quantity is None or not quantity.amount:
            return None
        factor = Decimal(1)
        if not quantity.unit and quantity.amount * scaled_unit(self.text("unit"))[0] <= amount:
            factor = scaled_unit(self.text("unit"))[0]
        if quantity.amount * factor > amount and not self.failed:
            self.note(
                "lot",
                _("最小批量“%(value)s”大于数量 %(amount)s%(unit)s。")
                % {"value": quantity.text, "amount": written(amount), "unit": unit},
                _("请改小最小批量或核对数量。"),
            )
        return quantity.amount * factor

    def _unit(self, quantity: Quantity | None) -> tuple[str, Decimal]:
        """The unit column wins over the unit beside the number; 2 with 万元 is 20000 元."""
        factor, unit = scaled_unit(self.text("unit"))
        beside = quantity.unit if quantity else ""
        if not unit:
            return beside, Decimal(1)
        if beside and canonical_unit(beside) != canonical_unit(unit):
            self.note(
                "unit",
                _("计量单位“%(unit)s”与数量“%(value)s”里的单位不同。")
                % {"unit": unit, "value": quantity.text if quantity else ""},
                _("按“%(unit)s”计，请核实。") % {"unit": unit},
                "warning",
            )
        scaled_already = quantity is not None and any(c in quantity.text for c in "百千万亿")
        return unit, Decimal(1) if beside or scaled_already else factor


@cache
def _longest_texts(kind: SheetKind | None) -> Mapping[str, int]:
    return {column.key: column.longest for column in COLUMNS[kind]} if kind else {}


def shown(value: Any) -> str:
    """A raw value as a person would write it."""
    if isinstance(value, dt.datetime) and value.time() == dt.time(0):
        value = value.date()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, bool):
        value = "是" if value else "否"
    return normalise(value)


def written(number: Decimal) -> str:
    """A decimal without needless zeros."""
    return format(number.normalize(), "f")


def _splittable(value: Any) -> str:
    return value if isinstance(value, str) else shown(value)
