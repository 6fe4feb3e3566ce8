"""The ledger as files: to read in a spreadsheet, or to compute every hash anew."""

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from binglian.domain.ledger.acts import ACTS, object_label
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.refusals import refuse_unless
from binglian.sheets.reading.files import guarded
from binglian.sheets.writing.books import put_text, saved
from binglian.web.downloads import KINDS, as_file

#: A workbook is built in memory; longer ledgers are for .csv and .jsonl, which are streamed.
MOST_IN_A_WORKBOOK = 20_000
CHUNK = 2_000


def export(
    rows: QuerySet[LedgerEntry], name: str, form: str
) -> HttpResponse | StreamingHttpResponse:
    """The rows, oldest first, as ``csv``, ``jsonl`` or, for anything else, .xlsx."""
    rows = rows.order_by("number")
    if form == "jsonl":
        return _streamed(map(_json_line, _in_chunks(rows)), f"{name}.jsonl")
    if form == "csv":
        return _streamed(_csv_lines(rows), f"{name}.csv")
    found = list(rows[: MOST_IN_A_WORKBOOK + 1])
    refuse_unless(
        len(found) <= MOST_IN_A_WORKBOOK,
        _("超过 %(most)s 行，放不进一个工作簿。请先缩小范围，或导出 .csv。")
        % {"most": MOST_IN_A_WORKBOOK},
    )
    return as_file(_workbook(found), f"{name}.xlsx")


def _in_chunks(rows: QuerySet[LedgerEntry]) -> Iterator[LedgerEntry]:
    """Row by row, without holding the database open while a slow reader takes them."""
    after = 0
    while chunk := list(rows.filter(number__gt=after)[:CHUNK]):
        yield from chunk
        after = chunk[-1].number


def _json_line(entry: LedgerEntry) -> str:
    """What the hash is made from, and the hash."""
    return json.dumps(entry.content() | {"hash": entry.hash}, ensure_ascii=False) + "\n"


def _csv_lines(rows: QuerySet[LedgerEntry]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    cells = _Cells()
    yield "\ufeff" + writer.writerow(cells.headings)
    for entry in _in_chunks(rows):
        yield writer.writerow([guarded(text) for text in cells.of(entry)])


def _workbook(rows: list[LedgerEntry]) -> bytes:
    book = Workbook(write_only=True)
    page = book.create_sheet(_("台账"))
    page.freeze_panes = "A2"
    cells = _Cells()
    for line in (cells.headings, *map(cells.of, rows)):
        page.append([_text_cell(page, text) for text in line])
    return saved(book)


class _Cells:
    """The texts of a row, its words taken once in the reader's language.

    A streamed answer is made after the request has ended, and its language with it.
    """

    def __init__(self) -> None:
        self.acts = {act: str(label) for act, label in ACTS.items()}
        self.kinds: dict[str, str] = {}
        self.system = _("系统")
        self.headings = [
            *(_("序号"), _("时间"), _("谁"), _("单位"), _("行为"), _("行为代码")),
            *(_("对象类型"), _("对象号"), _("对象"), _("变更"), _("前一哈希"), _("哈希")),
        ]

    def of(self, entry: LedgerEntry) -> list[str]:
        content = entry.content()
        kind = self.kinds.setdefault(entry.object_type, str(object_label(entry.object_type)))
        return [
            *(str(entry.number), content["at"], entry.user or self.system, entry.organisation),
            *(self.acts.get(entry.act, entry.act), entry.act, kind, entry.object_id),
            *(entry.object_label, entry.change, entry.previous_hash, entry.hash),
        ]


class _Echo:
    """A file that gives back what is written to it, for ``csv`` to write single lines."""

    def write(self, line: str) -> str:
        return line


def _text_cell(page: Any, text: str) -> Any:
    cell = WriteOnlyCell(page)
    put_text(cell, text)
    return cell


def _streamed(lines: Iterator[str], filename: str) -> StreamingHttpResponse:
    disposition = content_disposition_header(True, filename)
    kind = KINDS[filename.rpartition(".")[2]]
    return StreamingHttpResponse(lines, kind, headers={"Content-Disposition": disposition})
