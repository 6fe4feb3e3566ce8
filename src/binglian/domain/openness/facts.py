"""What somebody says who asks for information."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """The wish, and how to reach who has it; neither shows in a traceback."""

    text: str = field(repr=False)
    #: {name, phone, email}: none at all is enough, for the secret link tells the answer.
    contact: Mapping[str, str] = field(default_factory=dict, repr=False)
    consent_text: str = ""
    #: When it came in, where that is earlier than now: a letter, a note taken at the counter.
    came_at: datetime | None = None
