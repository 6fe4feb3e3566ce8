"""What comes into actions on findings and goods, as plain content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from binglian.domain.matters.facts import PhotoFacts

if TYPE_CHECKING:
    from binglian.domain.alliance.models import Organisation
    from binglian.domain.checks.models import ChecklistItem, Inspection, Observation, SitePlan


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
    observation: Observation | None = None
    latitude: float | None = None
    longitude: float | None = None
    #: On a plan: the part of its width from the left and of its height from the top.
    plan: SitePlan | None = None
    plan_x: float | None = None
    plan_y: float | None = None
    photos: tuple[PhotoFacts, ...] = ()


#: Of one good.
MOST_QUANTITY = 1_000_000
#: Of one unit, in yuan.
MOST_PRICE = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class GoodFacts:
    """One line of a receipt; ``unit_price`` in yuan with at most two decimals."""

    item: str
    quantity: int
    unit: str
    unit_price: Decimal
