"""Small changes of a problem, to ask what they would bring."""

from collections.abc import Collection
from dataclasses import fields, replace
from typing import Protocol

import numpy as np

from .candidates.finding import find_pairs
from .pairs import Pairs, Supplies
from .problem import CouplingProblem, Offer
from .result import CouplingResult


class Solve(Protocol):
    """Solves a problem, starting from an answer if one is given."""

    def __call__(
        self, problem: CouplingProblem, *, warm_start: Supplies | None = None
    ) -> CouplingResult: ...


def with_offer(
    problem: CouplingProblem, offer: Offer, *, only: Collection[int] | None = None
) -> CouplingProblem:
    """Return the problem with one more offer, last, and its pairs after all others.

    With ``only``, the offer is paired with these needs alone.
    """
    found = find_pairs((offer,), problem.needs, slots=problem.slots)
    if only is not None:
        rows = np.isin(found.need, np.array(sorted(only), dtype=np.int64))
        found = Pairs(**{field.name: getattr(found, field.name)[rows] for field in fields(Pairs)})
    place = np.full(len(found), len(problem.offers), dtype=np.int32)
    more = replace(found, offer=place)
    columns = {
        field.name: np.concatenate([getattr(problem.pairs, field.name), getattr(more, field.name)])
        for field in fields(Pairs)
    }
    return replace(problem, offers=(*problem.offers, offer), pairs=Pairs(**columns))
