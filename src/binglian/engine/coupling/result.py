"""What a coupling run answers."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How far the answer is proven."""

    OPTIMAL = "optimal"  # no answer serves more: the bound equals the objective
    FEASIBLE = "feasible"  # keeps every rule; the bound says how much better one could be
    STOPPED = "stopped"  # as FEASIBLE, but somebody asked to stop


@dataclass(frozen=True, slots=True)
class Tiers:
    """The three aims, in order: an earlier one is never traded for a later one.

    ``served``: sum over needs of weight × share served (more is better).
    ``fit``: sum over new matches of fit × share of the need it carries (more is better).
    ``crowding``: sum over organisations of a cost growing with the needs each carries (less is
    better): the first need costs 0, the second 1, the third 2, and shares in proportion.
    """

    served: float
    fit: float
    crowding: float


@dataclass(frozen=True, slots=True)
class Progress:
    """A glance at a run under way; ``share`` runs from 0 to 1."""

    phase: str
    share: float
    objective: float
    bound: float


@dataclass(frozen=True, slots=True)
class CouplingResult:
    """``quantities[p]`` of pair ``p``, always keeping every rule; ``prices[o]`` per unit of offer.

    ``bound`` limits the objective of every possible answer; ``gap`` is (bound - objective) / bound.
    """

    status: Status
    quantities: tuple[int, ...]
    objective: float
    bound: float
    gap: float
    seconds: float
    prices: tuple[float, ...]
    tiers: Tiers
