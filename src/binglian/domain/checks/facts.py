"""What comes into actions on findings, as plain content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from binglian.domain.matters.facts import PhotoFacts

if TYPE_CHECKING:
    from binglian.domain.alliance.models import Organisation
    from binglian.domain.checks.models import ChecklistItem, Inspection


@dataclass(frozen=True, slots=True)
class FindingFacts:
    """What an inspector saw; ``latitude`` and ``longitude`` in degrees (WGS-84), both or none.

    ``standard`` is what must be reached; left empty, the point of the checklist says it.
    """

    what: str
    place: str
    family: str
    grade: str
    organisation: Organisation
    due_on: date
    found_at: datetime
    standard: str = ""
    item: ChecklistItem | None = None
    inspection: Inspection | None = None
    latitude: float | None = None
    longitude: float | None = None
    photos: tuple[PhotoFacts, ...] = ()
