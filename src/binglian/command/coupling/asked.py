"""What a file asks: a coupling problem, and where its rows stand in the file."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from binglian.command.refusals import CommandRefused
from binglian.command.words import gettext as _
from binglian.engine.coupling.form import Measures
from binglian.engine.coupling.problem import CouplingProblem


@dataclass(frozen=True, slots=True)
class Asked:
    """A problem as read; rows are those of the spreadsheet, or positions counted from 1."""

    problem: CouplingProblem
    fingerprint: str
    offer_rows: Sequence[int]
    need_rows: Sequence[int]
    component_rows: Sequence[Sequence[int]] | None = None  # None: the row of the need
    measures: Measures = field(default_factory=Measures)
    is_spreadsheet: bool = False

    def component_row(self, need: int, component: int) -> int:
        """Return where a component stands."""
        if self.component_rows is None:
            return self.need_rows[need]
        return self.component_rows[need][component]


def read_bytes(file: Path) -> bytes:
    """Return what a file holds. Raises ``CommandRefused`` if it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        reason = {"file": file, "why": error.strerror}
        raise CommandRefused(_("读不了文件 %(file)s：%(why)s。") % reason) from error


def fingerprint_of(content: bytes) -> str:
    """Return what tells this file from any other."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
