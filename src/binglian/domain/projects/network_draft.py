"""What a file says of a project's network, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from binglian.domain.projects.models import Lag, Link, TaskMode


@dataclass(frozen=True, slots=True)
class DraftTask:
    """One task; ``modes`` say how many working days each way takes."""

    number: str
    title: str
    organisation: str = ""
    modes: Mapping[str, int] = field(default_factory=lambda: {TaskMode.Kind.ORDINARY.value: 0})
    is_counted: bool = True
    not_before_on: date | None = None
    due_on: date | None = None
    deadline_on: date | None = None


@dataclass(frozen=True, slots=True)
class DraftLink:
    """One precedence, by the numbers of its tasks."""

    before: str
    after: str
    link: str = Link.FINISH_START.value
    least: int = 0
    most: int | None = None
    lag: str = Lag.WORKING.value


@dataclass(frozen=True, slots=True)
class NetworkDraft:
    """All of a file. With ``errors`` nothing is carried out; ``remarks`` are for the reader."""

    title: str
    tasks: tuple[DraftTask, ...]
    links: tuple[DraftLink, ...]
    starts_on: date | None = None
    errors: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def serial_days(self) -> int:
        """Working days of all tasks one after another, each in its first way."""
        return sum(next(iter(task.modes.values())) for task in self.tasks)
