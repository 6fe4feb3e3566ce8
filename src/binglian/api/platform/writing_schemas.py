"""What a program may send, and what it is answered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from ninja import Schema
from pydantic import Field, model_validator

_Text = {"pattern": r"^[^\x00]*$"}
Title = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\x00]*\S[^\x00]*$")]
Short = Annotated[str, Field(max_length=120, **_Text)]
Unit = Annotated[str, Field(max_length=16, **_Text)]
Code = Annotated[str, Field(max_length=20, pattern=r"^[a-z][a-z0-9_]*$")]
Note = Annotated[str, Field(max_length=400, **_Text)]
Tag = Annotated[str, Field(min_length=1, max_length=30, **_Text)]
Quantity = Annotated[Decimal, Field(ge=0, le=10**10, decimal_places=2)]
Positive = Annotated[Decimal, Field(gt=0, le=10**10, decimal_places=2)]
Longitude = Annotated[float | None, Field(ge=-180, le=180)]
Latitude = Annotated[float | None, Field(ge=-90, le=90)]
Why = Annotated[str, Field(min_length=1, max_length=400, pattern=r"^[^\x00]*\S[^\x00]*$")]


class Placed(Schema):
    """Longitude and latitude in WGS-84 degrees: both or none."""

    longitude: Longitude = None
    latitude: Latitude = None

    @model_validator(mode="after")
    def both_or_none(self) -> Placed:
        if (self.longitude is None) != (self.latitude is None):
            raise ValueError("longitude and latitude must be given together")
        return self


class OfferIn(Placed):
    """Something the member can give."""

    title: Title
    kind: Code
    quantity: Quantity
    unit: Unit = ""
    price: Quantity = Decimal(0)
    renews: bool = False
    tags: Annotated[list[Tag], Field(max_length=10)] = []
    place: Short = ""
    note: Note = ""


class ComponentIn(Schema):
    """One part of a need."""

    kind: Code
    quantity: Positive
    unit: Unit = ""
    title: Short = ""
    tags: Annotated[list[Tag], Field(max_length=10)] = []


class NeedIn(Placed):
    """Something the member needs."""

    title: Title
    components: Annotated[list[ComponentIn], Field(min_length=1, max_length=10)]
    priority: Annotated[str, Field(pattern="^(urgent|important|ordinary)$")] = "ordinary"
    deadline: date | None = None
    beneficiaries: Annotated[int, Field(ge=0, le=10_000_000)] = 0
    place: Short = ""
    note: Note = ""


class ListedOut(Schema):
    """A row of a list as it now is."""

    id: int
    number: str
    title: str
    state: str


class AcceptIn(Schema):
    """On which day it will be delivered; without one, the day proposed stands."""

    due_on: date | None = None


class DeclineIn(Schema):
    """Why not: the other side reads it."""

    why: Why


class DeliverIn(Schema):
    """What was delivered, and when; less than promised needs a note."""

    quantity: Positive
    delivered_on: date
    note: Note = ""


class OwnCommitmentOut(Schema):
    """A commitment to or from the program's member, proposals too."""

    id: int
    is_ours: bool
    giver: str
    receiver: str
    what: str
    given: str
    quantity: float
    unit: str
    state: str
    answer_due_on: date | None
    due_on: date | None


class OwnCommitmentPage(Schema):
    """Some of them, the newest first; ``next`` is the ``cursor`` of those after them."""

    items: list[OwnCommitmentOut]
    next: str | None


class MatterIn(Placed):
    """A report without anything about who reports; with a contact, use Open311."""

    text: Annotated[str, Field(min_length=1, max_length=4000, pattern=r"^[^\x00]*\S[^\x00]*$")]
    category: Annotated[str | None, Field(max_length=30, **_Text)] = None
    address: Short = ""


class ReportedOut(Schema):
    """Its number, and the secret address at which it is followed."""

    number: str
    follow: str
