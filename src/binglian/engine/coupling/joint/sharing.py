"""Offers that their owners open to several alliances: who may use them, and how much of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from binglian.engine.coupling.candidates.finding import find_pairs
from binglian.engine.coupling.judge.tables import Lines, Tables
from binglian.engine.coupling.pairs import Floats, Ints, Supplies
from binglian.engine.coupling.problem import CouplingProblem, Offer, Window


@dataclass(frozen=True, slots=True)
class SharedOffer:
    """An offer that is there only once, whichever of these alliances uses it."""

    offer: Offer
    alliances: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the others must know of an alliance before anything is shared, small whatever its size.

    ``listed`` are the shared offers that it lists itself, as it lists them.
    """

    scale: int
    slots: tuple[Window, ...]
    slot_count: int
    listed: tuple[Offer, ...]


def terms_of(problem: CouplingProblem, refs: Collection[str]) -> Terms:
    """Return the terms of an alliance for the shared offers of these refs."""
    listed = tuple(offer for offer in problem.offers if offer.ref in refs)
    return Terms(problem.scale, problem.slots, problem.slot_count, listed)


def check_shared(terms: Mapping[str, Terms], shared: Sequence[SharedOffer]) -> None:
    """See that shared offers are the same thing to all who may use them.

    Raises
    ------
    ValueError
        An alliance is unknown, lists the offer otherwise, or counts in other units or slots.
    """
    seen: set[str] = set()
    for row in shared:
        ref, name = row.offer.ref, f"Shared offer {row.offer.ref}"
        if ref in seen:
            raise ValueError(f"{name}: listed twice")
        seen.add(ref)
        for alliance in row.alliances:
            if alliance not in terms:
                raise ValueError(f"{name}: there is no alliance {alliance!r}")
        able = [terms[alliance] for alliance in row.alliances]
        if len({one.scale for one in able}) > 1:
            raise ValueError(f"{name}: its alliances count in units of different scale")
        if row.offer.renews and len({one.slots for one in able}) > 1:
            raise ValueError(f"{name}: it renews, but its alliances have different slots")
        if any(o.ref == ref and o != row.offer for one in able for o in one.listed):
            raise ValueError(f"{name}: an alliance lists it with other words or figures")


def open_to(problem: CouplingProblem, offers: Sequence[Offer]) -> CouplingProblem:
    """Return a problem with the shared offers open to it.

    What the alliance lists already stays as it is with its pairs; what it does not is added, with
    the pairs that the ordinary rules allow.
    """
    known = {offer.ref for offer in problem.offers}
    added = [offer for offer in offers if offer.ref not in known]
    if not added:
        return problem
    found = find_pairs(added, problem.needs, slots=problem.slots)
    moved = replace(found, offer=found.offer + len(problem.offers))
    return replace(problem, offers=(*problem.offers, *added), pairs=problem.pairs.joined(moved))


def with_shared(
    problems: Mapping[str, CouplingProblem], shared: Sequence[SharedOffer]
) -> dict[str, CouplingProblem]:
    """Return the problems in alphabetical order, each with the offers open to it.

    Raises ``ValueError`` as ``check_shared``.
    """
    refs = {row.offer.ref for row in shared}
    check_shared({name: terms_of(problem, refs) for name, problem in problems.items()}, shared)
    return {name: open_to(problems[name], offers_for(name, shared)) for name in sorted(problems)}


def offers_for(name: str, shared: Sequence[SharedOffer]) -> list[Offer]:
    """Return the shared offers that an alliance may use."""
    return [row.offer for row in shared if name in row.alliances]


@dataclass(frozen=True, slots=True)
class View:
    """Where one alliance's problem has the K shared offers: ``rows``, -1 where not open to it.

    A table ``[k, t]`` counts units of offer ``k`` in slot ``t``, of ``slots``; an offer that does
    not renew (``renews``, K) has everything in slot 0.
    """

    rows: Ints
    renews: npt.NDArray[np.bool_]
    slots: int

    def kept(self, problem: CouplingProblem) -> Ints:
        """Return the units [k, t] that an alliance's commitments take."""
        return self._taken(Tables(problem).kept)

    def used(self, problem: CouplingProblem, supplies: Supplies) -> Ints:
        """Return the units [k, t] that an alliance's new supplies take."""
        return self._taken(Tables(problem).new(supplies))

    def _taken(self, lines: Lines) -> Ints:
        number = np.full(int(max(lines.offer.max(initial=-1), self.rows.max(initial=-1))) + 1, -1)
        mine = np.flatnonzero(self.rows >= 0)
        number[self.rows[mine]] = mine
        k = number[lines.offer]
        renews = np.append(self.renews, False)[k]
        table: Ints = np.zeros((len(self.rows), self.slots), dtype=np.int64)
        once = (k >= 0) & ~renews
        np.add.at(table, (k[once], 0), lines.given[once] * lines.times[once])
        placed = (k >= 0) & renews & (lines.slot >= 0)
        np.add.at(table, (k[placed], lines.slot[placed]), lines.given[placed])
        always = (k >= 0) & renews & (lines.slot < 0)
        np.add.at(table, k[always], lines.given[always, None])
        return table


def view_of(problem: CouplingProblem, name: str, shared: Sequence[SharedOffer], slots: int) -> View:
    """Return where an alliance's opened problem has the shared offers."""
    row_of = {offer.ref: o for o, offer in enumerate(problem.offers)}
    rows = [row_of[s.offer.ref] if name in s.alliances else -1 for s in shared]
    renews: npt.NDArray[np.bool_] = np.array([s.offer.renews for s in shared], dtype=np.bool_)
    return View(np.array(rows, dtype=np.int64), renews, slots)


def kept_in(problem: CouplingProblem, view: View) -> Ints:
    """Return the units [k, t] that an alliance has promised already."""
    return view.kept(problem)


def slots_together(shared: Sequence[SharedOffer], counts: Iterable[int]) -> int:
    """Return T, of alliances with so many slots each: 1 unless something shared renews."""
    return max(counts, default=1) if any(row.offer.renews for row in shared) else 1


class Stock:
    """What is left of the shared offers, K of them in at most T slots, and who may use it."""

    def __init__(
        self, shared: Sequence[SharedOffer], views: Mapping[str, View], kept: Sequence[Ints]
    ) -> None:
        self.names, self.views = tuple(views), views
        self.offers = tuple(row.offer for row in shared)
        self.renews: npt.NDArray[np.bool_] = np.array(
            [offer.renews for offer in self.offers], dtype=np.bool_
        )
        self.slots = max((view.slots for view in views.values()), default=1)
        self.is_open = np.array([view.rows >= 0 for view in views.values()])
        quantity = np.array([offer.quantity for offer in self.offers], dtype=np.int64)
        whole = np.repeat(quantity[:, None], self.slots, axis=1)
        whole[~self.renews, 1:] = 0
        self.left: Ints = np.maximum(0, whole - sum(kept, np.zeros_like(whole)))
        #: What each alliance would count as left if nobody else used it.
        self.left_alone = [np.maximum(0, whole - table) for table in kept]

    @classmethod
    def of(cls, problems: Mapping[str, CouplingProblem], shared: Sequence[SharedOffer]) -> "Stock":
        """Return the stock of opened problems that are all at hand."""
        slots = slots_together(shared, (p.slot_count for p in problems.values()))
        views = {name: view_of(p, name, shared, slots) for name, p in problems.items()}
        return cls(shared, views, [views[name].kept(p) for name, p in problems.items()])


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
