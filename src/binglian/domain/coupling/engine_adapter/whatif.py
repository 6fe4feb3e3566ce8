"""What if: the lists with something changed, solved and set beside the present proposal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import numpy as np

from binglian.domain.coupling import policy
from binglian.domain.coupling.models import CouplingRun
from binglian.domain.coupling.rounds import needs_taken
from binglian.engine.coupling.judge.aims import shares_served
from binglian.engine.coupling.judge.feasibility import broken_rules, objective_of
from binglian.engine.coupling.pairs import Ints, Pairs, Supplies
from binglian.engine.coupling.problem import CouplingProblem
from binglian.engine.coupling.problem import Offer as EngineOffer
from binglian.engine.coupling.solve import solve_coupling
from binglian.engine.coupling.what_if import with_offer

from .answer import matches_of_run, put_in_rows, refuse_broken
from .problem import Snapshot, engine_windows

#: Shares closer than this are the same.
_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class NewOffer:
    """An offer nobody makes yet; nobody's, unless an organisation is named."""

    kind: str
    quantity: Decimal
    unit: str = ""
    tags: Sequence[str] = ()
    renews: bool = False
    windows: Sequence[Mapping[str, Any]] = ()
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What is asked: other weights, one more offer, a member gone, a need withdrawn."""

    weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    offer: NewOffer | None = None
    leaves: int | None = None
    withdraws: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values, as a scenario keeps them."""
        offer = asdict(self.offer) if self.offer else None
        if offer:
            offer |= {"quantity": str(offer["quantity"]), "tags": list(offer["tags"])}
        return {
            "weights": policy.without_ones(self.weights),
            "offer": offer,
            "leaves": self.leaves,
            "withdraws": self.withdraws,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Changes:
        """What ``as_json`` wrote."""
        offer = stored.get("offer")
        if offer:
            offer = NewOffer(**(offer | {"quantity": Decimal(offer["quantity"])}))
        return cls(stored["weights"], offer, stored.get("leaves"), stored.get("withdraws"))


@dataclass(frozen=True, slots=True)
class Answer:
    """A scenario beside the present proposal; plain values, ready to be kept.

    ``now`` and ``then`` hold ``objective`` by today's weights, ``weighted`` by the scenario's,
    ``met`` needs and ``matches``; ``then`` also the ``bound`` on ``weighted``. ``gains`` and
    ``loses``: [need id, share before, share after]. ``moves``: [offer id or None, component id,
    quantity before, after].
    """

    status: str
    seconds: float
    now: dict[str, float]
    then: dict[str, float]
    gains: list[list[float]]
    loses: list[list[float]]
    moves: list[list[Any]]

    def as_json(self) -> dict[str, Any]:
        """Plain values, as a scenario keeps them."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Answer:
        """What ``as_json`` wrote."""
        return cls(**stored)


def ask_what_if(run: CouplingRun, changes: Changes, *, on: date, seconds: float) -> Answer:
    """Solve the lists as they stand with the changes, from the run's present matches on.

    Nothing is written. Raises ``RuntimeError`` when the judge finds a broken rule.
    """
    snapshot = Snapshot(run.alliance, on, only=needs_taken(run), without=run, weights=run.weights)
    today_, current = snapshot.problem, _current(snapshot, run)
    kept_pairs, problem = _changed(snapshot, changes)
    weighted = _reweighted(snapshot, problem, changes.weights)
    result = solve_coupling(
        weighted, seconds=seconds, seed=run.seed, warm_start=_carried(current, kept_pairs)
    )
    refuse_broken(broken_rules(weighted, result.supplies))
    before = _shares(today_, current)
    after = _shares(weighted, result.supplies)
    return Answer(
        status=result.status.value,
        seconds=result.seconds,
        now={
            "objective": float(objective_of(today_, current)),
            "weighted": float(
                objective_of(_reweighted(snapshot, today_, changes.weights), current)
            ),
            "met": int((before == 1).sum()),
            "matches": len(current),
        },
        then={
            "objective": float(objective_of(problem, result.supplies)),
            "weighted": result.objective,
            "bound": result.bound,
            "met": int((after == 1).sum()),
            "matches": len(result.supplies),
        },
        gains=_differences(snapshot, before, after, 1),
        loses=_differences(snapshot, before, after, -1),
        moves=_moves(snapshot, current, weighted, result.supplies),
    )


def size_of(run: CouplingRun) -> int:
    """How many rows a question about this run is over."""
    offers = run.alliance.offers.filter(state="open").count()
    only = needs_taken(run)
    return offers + (run.alliance.needs.filter(state="open").count() if only is None else len(only))


def _current(snapshot: Snapshot, run: CouplingRun) -> Supplies:
    """The run's matches that are still possible by the lists as they stand."""
    rows, _gone = put_in_rows(snapshot, matches_of_run(run))
    return rows


def _changed(snapshot: Snapshot, changes: Changes) -> tuple[Ints, CouplingProblem]:
    """The problem with rows gone and come, and which of the old pairs are left in it."""
    problem, pairs = snapshot.problem, snapshot.problem.pairs
    gone_offers = [o.organisation_id == changes.leaves for o in snapshot.offers]
    gone_needs = [
        n.organisation_id == changes.leaves or n.pk == changes.withdraws for n in snapshot.needs
    ]
    stays = (
        ~(np.array(gone_offers, dtype=bool)[pairs.offer])
        & ~(np.array(gone_needs, dtype=bool)[pairs.need])
    )
    left = np.flatnonzero(stays)
    columns = {name: column[left] for name, column in vars(pairs).items()}
    kept = [k for k in problem.kept if not gone_offers[k.offer] and not gone_needs[k.need]]
    changed = replace(problem, pairs=Pairs(**columns), kept=tuple(kept))
    if changes.offer:
        changed = with_offer(changed, _engine_offer(snapshot, changes.offer))
    return left, changed


def _engine_offer(snapshot: Snapshot, offer: NewOffer) -> EngineOffer:
    return EngineOffer(
        ref="?",
        organisation=offer.organisation,
        title="?",
        kind=offer.kind,
        quantity=snapshot.whole(offer.quantity),
        tags=frozenset(offer.tags),
        unit=offer.unit,
        renews=offer.renews and bool(snapshot.slots),
        windows=engine_windows(offer.windows, not_before=snapshot.on),
    )


def _reweighted(
    snapshot: Snapshot, problem: CouplingProblem, weights: policy.Weights
) -> CouplingProblem:
    needs = [
        replace(row, policy=snapshot.factor(need, weights))
        for row, need in zip(problem.needs, snapshot.needs, strict=True)
    ]
    return replace(problem, needs=tuple(needs))


def _carried(supplies: Supplies, left: Ints) -> Supplies:
    """The supplies whose pairs are left, in the new numbers of the pairs."""
    rows = np.isin(supplies.pair, left)
    pair = np.searchsorted(left, supplies.pair[rows])
    return Supplies(pair, supplies.slot[rows], supplies.quantity[rows])


def _shares(problem: CouplingProblem, supplies: Supplies) -> np.ndarray:
    return np.array([float(share) for share in shares_served(problem, supplies)])


def _differences(
    snapshot: Snapshot, before: np.ndarray, after: np.ndarray, sign: int
) -> list[list[float]]:
    """Needs whose share grew (1) or shrank (-1), the greatest change first."""
    change = sign * (after - before)
    order = sorted(np.flatnonzero(change > _SAME).tolist(), key=lambda n: (-change[n], n))
    return [[snapshot.needs[n].pk, float(before[n]), float(after[n])] for n in order]


def _moves(
    snapshot: Snapshot, current: Supplies, problem: CouplingProblem, found: Supplies
) -> list[list[Any]]:
    """Matches that come, go or change their quantity; another time is no move."""
    name = partial(_named, snapshot)
    was = _totals(current, map(name, [snapshot.problem.pairs[p] for p in current.pair.tolist()]))
    will = _totals(found, map(name, [problem.pairs[p] for p in found.pair.tolist()]))
    ends = dict.fromkeys([*was, *will])
    return [
        [*end, str(snapshot.amount(was.get(end, 0))), str(snapshot.amount(will.get(end, 0)))]
        for end in ends
        if was.get(end, 0) != will.get(end, 0)
    ]


def _named(snapshot: Snapshot, pair: Any) -> tuple[int | None, int]:
    is_listed = pair.offer < len(snapshot.offers)
    offer = snapshot.offers[pair.offer].pk if is_listed else None
    return offer, snapshot.component_at(pair).pk


def _totals(supplies: Supplies, ends: Any) -> dict[tuple[int | None, int], int]:
    sums: dict[tuple[int | None, int], int] = {}
    for end, quantity in zip(ends, supplies.quantity.tolist(), strict=True):
        sums[end] = sums.get(end, 0) + quantity
    return sums
