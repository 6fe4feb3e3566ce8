"""What somebody tells when they report a matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from .models import Category, Matter


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """How to reach who reports, and the words they agreed to. Never shown in a traceback."""

    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    consent_text: str = ""

    def is_empty(self) -> bool:
        return not (self.name or self.phone or self.email)


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """A picture, already without what the camera wrote into it; sizes in pixels."""

    image: bytes = field(repr=False)
    media_type: str
    width: int
    height: int
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class MatterFacts:
    """One report. Degrees are WGS-84; both or none."""

    text: str
    category: Category | None = None
    source: str = Matter.Source.WEB
    longitude: float | None = None
    latitude: float | None = None
    address: str = ""
    courtyard: str = ""
    contact: ContactFacts | None = None
    photos: Sequence[PhotoFacts] = ()
    answers: Mapping[str, object] = field(default_factory=dict)
    #: When it was said, where that is earlier than now: a mail, a call written up afterwards.
    reported_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """The matter, and the secret with which its reporter follows it; nobody can look it up."""

    matter: Matter
    token: str = field(repr=False)
