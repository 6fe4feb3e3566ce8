"""The planning problem: tasks with modes, precedence, calendars, and capacities they share.

Time is an axis of whole units (days, half-days, minutes) counted from 0; unit ``t`` lies between
the instants ``t`` and ``t + 1``. Starts and finishes are instants. Everything is frozen and
checks itself: a wrong value raises ``ValueError`` naming it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = [
    "Calendar",
    "Demand",
    "Frozen",
    "Link",
    "Mode",
    "PlanningProblem",
    "Precedence",
    "Project",
    "Resource",
    "Task",
]

LONGEST = 10**9  # units: no instant lies beyond
MOST = 10**12  # of a resource


def _require(holds: bool, name: str, problem: str) -> None:
    if not holds:
        raise ValueError(f"{name}: {problem}")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Units in which nobody works; all others are worked.

    ``closed`` are stretches ``(first, last)`` of closed units, ``last`` not included, ascending
    and apart from one another.
    """

    ref: str
    closed: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        before = -1
        for first, last in self.closed:
            _require(
                before < first < last <= LONGEST,
                f"calendar {self.ref}",
                f"closed {first}..{last} is empty, out of order, or touches the one before",
            )
            before = last


@dataclass(frozen=True, slots=True)
class Resource:
    """What tasks share: people or machines that are there anew in every unit, or a budget.

    A task that demands a resource works only when the resource's calendar does. ``shortages`` are
    stretches ``(first, last, amount)``, ``last`` not included, ascending and apart, in which
    ``amount`` of the capacity is not there.
    """

    ref: str
    capacity: int
    renewable: bool = True
    calendar: str | None = None
    shortages: tuple[tuple[int, int, int], ...] = ()

    def __post_init__(self) -> None:
        name = f"resource {self.ref}"
        _require(0 <= self.capacity <= MOST, name, f"capacity {self.capacity} is not 0..10¹²")
        _require(self.renewable or self.calendar is None, name, "a budget has no calendar")
        _require(self.renewable or not self.shortages, name, "a budget has no shortages")
        before = 0
        for first, last, amount in self.shortages:
            _require(
                before <= first < last <= LONGEST and 0 < amount <= self.capacity,
                name,
                f"shortage of {amount} in {first}..{last} is empty, out of order, or more than all",
            )
            before = last


@dataclass(frozen=True, slots=True)
class Demand:
    """So much of a resource: in every worked unit if it is renewable, once if it is a budget."""

    resource: str
    amount: int


@dataclass(frozen=True, slots=True)
class Mode:
    """One way of doing a task: how many worked units it takes, and what it uses."""

    ref: str
    duration: int
    demands: tuple[Demand, ...] = ()

    def __post_init__(self) -> None:
        name = f"mode {self.ref}"
        _require(0 <= self.duration <= LONGEST, name, f"duration {self.duration} is below 0")
        named = [demand.resource for demand in self.demands]
        _require(len(named) == len(set(named)), name, "demands a resource twice")
        _require(
            all(0 <= demand.amount <= MOST for demand in self.demands),
            name,
            "demands less than nothing, or more than 10¹²",
        )


