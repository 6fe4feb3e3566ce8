"""What a notice holds, as plain content. Organisations and posts only, no persons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from binglian.papers.drawing import Drawing


@dataclass(frozen=True, slots=True)
class NoticePaper:
    """One notice (整改通知) with the five things fixed; what is not fixed yet is empty."""

    alliance: str
    number: str
    project: str
    place: str
    grade: str
    family: str
    what: str
    organisation: str
    due_on: date
    standard: str
    issued_on: date
    post: str = ""
    duty: str = ""
    measure: str = ""
    #: What must stand still until somebody consents; empty where nothing must.
    stop: str = ""
    #: Where it is on the map or on a plan, and the pictures taken when it was issued.
    drawings: tuple[Drawing, ...] = ()
    #: What happened until now: day, step, words.
    steps: tuple[tuple[date, str, str], ...] = ()
    #: The date of the file; together with the rest it decides the bytes.
    dated: datetime | None = None
