"""What the minutes of a joint meeting hold, as plain content. Organisations only, no persons."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Attendance:
    """One organisation at the meeting."""

    organisation: str
    #: How it took part, e.g. «出席», «列席», «请假».
    how: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """Something resolved: who does what until when."""

    number: str
    text: str
    owner: str
    due_on: date | None = None
    #: Where it stands when the paper is made, e.g. «进行中»; empty for a new one.
    state: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One point of the agenda: what was said, what was resolved."""

    title: str
    #: As it was written; each line becomes a paragraph.
    discussion: str = ""
    resolutions: tuple[Resolution, ...] = ()


@dataclass(frozen=True, slots=True)
class MinutesPaper:
    """The minutes of one meeting (会议纪要)."""

    alliance: str
    title: str
    held_at: datetime
    place: str
    #: The organisation in the chair (轮值主持单位).
    chair: str
    items: tuple[Item, ...]
    attendance: tuple[Attendance, ...] = ()
    #: Resolutions of earlier meetings that are still open.
    earlier: tuple[Resolution, ...] = ()
    number: str = ""
    next_meeting: str = ""
    #: The date of the file; together with the rest it decides the bytes.
    dated: datetime | None = field(default=None, kw_only=True)
