"""What a coupling run answers."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .pairs import Floats, Supplies
from .problem import CouplingProblem


class Status(StrEnum):
    """How far the answer is proven."""

    OPTIMAL = "optimal"  # no answer serves more: the bound equals the objective
    FEASIBLE = "feasible"  # keeps every rule; the bound says how much better one could be
    STOPPED = "stopped"  # as FEASIBLE, but somebody asked to stop


@dataclass(frozen=True, slots=True)
class Tiers:
    """The three aims, in order: an earlier one is never traded for a later one.

    ``served``: sum over needs of weight × share served, plus what pairs add or cost by
    themselves (more is better).
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


@dataclass(frozen=True, eq=False)
class Prices:
    """What one more unit would be worth to the alliance, in points of the first aim.

    ``offer[o, t]`` per unit of offer ``o`` in slot ``t`` (the same in every slot unless the offer
    renews), ``effort[g]`` of organisation row ``g``, ``budget[b]`` per unit of money.
    """

    offer: Floats
    effort: Floats
    budget: Floats

    @classmethod
    def none(cls, problem: CouplingProblem) -> "Prices":
        """Return the price 0 for everything."""
        return cls(
            np.zeros((len(problem.offers), problem.slot_count)),
            np.zeros(len(problem.organisations)),
            np.zeros(len(problem.budgets)),
        )


@dataclass(frozen=True, slots=True)
class CouplingResult:
    """``supplies`` always keep every rule; ``bound`` limits the objective of every answer.

    ``price_bound`` is the bound that ``prices`` prove, for anyone to work out again; ``bound`` may
    be lower where branch and bound went further. ``gap`` is (bound - objective) / bound.
    """

    status: Status
    supplies: Supplies
    objective: float
    bound: float
    price_bound: float
    gap: float
    seconds: float
    prices: Prices
    tiers: Tiers
