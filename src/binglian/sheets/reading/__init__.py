"""From a file to tables: open it, find the headings, keep the rows that say something."""

from binglian.sheets.reading.files import BadFile, RawSheet, read_workbook
from binglian.sheets.reading.tables import Row, Table, guess_kind, recognise

__all__ = ["BadFile", "RawSheet", "Row", "Table", "guess_kind", "read_workbook", "recognise"]
