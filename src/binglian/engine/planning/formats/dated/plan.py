"""What the formats of project programs have in common."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from binglian.engine.planning.formats.remarks import Remark
from binglian.engine.planning.problem import Link

from .working_time import WorkingTime


class ConstraintKind(StrEnum):
    """What a date of a task says."""

    START_FROM = "start from"
    START_BY = "start by"
    START_ON = "start on"
    FINISH_FROM = "finish from"
    FINISH_BY = "finish by"
    FINISH_ON = "finish on"


@dataclass(frozen=True)
class Constraint:
    """One date of a task."""

    kind: ConstraintKind
    moment: datetime


@dataclass(frozen=True)
class DatedTask:
    """A task; ``minutes`` of work in the time that all its ``calendars`` share.

    Without calendars it goes on day and night. ``remaining`` are the minutes left at the status
    date of a task under way. ``demands`` are hundredths of resources.
    """

    ref: str
    title: str
    minutes: int
    calendars: frozenset[str] = frozenset()
    constraints: tuple[Constraint, ...] = ()
    demands: Mapping[str, int] = field(default_factory=dict)
    started: datetime | None = None
    finished: datetime | None = None
    remaining: int | None = None
    project: str | None = None
    owner: str = ""
    row: int | None = None


@dataclass(frozen=True)
class DatedLink:
    """A link whose lag counts minutes of a calendar, or of all time if that is None."""

    before: str
    after: str
    link: Link
    minutes: int = 0
    calendar: str | None = None


@dataclass(frozen=True)
class DatedResource:
    """So many hundredths of it; None: as many as anybody asks for."""

    ref: str
    hundredths: int | None


@dataclass(frozen=True)
class DatedPlan:
    """A plan in dates; ``status`` is the moment before which nothing new can start."""

    start: datetime
    tasks: tuple[DatedTask, ...]
    links: tuple[DatedLink, ...] = ()
    resources: tuple[DatedResource, ...] = ()
    calendars: Mapping[str, WorkingTime] = field(default_factory=dict)
    status: datetime | None = None
    title: str = ""
    remarks: tuple[Remark, ...] = ()
