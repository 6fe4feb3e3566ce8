"""Two plain figures of an answer: how often offers are used, and who carries how much of it."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from binglian.engine.coupling.judge.aims import shares_served
from binglian.engine.coupling.judge.tables import Tables, product
from binglian.engine.coupling.pairs import Supplies
from binglian.engine.coupling.problem import CouplingProblem


@dataclass(frozen=True, slots=True)
class Leverage:
    """What the cores deliver and what all others do, in the same points of need served."""

    by_cores: float
    by_others: float

    @property
    def factor(self) -> float | None:
        """Return what others deliver for each point of the cores', None if these give nothing."""
        return self.by_others / self.by_cores if self.by_cores > 0 else None


def reuse_factor(problem: CouplingProblem, supplies: Supplies) -> float | None:
    """Return fulfilled uses for each offer used, None if nothing is used.

    A use is one supply, new or kept, of one component in one slot; a commitment kept without a
    slot counts once for each of the need's times.
    """
    tables = Tables(problem)
    uses = len(supplies) + int(tables.kept.times.sum())
    used = np.union1d(problem.pairs.offer[supplies.pair], tables.kept.offer)
    return uses / len(used) if len(used) else None


def leverage(problem: CouplingProblem, supplies: Supplies, cores: Collection[str]) -> Leverage:
    """Return how much of the weight served comes from the ``cores`` and how much from others.

    Each supply, new or kept, carries its part of the need's weight; a need that must be met
    fully and is not counts for nobody.
    """
    tables = Tables(problem)
    kept, new = tables.kept, tables.new(supplies)
    offer = np.concatenate((new.offer, kept.offer))
    need = np.concatenate((new.need, kept.need))
    part = np.concatenate((new.part, kept.part))
    received = np.concatenate((new.received, product(kept.received, kept.times)))
    fulfilled = shares_served(problem, supplies)[need] > 0
    value = fulfilled * tables.weight[need] * received / tables.full[part]
    is_core = np.array([row.organisation in cores for row in problem.offers], dtype=np.bool_)
    from_core = is_core[offer]
    return Leverage(float(value[from_core].sum()), float(value[~from_core].sum()))
