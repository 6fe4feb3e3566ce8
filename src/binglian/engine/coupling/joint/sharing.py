"""Offers that their owners open to several alliances: who may use them, and how much of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from binglian.engine.coupling.candidates.finding import find_pairs
from binglian.engine.coupling.judge.tables import Lines, Tables
from binglian.engine.coupling.pairs import Floats, Ints, Supplies
from binglian.engine.coupling.problem import CouplingProblem, Offer


@dataclass(frozen=True, slots=True)
class SharedOffer:
    """An offer that is there only once, whichever of these alliances uses it."""

    offer: Offer
    alliances: tuple[str, ...]


def with_shared(
    problems: Mapping[str, CouplingProblem], shared: Sequence[SharedOffer]
) -> dict[str, CouplingProblem]:
    """Return the problems in alphabetical order, each with the offers open to it.

    Where an alliance lists the offer already, it stays as it is with its pairs; elsewhere it is
    added, with the pairs that the ordinary rules allow.

    Raises
    ------
    ValueError
        An alliance is unknown, lists the offer otherwise, or counts in other units or slots.
    """
    refs = [row.offer.ref for row in shared]
    for ref in refs:
        if refs.count(ref) > 1:
            raise ValueError(f"Shared offer {ref}: listed twice")
    opened = {name: problems[name] for name in sorted(problems)}
    for row in shared:
        for name in row.alliances:
            if name not in opened:
                raise ValueError(f"Shared offer {row.offer.ref}: there is no alliance {name!r}")
        _check_alike(row, [opened[name] for name in row.alliances])
    for name, problem in opened.items():
        known = {offer.ref for offer in problem.offers}
        wanted = [row.offer for row in shared if name in row.alliances]
        opened[name] = _extended(problem, [offer for offer in wanted if offer.ref not in known])
    return opened


def _check_alike(row: SharedOffer, problems: Sequence[CouplingProblem]) -> None:
    name = f"Shared offer {row.offer.ref}"
    if len({problem.scale for problem in problems}) > 1:
        raise ValueError(f"{name}: its alliances count in units of different scale")
    if row.offer.renews and len({problem.slots for problem in problems}) > 1:
        raise ValueError(f"{name}: it renews, but its alliances have different slots")
    for problem in problems:
        if any(o.ref == row.offer.ref and o != row.offer for o in problem.offers):
            raise ValueError(f"{name}: an alliance lists it with other words or figures")


def _extended(problem: CouplingProblem, offers: Sequence[Offer]) -> CouplingProblem:
    if not offers:
        return problem
    found = find_pairs(offers, problem.needs, slots=problem.slots)
    moved = replace(found, offer=found.offer + len(problem.offers))
    return replace(problem, offers=(*problem.offers, *offers), pairs=problem.pairs.joined(moved))


class Stock:
    """What is left of the shared offers, K of them in at most T slots, and who may use it.

    A table ``[k, t]`` counts units of offer ``k`` in slot ``t``; an offer that does not renew has
    everything in slot 0.
    """

    def __init__(
        self, problems: Mapping[str, CouplingProblem], shared: Sequence[SharedOffer]
    ) -> None:
        self.names, self.offers = tuple(problems), tuple(row.offer for row in shared)
        renews = [offer.renews for offer in self.offers]
        most = max((problem.slot_count for problem in problems.values()), default=1)
        self.slots = most if any(renews) else 1
        self.renews: npt.NDArray[np.bool_] = np.array(renews, dtype=np.bool_)
        self.rows = {name: self._rows_in(problems[name], name, shared) for name in self.names}
        self.is_open = np.array([self.rows[name] >= 0 for name in self.names])
        kept = [self.taken(name, p, Tables(p).kept) for name, p in problems.items()]
        quantity = np.array([offer.quantity for offer in self.offers], dtype=np.int64)
        whole = np.repeat(quantity[:, None], self.slots, axis=1)
        whole[~self.renews, 1:] = 0
        self.left: Ints = np.maximum(0, whole - sum(kept, np.zeros_like(whole)))
        #: What each alliance would count as left if nobody else used it.
        self.left_alone = [np.maximum(0, whole - table) for table in kept]

    def _rows_in(self, problem: CouplingProblem, name: str, shared: Sequence[SharedOffer]) -> Ints:
        """Return the row of every shared offer in one alliance, -1 where it is not open."""
        row_of = {offer.ref: o for o, offer in enumerate(problem.offers)}
        rows = [row_of[s.offer.ref] if name in s.alliances else -1 for s in shared]
        return np.array(rows, dtype=np.int64)

    def used(self, name: str, problem: CouplingProblem, supplies: Supplies) -> Ints:
        """Return the units [k, t] that an alliance's new supplies take."""
        return self.taken(name, problem, Tables(problem).new(supplies))

    def taken(self, name: str, problem: CouplingProblem, lines: Lines) -> Ints:
        """Return the units [k, t] that supplies or commitments of one alliance take."""
        number = np.full(len(problem.offers), -1, dtype=np.int64)
        mine = np.flatnonzero(self.rows[name] >= 0)
        number[self.rows[name][mine]] = mine
        k = number[lines.offer]
        renews = np.append(self.renews, False)[k]
        table: Ints = np.zeros((len(self.offers), self.slots), dtype=np.int64)
        once = (k >= 0) & ~renews
        np.add.at(table, (k[once], 0), lines.given[once] * lines.times[once])
        placed = (k >= 0) & renews & (lines.slot >= 0)
        np.add.at(table, (k[placed], lines.slot[placed]), lines.given[placed])
        always = (k >= 0) & renews & (lines.slot < 0)
        np.add.at(table, k[always], lines.given[always, None])
        return table


def split(left: Ints, demand: Floats, is_open: npt.NDArray[np.bool_]) -> Ints:
    """Split ``left[k, t]`` whole units by ``demand[a, k, t]`` among the alliances that may.

    Largest remainders get the units that are over, earlier alliances first among equals. Where
    nobody asks, all who may get alike.
    """
    may = np.repeat(is_open[:, :, None], left.shape[1], axis=2)
    asked = np.where(may, demand, 0.0)
    asked = np.where(asked.sum(axis=0) > 0, asked, may)
    total = np.maximum(asked.sum(axis=0), 1e-300)
    fair = left * asked / total
    whole = np.floor(fair).astype(np.int64)
    rank = np.argsort(np.argsort(whole - fair, axis=0, kind="stable"), axis=0, kind="stable")
    somebody = may.any(axis=0)
    over = np.where(somebody, left - whole.sum(axis=0), 0)
    parts: Ints = whole + (rank < over)
    return parts
