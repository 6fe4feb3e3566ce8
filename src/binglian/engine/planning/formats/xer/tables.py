"""The tables of an XER file: ``%T`` names one, ``%F`` its fields, ``%R`` a row."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from binglian.engine.planning.formats.faults import Code, FormatError
from binglian.engine.planning.formats.recognising import BYTE_ORDER_MARKS

_HIGH_RUN = re.compile(rb"[\x80-\xff]+")


@dataclass(frozen=True)
class Row:
    """One row of a table, by field."""

    table: str
    line: int
    fields: Mapping[str, str]

    def said(self, field: str) -> str:
        """Return the text of a field, "" where there is none."""
        return self.fields.get(field, "").strip()

    def required(self, field: str) -> str:
        """Return the text of a field that must be there."""
        if not self.said(field):
            raise FormatError(Code.MISSING, line=self.line, field=self._name(field))
        return self.said(field)

    def number(self, field: str, default: float = 0.0, *, signed: bool = False) -> float:
        """Return a number; a decimal comma is understood."""
        text = self.said(field).replace(",", ".")
        if not text:
            return default
        if not re.fullmatch(r"[+-]?\d{1,12}(\.\d*)?([eE][+-]?\d)?", text, re.ASCII):
            raise FormatError(Code.NUMBER, line=self.line, field=self._name(field), value=text)
        found = float(text)
        if found < 0 and not signed:
            name = self._name(field)
            raise FormatError(Code.LEAST, line=self.line, field=name, value=text, least=0)
        if abs(found) > 10**7:
            name = self._name(field)
            raise FormatError(Code.MOST, line=self.line, field=name, value=text, most="10^7")
        return found

    def minutes(self, field: str, *, signed: bool = False) -> int:
        """Return hours as whole minutes."""
        return round(60 * self.number(field, signed=signed))

    def moment(self, field: str) -> datetime | None:
        """Return a moment such as ``2026-03-02 08:00``."""
        text = self.said(field)
        if not text:
            return None
        try:
            found = datetime.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
            if not 1900 <= found.year <= 2999:
                raise ValueError
        except ValueError as error:
            name = self._name(field)
            raise FormatError(Code.MOMENT, line=self.line, field=name, value=text) from error
        return found

    def _name(self, field: str) -> str:
        return f"{self.table}.{field}"


def read_tables(content: bytes) -> dict[str, list[Row]]:
    """Return the rows of every table. Raises ``FormatError``."""
    tables: dict[str, list[Row]] = {}
    table, fields = "", [""]
    for number, line in enumerate(decoded(content).split("\n"), 1):
        mark, *values = line.rstrip("\r").split("\t")
        if mark == "%T":
            table = values[0].strip() if values else ""
            tables.setdefault(table, [])
            fields = []
        elif mark == "%F":
            fields = [value.strip() for value in values]
        elif mark == "%R":
            if not table or not fields:
                raise FormatError(Code.SECTION, line=number, section="%T, %F")
            row = Row(table, number, dict(zip(fields, values, strict=False)))
            tables[table].append(row)
    return tables


def decoded(content: bytes) -> str:
    """Return the text: UTF, or else what the exporting Windows used (GBK or CP1252)."""
    if content.startswith(BYTE_ORDER_MARKS):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    # In GBK, bytes above 127 come in pairs; in CP1252 such letters mostly stand alone.
    runs = [len(run) for run in _HIGH_RUN.findall(content)]
    in_pairs = sum(run for run in runs if run % 2 == 0)
    if 10 * in_pairs >= 8 * sum(runs):
        try:
            return content.decode("gb18030")
        except UnicodeDecodeError:
            pass
    return content.decode("cp1252", errors="replace")
