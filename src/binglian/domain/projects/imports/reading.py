"""A file of any known kind as a draft; whatever is wrong is told with its place."""

from __future__ import annotations

from pathlib import PurePath

from binglian.domain.projects import engine_adapter as engine
from binglian.domain.projects.network_draft import NetworkDraft
from binglian.sheets.plans import parse_plan
from binglian.sheets.reading import BadFile, read_workbook

from .sheet import draft_of_rows

_SHEETS = (".xlsx", ".csv")


def read_network(content: bytes, filename: str) -> NetworkDraft:
    """Read a spreadsheet, an MS Project file (MSPDI) or a P6 export; writes nothing."""
    try:
        if content.startswith(b"PK") or PurePath(filename).suffix.lower() in _SHEETS:
            return draft_of_rows(parse_plan(read_workbook(content, filename)))
        return engine.draft_of_file(content, filename)
    except (BadFile, engine.UnreadablePlan) as error:
        return NetworkDraft("", (), (), errors=(str(error),))
