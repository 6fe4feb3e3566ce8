"""From rows to files: workbooks, .csv, templates, and the user's own file with its problems."""

from binglian.sheets.writing.books import SheetOut, write_csv, write_workbook
from binglian.sheets.writing.marks import mark_problems
from binglian.sheets.writing.templates import TemplateKind, template

__all__ = [
    "SheetOut",
    "TemplateKind",
    "mark_problems",
    "template",
    "write_csv",
    "write_workbook",
]
