"""Lists and workbooks as files to keep."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

from binglian.sheets.writing import SheetOut, write_csv, write_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
KINDS |= {"jsonl": "application/jsonl; charset=utf-8", "pem": "application/x-pem-file"}
KINDS |= {"docx": DOCX, "pdf": "application/pdf"}


def download(sheet: SheetOut, name: str, wanted: str) -> HttpResponse:
    """A sheet as a file: ``wanted`` is ``csv``, or anything else for .xlsx."""
    language = get_language() or "zh-hans"
    if wanted == "csv":
        return as_file(write_csv(sheet, language), f"{name}.csv")
    return as_file(write_workbook([sheet], language), f"{name}.xlsx")


def as_file(content: bytes, filename: str) -> HttpResponse:
    """Bytes to keep under a name."""
    kind = KINDS.get(filename.rpartition(".")[2], XLSX)
    disposition = content_disposition_header(True, filename)
    return HttpResponse(content, kind, headers={"Content-Disposition": disposition})
