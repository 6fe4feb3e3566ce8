"""What a column of a dataset is: its stable name, its words, its type, and where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from .striking import without_personal


class Kind(Enum):
    """The type of a column, in the words of XML Schema that CSVW uses."""

    TEXT = "string"
    INTEGER = "integer"
    NUMBER = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    INSTANT = "dateTime"
    #: Several texts: an array in JSON, separated by ``SEPARATOR`` in CSV.
    TEXTS = "strings"


_LABELS = {
    Kind.TEXT: _("文字"),
    Kind.INTEGER: _("整数"),
    Kind.NUMBER: _("数"),
    Kind.BOOLEAN: _("是否"),
    Kind.DATE: _("日期"),
    Kind.INSTANT: _("时间"),
    Kind.TEXTS: _("几段文字"),
}
#: Between several texts of one cell. No text of ours holds it.
SEPARATOR = "; "


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``name`` never changes its meaning; ``label`` is a sentence of the interface."""

    name: str
    label: Any
    kind: Kind
    #: Of a row of the dataset's query; ``None`` where it is not known.
    value: Callable[[Any], Any]
    #: Written by people: what could lead to a person is struck out.
    is_free: bool = False
    #: Code → label, where only these values occur.
    words: Callable[[], Iterable[tuple[str, Any]]] | None = None

    def read(self, row: Any) -> Any:
        """The value as JSON has it: dates as ISO 8601, numbers as numbers."""
        value = self.value(row)
        if value is None or value == "":
            return None
        if self.kind is Kind.TEXTS:
            return [self._text(one) for one in value]
        return self._text(value) if self.kind is Kind.TEXT else plain(value)

    @property
    def kind_label(self) -> Any:
        return _LABELS[self.kind]

    def _text(self, value: Any) -> str:
        return without_personal(str(value)) if self.is_free else str(value)


def plain(value: Any) -> Any:
    """A value as JSON can say it; instants with the alliance's own offset."""
    if isinstance(value, datetime):
        return localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def text(name: str, label: Any, value: Callable[[Any], Any]) -> Column:
    """A text the platform itself writes: a number, a code, the name of an organisation."""
    return Column(name, label, Kind.TEXT, value)


def free(name: str, label: Any, value: Callable[[Any], Any]) -> Column:
    """A text people wrote."""
    return Column(name, label, Kind.TEXT, value, is_free=True)


def coded(
    name: str,
    label: Any,
    value: Callable[[Any], Any],
    words: Callable[[], Iterable[tuple[str, Any]]],
) -> Column:
    """A text out of few; its words are told in the schema, in both languages."""
    return Column(name, label, Kind.TEXT, value, words=words)


def texts(name: str, label: Any, value: Callable[[Any], Iterable[Any]]) -> Column:
    return Column(name, label, Kind.TEXTS, value, is_free=True)


def integer(name: str, label: Any, value: Callable[[Any], Any]) -> Column:
    return Column(name, label, Kind.INTEGER, value)


def number(name: str, label: Any, value: Callable[[Any], Any]) -> Column:
    return Column(name, label, Kind.NUMBER, value)


def boolean(name: str, label: Any, value: Callable[[Any], Any]) -> Column:
    return Column(name, label, Kind.BOOLEAN, value)


def day(name: str, label: Any, value: Callable[[Any], Any]) -> Column:
    return Column(name, label, Kind.DATE, value)


def instant(name: str, label: Any, value: Callable[[Any], Any]) -> Column:
    return Column(name, label, Kind.INSTANT, value)
