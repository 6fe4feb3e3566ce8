"""What a monthly briefing holds, as plain content. Organisations only, no persons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from binglian.papers.drawing import Drawing

#: What the papers of special tasks may be long: 4,000 characters, blanks not counted.
MOST_CHARACTERS = 4000


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the month beside the same of the month before.

    Attributes
    ----------
    now, before, change
        As they are printed, e.g. ``12``, ``9`` and ``+3``.
    url
        Where the records behind it are listed.
    """

    label: str
    now: str
    before: str
    change: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing told; ``facts`` stands beside it, e.g. whom one waits for and since when."""

    text: str
    url: str
    facts: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One part: what was written about it, and the lines from the records.

    Attributes
    ----------
    text
        As it was written; each line becomes a paragraph.
    url
        Where all of it stands.
    left_out
        Lines that the paper has no room for.
    """

    title: str
    text: str
    lines: tuple[Line, ...]
    url: str
    left_out: int = 0
    #: What stands there when there is nothing to tell.
    nothing: str = ""

    @property
    def rest(self) -> str:
        """What is said of the lines left out; "" when all are there."""
        return f"还有 {self.left_out} 项，见平台" if self.left_out else ""


@dataclass(frozen=True, slots=True)
class BriefingPaper:
    """The briefing of one month (月度简报)."""

    alliance: str
    title: str
    #: Who answers for it: the two leads.
    issued_by: str
    #: Until when what was recorded is in it, e.g. «截至 2026-11-03 09:00».
    known_until: str
    this_month: str
    last_month: str
    figures: tuple[Figure, ...]
    parts: tuple[Part, ...]
    drawings: tuple[Drawing, ...]
    dated: datetime
    #: Stands above everything while it is not approved; "" once it is.
    mark: str = ""
