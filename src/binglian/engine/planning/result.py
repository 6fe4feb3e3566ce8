"""The answer of the planning engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .obstacle import Obstacle

__all__ = ["Bound", "Plan", "PlanningResult", "Progress", "Status", "Tiers"]


class Status(StrEnum):
    """How a run ended."""

    OPTIMAL = "optimal"  # the bound equals the makespan, or CP-SAT proved the first aims
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"  # proven: no plan keeps all rules
    UNKNOWN = "unknown"  # no plan found, none excluded
    STOPPED = "stopped"


class Bound(StrEnum):
    """What proves the bound on the makespan."""

    CRITICAL_PATH = "critical path"
    CAPACITY = "capacity"  # the work of one resource over the time it has
    ENERGY = "energy"  # the same, with heads and tails
    DESTRUCTIVE = "destructive"  # shorter ones were shown to be impossible
    SEARCH = "search"  # CP-SAT


@dataclass(frozen=True, slots=True)
class Plan:
    """When every task starts and finishes (instants), and in which mode, by task ref."""

    starts: Mapping[str, int]
    finishes: Mapping[str, int]
    modes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tiers:
    """Aims in strict order, less is better.

    ``overrun``: units beyond hard deadlines, 0 if they can be kept. ``lateness``: weighted units
    beyond due dates of projects and tasks. ``makespan``: the last finish. ``moved``: units by
    which starts differ from the current plan. ``unevenness``: see ``judge.tiers.unevenness``.
    """

    overrun: int
    lateness: float
    makespan: int
    moved: int = 0
    unevenness: float = 0.0


@dataclass(frozen=True, slots=True)
class Progress:
    """A glance at a run under way; ``share`` runs from 0 to 1.

    ``makespan`` and ``finishes``, when each project that has tasks ends, are those of the best plan
    so far: None and nothing while there is none.
    """

    share: float
    makespan: int | None
    bound: int
    finishes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanningResult:
    """A plan, what it is worth, and how much better any plan could be.

    ``bound`` is proven: no sound plan has a smaller makespan; ``proven_by`` says how. ``gap`` is
    (makespan - bound) / bound. ``serial`` is the sum of all durations, each task in the mode
    planned; ``plan`` is None if none was found. ``obstacles`` say why there can be none.
    """

    status: Status
    plan: Plan | None
    tiers: Tiers | None
    bound: int
    proven_by: Bound
    serial: int
    seconds: float
    obstacles: tuple[Obstacle, ...] = ()

    @property
    def gap(self) -> float | None:
        """Return (makespan - bound) / bound; None without a plan, 0 if both are 0."""
        if self.tiers is None:
            return None
        above = self.tiers.makespan - self.bound
        return above / self.bound if self.bound else float(above > 0)
