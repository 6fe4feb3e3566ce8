"""What there is to say about a file of outlines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """An error keeps an area out; a warning wants a look; a note says what was done."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence, with the area it is about and, where it has them, a place and a size.

    ``position`` counts features of the file from 1; ``at`` is longitude and latitude in WGS-84.
    """

    severity: Severity
    kind: str
    message: str
    remedy: str = ""
    position: int | None = None
    name: str = ""
    at: tuple[float, float] | None = None
    square_metres: float | None = None


class BadAreaFile(ValueError):
    """Not a file of outlines at all; the message says why and what to do."""


def positions_in_error(findings: Iterable[Finding]) -> set[int]:
    """Features that cannot be taken in."""
    return {
        finding.position
        for finding in findings
        if finding.severity is Severity.ERROR and finding.position is not None
    }