@dataclass(frozen=True, slots=True)
class Frozen:
    """What has happened or been promised: when a task starts, in which mode.

    ``mode`` may be left out where the task has but one. ``finish`` is set once it is done; until
    then its mode says how long it takes.
    """

    start: int
    mode: str | None = None
    finish: int | None = None

    def __post_init__(self) -> None:
        name = f"frozen at {self.start}"
        _require(0 <= self.start <= LONGEST, name, "starts before 0 or too late")
        _require(
            self.finish is None or self.start <= self.finish <= LONGEST,
            name,
            f"finishes at {self.finish}, before its start or too late",
        )


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of work; of no duration in any mode it is a milestone.

    A task pauses while its calendar or one of a resource it demands is closed. ``release`` is the
    earliest start; ``deadline`` the latest finish, a hard limit; ``due`` the finish it aims at,
    ``weight`` what each unit later costs. ``counted`` is false where the statutory clock stands
    still (publicity, expert review, hearing, tender).
    """

    ref: str
    modes: tuple[Mode, ...]
    project: str | None = None
    calendar: str | None = None
    release: int = 0
    deadline: int | None = None
    due: int | None = None
    weight: float = 1.0
    counted: bool = True
    frozen: Frozen | None = None

    def __post_init__(self) -> None:
        name = f"task {self.ref}"
        _require(len(self.modes) > 0, name, "has no mode")
        refs = [mode.ref for mode in self.modes]
        _require(len(refs) == len(set(refs)), name, "has two modes of the same name")
        _require(0 <= self.release <= LONGEST, name, f"release {self.release} is below 0")
        _require(self.weight >= 0, name, f"weight {self.weight} is below 0")
        for key in ("deadline", "due"):
            value = getattr(self, key)
            _require(value is None or value >= 0, name, f"{key} {value} is below 0")
        if self.frozen is not None and self.frozen.mode is not None:
            _require(self.frozen.mode in refs, name, f"has no mode {self.frozen.mode}")
        elif self.frozen is not None:
            _require(len(refs) == 1, name, "is frozen: say in which of its modes")


class Link(StrEnum):
    """Which ends a precedence ties: of the one before, then of the one after."""

    FINISH_START = "FS"
    START_START = "SS"
    FINISH_FINISH = "FF"
    START_FINISH = "SF"


@dataclass(frozen=True, slots=True)
class Precedence:
    """``after``'s end comes at least ``least`` and at most ``most`` units after ``before``'s.

    Lags are elapsed units, or worked ones of ``calendar``; a negative ``least`` overlaps. «Start
    early, decide late» is a finish-finish link: what comes after may be prepared before, and
    ends, ``least`` later, once the result is there. A permit that lapses is a finish-start link
    with ``most``.
    """

    before: str
    after: str
    link: Link = Link.FINISH_START
    least: int = 0
    most: int | None = None
    calendar: str | None = None

    def __post_init__(self) -> None:
        name = f"precedence {self.before} → {self.after}"
        _require(self.before != self.after, name, "ties a task to itself")
        _require(
            self.most is None or self.least <= self.most,
            name,
            f"at least {self.least} and at most {self.most} cannot both hold",
        )
        _require(
            self.calendar is None or (self.least >= 0 and (self.most is None or self.most >= 0)),
            name,
            "worked units of a calendar cannot be counted backwards",
        )


@dataclass(frozen=True, slots=True)
class Project:
    """Tasks that belong together; late by ``finish - due``, each unit costs ``weight``."""

    ref: str
    release: int = 0
    deadline: int | None = None
    due: int | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class PlanningProblem:
    """Tasks, what orders them, and what they share.

    ``current`` is the plan in force {task: start}, which a new one should disturb little.
    ``earliest`` is «today»: what is not frozen starts no sooner.
    """

    tasks: tuple[Task, ...]
    precedences: tuple[Precedence, ...] = ()
    resources: tuple[Resource, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    projects: tuple[Project, ...] = ()
    earliest: int = 0
    current: tuple[tuple[str, int], ...] = field(default=())

    def __post_init__(self) -> None:
        tasks = _distinct("task", (task.ref for task in self.tasks))
        resources = _distinct("resource", (one.ref for one in self.resources))
        calendars = _distinct("calendar", (one.ref for one in self.calendars))
        projects = _distinct("project", (one.ref for one in self.projects))
        for resource in self.resources:
            _known("calendar", resource.calendar, calendars, f"resource {resource.ref}")
        for task in self.tasks:
            name = f"task {task.ref}"
            _known("calendar", task.calendar, calendars, name)
            _known("project", task.project, projects, name)
            for mode in task.modes:
                for demand in mode.demands:
                    _known("resource", demand.resource, resources, f"{name}, mode {mode.ref}")
        for one in self.precedences:
            name = f"precedence {one.before} → {one.after}"
            _known("task", one.before, tasks, name)
            _known("task", one.after, tasks, name)
            _known("calendar", one.calendar, calendars, name)
        for ref, _ in self.current:
            _known("task", ref, tasks, "current plan")


def _distinct(kind: str, refs: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    for ref in refs:
        _require(ref not in seen, f"{kind} {ref}", "is there twice")
        seen.add(ref)
    return seen


def _known(kind: str, ref: str | None, refs: set[str], where: str) -> None:
    _require(ref is None or ref in refs, where, f"there is no {kind} {ref}")
