"""Alliances drawn for the measurement, and all of them written down as one problem."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce

import numpy as np

from benchmarks.coupling.generator import random_problem
from binglian.engine.coupling.joint.sharing import SharedOffer, with_shared
from binglian.engine.coupling.problem import CouplingProblem, Offer

SHARED_OF = 50  # offers of an alliance, one is open to all


def drawn(name: str, rows: int, seed: int) -> CouplingProblem:
    """Draw one alliance of so many offers and needs."""
    problem = random_problem(rows, seed=seed)
    return replace(
        problem,
        offers=tuple(replace(o, ref=f"{name}/{o.ref}") for o in problem.offers),
        needs=tuple(
            replace(n, ref=f"{name}/{n.ref}", organisation=f"{name}/{n.organisation}")
            for n in problem.needs
        ),
        kept=(),
    )


def opened(problem: CouplingProblem) -> tuple[Offer, ...]:
    """Return the offers that an alliance opens to all."""
    return problem.offers[::SHARED_OF]


def as_one(
    problems: Mapping[str, CouplingProblem], shared: Sequence[SharedOffer]
) -> CouplingProblem:
    """Return all alliances as one problem, each shared offer in it once: what peers solve."""
    extended = with_shared(problems, shared)
    offers = {offer.ref: offer for problem in extended.values() for offer in problem.offers}
    row_of = {ref: row for row, ref in enumerate(offers)}
    needs, parts = [], []
    for problem in extended.values():
        rows = np.array([row_of[offer.ref] for offer in problem.offers], dtype=np.int64)
        pairs = problem.pairs
        moved = replace(
            pairs,
            offer=rows[pairs.offer].astype(pairs.offer.dtype),
            need=(pairs.need + len(needs)).astype(pairs.need.dtype),
        )
        parts.append(moved)
        needs += problem.needs
    pairs = reduce(lambda one, other: one.joined(other), parts)
    return CouplingProblem(tuple(offers.values()), tuple(needs), pairs)
